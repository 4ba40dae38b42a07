import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LintReport } from '../../server/lint/lint-report';
import { jsonReport } from '../../server/report/json';
import { documentFromText } from '../../server/text/document';
import { span } from '../../server/text/span';

const uri = 'file:///x/a.conf';
const context = { nameOf: (name: string) => name.slice('file:///x/'.length), version: '1.2.3' };

describe('the JSON report', () => {
  it('has findings with places, related places and fixes, and a summary', () => {
    const report: LintReport = {
      documents: new Map([[uri, documentFromText(uri, 'ä=1\r\nb = 2\r\n')]]),
      secrets: new Map(),
      suppressed: [],
      files: 2,
      findings: [
        {
          rule: 'conf/x',
          severity: 'error',
          uri,
          span: span(5, 10),
          message: 'Wrong.',
          related: [{ uri, span: span(0, 1), message: 'There.' }],
          fix: { title: 'Cure', edits: [{ uri, span: span(6, 9), newText: '=' }] },
        },
        {
          rule: 'file/not-read',
          severity: 'warning',
          uri: 'file:///x/b.conf',
          span: span(0, 0),
          message: 'Gone.',
        },
      ],
    };
    assert.deepEqual(JSON.parse(jsonReport(report, context)), {
      version: 1,
      tool: { name: 'qpidha', version: '1.2.3' },
      findings: [
        {
          file: 'a.conf',
          rule: 'conf/x',
          severity: 'error',
          message: 'Wrong.',
          range: { start: { line: 2, column: 1, offset: 5 }, end: { line: 2, column: 6, offset: 10 } },
          related: [
            {
              file: 'a.conf',
              message: 'There.',
              range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } },
            },
          ],
          fix: {
            title: 'Cure',
            edits: [
              {
                file: 'a.conf',
                range: { start: { line: 2, column: 2, offset: 6 }, end: { line: 2, column: 5, offset: 9 } },
                newText: '=',
              },
            ],
          },
        },
        {
          file: 'b.conf',
          rule: 'file/not-read',
          severity: 'warning',
          message: 'Gone.',
          range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } },
          related: [],
        },
      ],
      suppressed: [],
      summary: { files: 2, error: 1, warning: 1, info: 0, suppressed: 0 },
    });
  });

  it('gives a byte order mark an offset and no column', () => {
    const report: LintReport = {
      documents: new Map([[uri, documentFromText(uri, '\ufeffab')]]),
      secrets: new Map(),
      suppressed: [],
      files: 1,
      findings: [{ rule: 'conf/x', severity: 'info', uri, span: span(0, 2), message: '' }],
    };
    const { findings } = JSON.parse(jsonReport(report, context));
    assert.deepEqual(findings[0].range, {
      start: { line: 1, column: 1, offset: 0 },
      end: { line: 1, column: 2, offset: 2 },
    });
  });
});
