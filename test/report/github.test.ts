import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { annotationsOfAKind, githubReport } from '../../server/report/github';
import { githubSummary } from '../../server/report/github-summary';
import { visible } from '../../server/report/visible';
import { span } from '../../server/text/span';
import fc from '../support/fast-check';
import { context, finding, reportOf, uri } from '../support/reports';
import { type WorkflowCommand, workflowCommands } from '../support/workflow-commands';

function annotations(
  report: Parameters<typeof githubReport>[0],
  changes: Partial<typeof context> = {},
): readonly WorkflowCommand[] {
  return workflowCommands(githubReport(report, { ...context, ...changes }));
}

function many(count: number, severity: 'error' | 'warning' | 'info') {
  return Array.from({ length: count }, () => ({ severity }));
}

describe('the GitHub report', () => {
  it('annotates a finding where it is, under its rule', () => {
    const report = reportOf('a=1\nb = 2\n', {
      span: span(5, 8),
      related: [{ uri, span: span(0, 1), message: 'There.' }],
    });
    assert.deepEqual(annotations(report), [
      {
        name: 'error',
        properties: {
          file: 'a.conf',
          line: '2',
          endLine: '2',
          col: '2',
          endColumn: '5',
          title: 'conf/bad-enum',
        },
        data: 'Wrong.\na.conf:1: There.',
      },
    ]);
  });

  it('gives no columns to what spans lines, and no end to what is nowhere', () => {
    const report = reportOf('a=1\nb=2\n', { span: span(0, 5) }, { span: span(4, 4) });
    assert.deepEqual(
      annotations(report).map(({ properties: { line, endLine, col, endColumn } }) => [
        line,
        endLine,
        col,
        endColumn,
      ]),
      [
        ['1', '2', undefined, undefined],
        ['2', '2', '1', undefined],
      ],
    );
  });

  it('annotates the beginning of a file that could not be read', () => {
    const [command] = annotations({ ...reportOf('', {}), documents: new Map() });
    assert.equal(command?.properties.line, '1');
  });

  it('puts errors first and keeps to what the platform shows, and says how much that is', () => {
    const report = reportOf('', ...many(3, 'info'), ...many(12, 'warning'), ...many(25, 'error'));
    const log = githubReport(report, context);
    const names = workflowCommands(log).map(({ name }) => name);
    assert.deepEqual(names, [
      ...Array(annotationsOfAKind).fill('error'),
      ...Array(annotationsOfAKind).fill('warning'),
      ...Array(3).fill('notice'),
    ]);
    assert.match(log, /\n23 of 40 findings are annotated: .*\n$/);
    assert.match(log, /^25 errors, 12 warnings, 3 info in 1 file\.$/m);
  });

  it('says nothing of limits where all is annotated', () => {
    const log = githubReport(reportOf('', ...many(10, 'error')), context);
    assert.doesNotMatch(log, /annotated/);
  });

  it('annotates nothing where nothing is found', () => {
    assert.deepEqual(annotations(reportOf('a=1\n')), []);
    assert.match(githubReport(reportOf('a=1\n'), context), /^No problems in 1 file\.$/m);
  });

  it('names files as the repository does', () => {
    const [command] = annotations(reportOf('', {}), { pathOf: () => 'conf/a.conf' });
    assert.equal(command?.properties.file, 'conf/a.conf');
  });

  it('obeys nothing that a file, its name or a message says', () => {
    const part = fc.constantFrom(
      '::error::x',
      '::set-output name=a::b',
      '##[add-path]x',
      '::stop-commands::x',
      '\n',
      '\r',
      '%0A',
      '%',
      ':',
      ',',
      '=',
      ' ',
      'a',
      '😀',
      '\ud800',
    );
    const text = fc.array(part).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, text, (content, name, message) => {
        const related = [{ uri, span: span(0, 0), message }];
        const report = reportOf(content, { message, span: span(0, content.length), related });
        const found = annotations(report, { nameOf: () => name, pathOf: () => name || 'x' });
        assert.equal(found.length, 1);
        assert.equal(found[0]?.name, 'error');
        assert.equal(found[0]?.properties.file, name || 'x');
        assert.equal(found[0]?.properties.title, 'conf/bad-enum');
        assert.ok(found[0]?.data.startsWith(visible(message)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the summary of a step', () => {
  const room = 1024 * 1024;

  it('lists all findings, the gravest first, with links to the pages of their rules', () => {
    const report = reportOf('a=1\nb=2\n', { severity: 'info', span: span(4, 5) }, { rule: 'file/not-read' });
    const rows = githubSummary(report, context, room)
      .split('\n')
      .filter((line) => line.startsWith('| '));
    assert.equal(rows.length, 4);
    assert.equal(rows[2], '| error | a\\.conf\\:1\\:1 | file/not\\-read | Wrong\\. |');
    assert.match(
      rows[3] ?? '',
      /^\| info \| a\\.conf\\:2\\:1 \| \[conf\/bad\\-enum\]\(https:[^)]*\) \| Wrong\\\. \|$/,
    );
  });

  it('is empty where nothing is found', () => {
    assert.equal(githubSummary(reportOf('a=1\n'), context, room), '');
  });

  it('keeps within its room, and says how many are left out', () => {
    const report = reportOf('', ...Array.from({ length: 500 }, () => finding({ message: 'ä'.repeat(100) })));
    for (const room of [2_000, 10_000, 50_000]) {
      const text = githubSummary(report, context, room);
      const rows = text.split('\n').filter((line) => line.startsWith('| error')).length;
      assert.ok(Buffer.byteLength(text) <= room && rows > 0);
      assert.match(text, new RegExp(`^${500 - rows} more are in the log of the step\\.$`, 'm'));
    }
    for (const room of [0, -5, 100]) assert.equal(githubSummary(report, context, room), '');
  });

  it('keeps its rows whole, whatever a message says', () => {
    const unit = fc.constantFrom('|', '\n', '\r', '\\', '`', '<', '&', '[', ']', '(', '*', 'a', '😀');
    fc.assert(
      fc.property(fc.string({ unit }), (message) => {
        const text = githubSummary(reportOf('', { message }), { pathOf: () => message }, room);
        const row = text.split('\n').find((line) => line.startsWith('| error'));
        assert.equal(row?.replaceAll(/\\[\\|]/g, '').split('|').length, 6);
        assert.doesNotMatch(row ?? '', /<|\r/);
      }),
    );
  });
});
