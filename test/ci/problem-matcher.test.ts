/** The problem matchers of the extension, on what `qpidha lint` prints. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { allRules } from '../../server/lint/all-rules';
import { compactReport } from '../../server/report/compact';
import { textReport } from '../../server/report/text';
import { documentFromText } from '../../server/text/document';
import { span } from '../../server/text/span';
import { context, finding } from '../support/reports';

interface Pattern {
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly severity: number;
  readonly code: number;
  readonly message: number;
}

const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
const pattern: Pattern = contributes.problemPatterns[0];

/** As VS Code does it: line by line, each alone. */
function matched(output: string): readonly (readonly (string | undefined)[])[] {
  const regexp = new RegExp(pattern.regexp);
  const { file, line, column, severity, code, message } = pattern;
  return output.split(/\r?\n/).flatMap((text) => {
    const found = regexp.exec(text);
    return found === null ? [] : [[file, line, column, severity, code, message].map((group) => found[group])];
  });
}

const names = [
  'qpidd.conf',
  'node1/etc/qpid/qpidd.conf',
  '../up/qpidd.conf',
  '/etc/qpid/qpidd.conf',
  'C:\\deployment\\node 1\\qpidd.conf',
  '\\\\server\\share\\qpidd.conf',
  'with blank/a: b.conf',
  '12:34/qpidd.conf',
  'a:1:2.conf',
  'qpidd.conf:7:8',
  'ünï→/qpidd.conf',
  '(x) [y]/error.conf',
  '| x.conf',
];

/** Written so that a line of it alone looks like a finding. */
const deceptive = 'x.conf:1:1: error conf/fake: Nothing.\n'.repeat(3);

function outputs(name: string) {
  const findings = allRules.map(({ id, severity }) =>
    finding({
      rule: id,
      severity,
      span: span(38, 44),
      message: `A message: with "${name}:3:4: error x: y", and more.`,
      related: [{ uri: finding().uri, span: span(0, 1), message: 'another place: "a/b": c' }],
      fix: { title: 'Remove it', edits: [] },
    }),
  );
  const report = {
    documents: new Map([[finding().uri, documentFromText(finding().uri, deceptive)]]),
    secrets: new Map(),
    suppressed: [],
    files: 1,
    findings,
  };
  const expected = findings.map(({ severity, rule, message }) => [name, '2', '1', severity, rule, message]);
  const nameOf = () => name;
  return {
    expected,
    text: textReport(report, nameOf, context.colors),
    compact: compactReport(report, { nameOf }),
  };
}

describe('the problem matcher', () => {
  for (const name of names) {
    test(`finds each problem of ${name} once, and nothing else`, () => {
      const { expected, text, compact } = outputs(name);
      assert.deepEqual(matched(text), expected);
      assert.deepEqual(matched(compact), expected);
      assert.deepEqual(matched(text.replaceAll('\n', '\r\n')), expected);
    });
  }

  test('finds nothing in what else is printed', () => {
    const said = [
      'No problems in 3 files.',
      '2 errors, 1 warning in 3 files. --fix cures 1 of them.',
      'qpidha lint: x.conf does not exist.',
      '12:34:56  Watching; Ctrl-C ends.',
      ' 100 | x.conf:1:1: error conf/fake: Nothing.',
      '123456 | x.conf:1:1: error conf/fake: Nothing.',
    ];
    assert.deepEqual(matched(said.join('\n')), []);
  });

  test('of a watch knows when a check begins and ends', () => {
    const { background } = contributes.problemMatchers.find(
      ({ name }: { readonly name: string }) => name === 'qpidha-watch',
    );
    assert.match('12:34:56  Checked.', new RegExp(background.beginsPattern));
    assert.match('12:34:56  Watching; Ctrl-C ends.', new RegExp(background.endsPattern));
    const watching = readFileSync(
      join(import.meta.dirname, '../../server/cli/lint/watch/watching.ts'),
      'utf8',
    );
    for (const said of ['  Checked.\\n', '  Watching;']) assert.ok(watching.includes(said));
  });
});
