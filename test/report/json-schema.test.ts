import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import type { LintReport } from '../../server/lint/lint-report';
import { jsonReport } from '../../server/report/json';
import { jsonLinesReport } from '../../server/report/json-lines';
import { span } from '../../server/text/span';
import { context, finding, reportOf, uri } from '../support/reports';

const path = join(import.meta.dirname, '../../docs/schemas/report.schema.json');
const schema = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>;
const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false });
const isReport = ajv.compile(schema);
const isLine = ajv.compile({ $ref: `${String(schema.$id)}#/definitions/line` });

const fix = { title: 'Cure', edits: [{ uri, span: span(0, 1), newText: 'b' }] };
const full: LintReport = {
  ...reportOf(
    'a=1\nb=2\n',
    { span: span(0, 1), fix, related: [{ uri, span: span(4, 5), message: 'There.' }] },
    { rule: 'file/not-read', severity: 'warning', uri: 'file:///x/gone.conf' },
    { severity: 'info', fix: { ...fix, onRequest: true } },
  ),
  suppressed: [
    { finding: finding(), comment: span(4, 7), reason: 'known', until: '2027-01-31' },
    { finding: finding(), comment: span(4, 7), reason: '' },
  ],
  baseline: {
    known: [finding({ span: span(4, 5) })],
    stale: [{ file: 'a.conf', rule: 'conf/bad-enum', fingerprint: '0123456789abcdef', count: 2 }],
  },
};

const reports: Readonly<Record<string, LintReport>> = {
  'with everything': full,
  'without findings': reportOf('a=1\n'),
  'of no file': { ...reportOf(''), documents: new Map(), files: 0 },
};

/** All keys in a JSON value. */
function keysIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return Object.entries(value).flatMap(([key, part]) => [key, ...keysIn(part)]);
}

describe('the published schema', () => {
  for (const [name, report] of Object.entries(reports)) {
    it(`describes a JSON report ${name}`, () => {
      assert.ok(isReport(JSON.parse(jsonReport(report, context))), ajv.errorsText(isReport.errors));
    });

    it(`describes each of the JSON lines of a report ${name}`, () => {
      const lines = jsonLinesReport(report, context).split('\n');
      assert.equal(lines.pop(), '');
      for (const line of lines) assert.ok(isLine(JSON.parse(line)), ajv.errorsText(isLine.errors));
      assert.equal(JSON.parse(lines.at(-1) ?? '').type, 'summary');
    });
  }

  it('names every key', () => {
    const described = new Set(keysIn(schema));
    const output = [jsonReport(full, context), ...jsonLinesReport(full, context).trimEnd().split('\n')];
    const strangers = output.flatMap((text) => keysIn(JSON.parse(text))).filter((key) => !described.has(key));
    assert.deepEqual(strangers, []);
  });

  const broken: Readonly<Record<string, (report: Record<string, unknown>) => void>> = {
    'another version': (report) => Object.assign(report, { version: 2 }),
    'no summary': (report) => Reflect.deleteProperty(report, 'summary'),
    'a finding without a place': (report) =>
      Object.assign(report, { findings: [{ file: 'a', rule: 'a/b' }] }),
  };
  for (const [name, change] of Object.entries(broken)) {
    it(`refuses ${name}`, () => {
      const report = JSON.parse(jsonReport(full, context));
      change(report);
      assert.equal(isReport(report), false);
    });
  }
});

describe('the JSON report', () => {
  it('lists what comments hide, with the reason and its day, apart from the findings', () => {
    const { suppressed, summary } = JSON.parse(jsonReport(full, context));
    assert.deepEqual(suppressed[0].suppression, {
      reason: 'known',
      until: '2027-01-31',
      range: { start: { line: 2, column: 1, offset: 4 }, end: { line: 2, column: 4, offset: 7 } },
    });
    assert.deepEqual([suppressed.length, summary.suppressed, summary.known], [2, 2, 1]);
  });

  it('names the page of a rule, and none of what is said without one', () => {
    const { findings } = JSON.parse(jsonReport(full, context));
    assert.match(findings[0].page, /docs\/rules\/conf\/bad-enum\.md$/);
    assert.equal(findings[1].page, undefined);
  });
});
