import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import type { Log, Result, Run } from 'sarif';
import { allRules } from '../../server/lint/all-rules';
import type { LintReport } from '../../server/lint/lint-report';
import type { ReportContext } from '../../server/report/context';
import { maximumResults, sarifOmission, sarifReport } from '../../server/report/sarif';
import { documentFromText } from '../../server/text/document';
import { applyEdits } from '../../server/text/edit';
import { span } from '../../server/text/span';
import fc from '../support/fast-check';
import { context, finding, reportOf, uri } from '../support/reports';

const require = createRequire(import.meta.url);
const schemaPath = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const { $schema, id, ...schema } = JSON.parse(readFileSync(schemaPath, 'utf8'));
const ajv = new Ajv({
  strict: false,
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    'uri-reference': (text: string) =>
      /^(?:[\w.~!$&'()*+,;=:@/?#[\]-]|%[\dA-Fa-f]{2})*$/.test(text) && URL.canParse(text, 'file:///base/'),
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
  },
});
const isSarif = ajv.compile(schema);

/** The one run of a report that follows the schema. */
function run(report: LintReport, changes: Partial<ReportContext> = {}): Run {
  const log: Log = JSON.parse(sarifReport(report, { ...context, ...changes }));
  assert.ok(isSarif(log), ajv.errorsText(isSarif.errors));
  const [first] = log.runs;
  assert.ok(first && log.runs.length === 1);
  return first;
}

function results(report: LintReport, changes: Partial<ReportContext> = {}): readonly Result[] {
  return run(report, changes).results ?? [];
}

function firstUri(report: LintReport): string | undefined {
  return results(report)[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
}

describe('the SARIF report', () => {
  it('is taken from a schema of SARIF 2.1.0, which refuses what is none', () => {
    assert.equal(isSarif({ version: '2.1.0' }), false);
    assert.equal(isSarif({ version: '2.1.0', runs: [{ results: [] }] }), false);
  });

  it('has results even where there are none', () => {
    assert.deepEqual(run(reportOf('a=1\n')).results, []);
  });

  it('tells of each rule that it names, once, in the order of their ids', () => {
    const { tool, results: found } = run(
      reportOf('', { rule: 'manifest/syntax' }, { rule: 'conf/bad-enum' }, { rule: 'conf/bad-enum' }),
    );
    const { rules = [] } = tool.driver;
    assert.deepEqual(
      rules.map((rule) => rule.id),
      ['conf/bad-enum', 'manifest/syntax'],
    );
    for (const result of found ?? []) assert.equal(rules[result.ruleIndex ?? -1]?.id, result.ruleId);
    const [rule] = rules;
    assert.match(rule?.helpUri ?? '', /^https:\/\/.*\/docs\/rules\/conf\/bad-enum\.md$/);
    assert.equal(rule?.defaultConfiguration?.level, 'error');
    assert.equal(rule?.name, 'BadEnum');
    assert.ok(rule?.fullDescription?.text && rule.help?.text && rule.help.markdown);
  });

  it('can tell of every rule that there is, and of what is said without one', () => {
    const findings = [...allRules.map(({ id: rule }) => ({ rule })), { rule: 'file/not-read' as const }];
    const { rules = [] } = run(reportOf('', ...findings)).tool.driver;
    assert.equal(rules.length, allRules.length + 1);
    for (const { shortDescription, fullDescription } of rules)
      for (const part of [shortDescription, fullDescription]) assert.ok((part?.text.length ?? 0) <= 1024);
  });

  const levels = { error: 'error', warning: 'warning', info: 'note' } as const;
  for (const severity of ['error', 'warning', 'info'] as const) {
    it(`calls ${severity} ${levels[severity]}`, () => {
      assert.equal(results(reportOf('', { severity }))[0]?.level, levels[severity]);
    });
  }

  it('has places by lines, columns and characters, and other places that explain them', () => {
    const other = { uri: 'file:///elsewhere/b.conf', span: span(0, 0), message: 'There.' };
    const [result] = results(reportOf('ä=1\r\nb = 2\r\n', { span: span(5, 10), related: [other] }));
    assert.deepEqual(result?.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a.conf', uriBaseId: '%SRCROOT%' },
          region: {
            startLine: 2,
            startColumn: 1,
            endLine: 2,
            endColumn: 6,
            charOffset: 5,
            charLength: 5,
          },
        },
      },
    ]);
    assert.deepEqual(result?.relatedLocations, [
      {
        id: 1,
        physicalLocation: {
          artifactLocation: { uri: 'file:///elsewhere/b.conf' },
          region: { startLine: 1 },
        },
        message: { text: 'There.' },
      },
    ]);
  });

  const names: readonly (readonly [name: string, root: string, file: string, expected: string])[] = [
    ['blanks and umlauts', 'file:///x', 'file:///x/a%20%C3%A4.conf', 'a%20%C3%A4.conf'],
    ['a colon, which would be a scheme', 'file:///x', 'file:///x/a%3Ab.conf', 'a%3Ab.conf'],
    ['a newline', 'file:///x', 'file:///x/a%0Ab.conf', 'a%0Ab.conf'],
    ['a Windows drive', 'file:///c%3A/x', 'file:///c%3A/x/a.conf', 'a.conf'],
    ['another drive', 'file:///c%3A/x', 'file:///d%3A/x/a.conf', 'file:///d%3A/x/a.conf'],
    ['a UNC share', 'file://server/share', 'file://server/share/a.conf', 'a.conf'],
    ['another share', 'file:///c%3A/x', 'file://server/share/a.conf', 'file://server/share/a.conf'],
    ['a folder whose name only begins alike', 'file:///x', 'file:///xy/a.conf', 'file:///xy/a.conf'],
    ['the root of the machine as root', 'file:///', 'file:///x/a.conf', 'x/a.conf'],
  ];
  for (const [name, root, file, expected] of names) {
    it(`names files by URIs: ${name}`, () => {
      const [result] = results(reportOf('', { uri: file }), { root });
      const { uri: written, uriBaseId } = result?.locations?.[0]?.physicalLocation?.artifactLocation ?? {};
      assert.equal(written, expected);
      assert.equal(uriBaseId, expected.startsWith('file:') ? undefined : '%SRCROOT%');
    });
  }

  it('has fixes that do what ours do', () => {
    const text = '\ufeffa = 1\r\nb=2\r\n';
    const edits = [
      { uri, span: span(2, 3), newText: '' },
      { uri, span: span(text.length, text.length), newText: 'c=😀\r\n' },
    ];
    const [result] = results(reportOf(text, { fix: { title: 'Cure', edits } }));
    const changes = result?.fixes?.[0]?.artifactChanges ?? [];
    const shown = text.slice(1);
    const read = (changes[0]?.replacements ?? []).map(({ deletedRegion, insertedContent }) => {
      const { charOffset = -1, charLength = 0 } = deletedRegion;
      return { uri, span: span(charOffset, charOffset + charLength), newText: insertedContent?.text ?? '' };
    });
    assert.equal(changes.length, 1);
    assert.equal(applyEdits(shown, read), applyEdits(text, edits).slice(1));
  });

  it('leaves out a fix that writes a secret again', () => {
    const fix = { title: 'Cure', edits: [{ uri, span: span(0, 1), newText: 'ha-password=hunter2\n' }] };
    const [result] = results(reportOf('a', { fix }));
    assert.equal(result?.fixes, undefined);
  });

  it('lists what comments hide as suppressed in source, with the reason', () => {
    const report: LintReport = {
      ...reportOf('a=1\nb=2\n'),
      suppressed: [
        { finding: finding(), comment: span(4, 7), reason: 'the line to Oslo', until: '2027-01-31' },
      ],
    };
    assert.deepEqual(results(report)[0]?.suppressions, [
      {
        kind: 'inSource',
        status: 'accepted',
        justification: 'the line to Oslo',
        location: {
          physicalLocation: {
            artifactLocation: { uri: 'a.conf', uriBaseId: '%SRCROOT%' },
            region: {
              startLine: 2,
              startColumn: 1,
              endLine: 2,
              endColumn: 4,
              charOffset: 4,
              charLength: 3,
            },
          },
        },
        properties: { until: '2027-01-31' },
      },
    ]);
  });

  it('leaves what is hidden out for GitHub, which would show it as open', () => {
    const report: LintReport = {
      ...reportOf('', {}),
      suppressed: [{ finding: finding(), comment: span(0, 0), reason: '' }],
      baseline: { known: [finding()], stale: [] },
    };
    assert.equal(results(report).length, 3);
    assert.equal(results(report, { onGitHub: true }).length, 1);
  });

  it('tells what a baseline knows from what is new', () => {
    const report = reportOf('a', { span: span(0, 1) });
    const states = results({ ...report, baseline: { known: [finding()], stale: [] } }).map(
      ({ baselineState, suppressions }) => [baselineState, suppressions?.[0]?.kind],
    );
    assert.deepEqual(states, [
      ['unchanged', 'external'],
      ['new', undefined],
    ]);
    assert.equal(results(report)[0]?.baselineState, undefined);
  });

  it('numbers results that nothing tells apart', () => {
    const fingerprints = results(reportOf('', {}, {}), { fingerprintOf: () => 'f' }).map(
      ({ partialFingerprints }) => partialFingerprints?.['qpidha/v1'],
    );
    assert.deepEqual(fingerprints, ['f:1', 'f:2']);
  });

  it('is the same whenever it is made', () => {
    const report = reportOf('a=1\n', { span: span(0, 1) });
    assert.equal(sarifReport(report, context), sarifReport(report, context));
  });

  it('keeps the gravest of more results than platforms take, and says how many are left out', () => {
    const findings = Array.from({ length: maximumResults + 5 }, (_, index) =>
      finding({ severity: index < 10 ? 'info' : index % 2 ? 'error' : 'warning' }),
    );
    const report = { ...reportOf(''), findings };
    const { results: kept = [], invocations } = run(report);
    assert.equal(kept.length, maximumResults);
    assert.equal(kept.filter(({ level }) => level === 'note').length, 5);
    const said = invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text;
    assert.match(said ?? '', /^5 findings are not in the SARIF report/);
    assert.equal(sarifOmission(report, context), said);
    assert.equal(sarifOmission({ ...report, findings: findings.slice(5) }, context), undefined);
  });

  it('follows the schema whatever files are called and messages say', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '\n', '\0', '\x1b', '"', '\\', '\ud800', '😀', '\u202e'),
    });
    const path = fc.string({
      unit: fc.constantFrom('a', ' ', '%', '#', '?', ':', '\\', '\n', 'ä', '😀', '"'),
    });
    fc.assert(
      fc.property(text, path, text, (content, name, message) => {
        const file = `file:///x/${encodeURIComponent(`${name}.conf`)}`;
        const report = reportOf(content, {
          uri: file,
          message,
          related: [{ uri: file, span: span(0, 0), message }],
        });
        const documents = new Map([[file, documentFromText(file, content)]]);
        const written = firstUri({ ...report, documents }) ?? '';
        assert.equal(decodeURIComponent(written), `${name}.conf`);
      }),
      { numRuns: 300 },
    );
  });
});
