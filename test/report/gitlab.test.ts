import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import type { LintReport } from '../../server/lint/lint-report';
import { gitlabReport } from '../../server/report/gitlab';
import { span } from '../../server/text/span';
import { context, reportOf } from '../support/reports';

/** The format as docs.gitlab.com has it ("Code Quality report format"): all of this is required. */
const position = {
  type: 'object',
  required: ['line', 'column'],
  properties: { line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } },
};
const isReport = new Ajv({ strict: false }).compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'location', 'severity'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines', 'positions'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./)' },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
          positions: { type: 'object', properties: { begin: position, end: position } },
        },
      },
    },
  },
});

interface Entry {
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: unknown;
}

function entries(report: LintReport, changes: Partial<typeof context> = {}): readonly Entry[] {
  const read = JSON.parse(gitlabReport(report, { ...context, ...changes }));
  assert.ok(isReport(read), JSON.stringify(isReport.errors));
  return read as readonly Entry[];
}

describe('the GitLab report', () => {
  it('is an empty array where nothing is found', () => assert.deepEqual(entries(reportOf('a=1\n')), []));

  it('has what the format asks for', () => {
    const report = reportOf('a=1\nb=2\n', { span: span(4, 7) });
    assert.deepEqual(entries(report)[0]?.location, {
      path: 'a.conf',
      lines: { begin: 2, end: 2 },
      positions: { begin: { line: 2, column: 1 }, end: { line: 2, column: 4 } },
    });
  });

  it('tells of files that could not be read', () => {
    assert.equal(entries({ ...reportOf('', {}), documents: new Map() }).length, 1);
  });

  it('has no two entries with one fingerprint, of which GitLab would keep one', () => {
    const same = Array.from({ length: 50 }, () => ({}));
    const fingerprints = entries(reportOf('', ...same), { fingerprintOf: () => 'f' }).map(
      ({ fingerprint }) => fingerprint,
    );
    assert.equal(new Set(fingerprints).size, 50);
  });

  it('keeps fingerprints when lines move, and has others in other files', () => {
    const at = (text: string, start: number, path: string) =>
      entries(reportOf(text, { span: span(start, start + 1) }), {
        fingerprintOf: () => 'f',
        pathOf: () => path,
      })[0]?.fingerprint;
    assert.equal(at('a=1\n', 0, 'a'), at('# new\na=1\n', 6, 'a'));
    assert.notEqual(at('a=1\n', 0, 'a'), at('a=1\n', 0, 'b'));
  });

  it('has a severity for each of ours', () => {
    const report = reportOf('', { severity: 'error' }, { severity: 'warning' }, { severity: 'info' });
    assert.deepEqual(
      entries(report).map(({ severity }) => severity),
      ['critical', 'major', 'info'],
    );
  });
});
