import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { lint } from '../../server/lint/lint-project';
import { disablings } from '../../server/lint/suppression/disable';
import { openProject } from '../../server/project/open-project';
import { documentFromText } from '../../server/text/document';
import { applyEdits } from '../../server/text/edit';
import fc from '../support/fast-check';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

const today = '2026-06-15';

function check(name: string, text: string) {
  return lint(openProject(memoryFiles({ [name]: text }), [{ uri: memoryRoot }]), { today });
}

/** What the file becomes by each way to disable the first finding of a rule. */
function disabled(name: string, text: string, rule: string): readonly string[] {
  const finding = check(name, text).findings.find((one) => one.rule === rule);
  assert.ok(finding, `${rule} in ${JSON.stringify(text)}`);
  const source = documentFromText(exampleUri(name), text);
  const language = name.endsWith('.conf') ? 'conf' : 'manifest';
  return disablings({ source, language }, finding, today).map(({ edit }) => applyEdits(text, [edit]));
}

const others = '    b: {address: h2}\n    c: {address: h3}\nreplications:\n  - {queue: q, from: b, to: c}\n';
const ignored = 'conf/ignored-in-file';
const because = '-- accepted on 2026-06-15';

describe('disabling a rule', () => {
  it('puts a comment above the line, or at the top of the file', () => {
    assert.deepEqual(disabled('qpidd.conf', 'port=1\nconfig=a\n', ignored), [
      `port=1\n# qpidha: disable-next-line ${ignored} ${because}\nconfig=a\n`,
      `# qpidha: disable-file ${ignored} ${because}\nport=1\nconfig=a\n`,
    ]);
  });

  it('keeps the line ends of the file', () => {
    assert.deepEqual(
      disabled('qpidd.conf', 'port=1\r\nconfig=a', ignored)[0],
      `port=1\r\n# qpidha: disable-next-line ${ignored} ${because}\r\nconfig=a`,
    );
  });

  it('stands in the column of what it is about', () => {
    const text = `version: 1\nbrokers:\n    a: {address: h}\n${others}`;
    assert.equal(
      disabled('a.qpid.yaml', text, 'manifest/unused-broker')[0],
      `version: 1\nbrokers:\n    # qpidha: disable-next-line manifest/unused-broker ${because}\n    a: {address: h}\n${others}`,
    );
  });

  it('hides what is about a file without a single known option', () => {
    for (const text of ['colour=1\n', '# the east\n\ncolour=1\n']) {
      const rule = 'ha/queue-replication-off';
      const ways = disabled('qpidd.conf', text, rule);
      assert.equal(ways.length, 2);
      for (const way of ways) {
        const left = check('qpidd.conf', way).findings.map((finding) => finding.rule);
        assert.deepEqual(left, ['conf/unknown-option'], way);
      }
    }
  });

  it('is not offered where there are no comments, nor for what none may hide', () => {
    assert.deepEqual(
      disabled('a.qpid.json', '{"version": 1, "brokers": {"a": {"address": ""}}}', 'manifest/schema'),
      [],
    );
    assert.deepEqual(disabled('qpidd.conf', '', 'conf/empty-file'), []);
    assert.deepEqual(disabled('a.qpid.yaml', 'a: [', 'manifest/syntax'), []);
  });
});

test('each way to disable a finding hides it, and adds none', () => {
  const line = fc.constantFrom(
    'config=a',
    ' port =1',
    'nonsense',
    '# a comment',
    'auth=1',
    `# qpidha: disable-next-line ${ignored} -- r`,
    'ha-cluster=yes',
  );
  const text = fc
    .tuple(
      fc.array(line, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', '\ufeff'),
    )
    .map(([lines, end, mark]) => mark + lines.join(end) + end);
  fc.assert(
    fc.property(text, (content) => {
      const before = check('qpidd.conf', content).findings;
      const source = documentFromText(exampleUri('qpidd.conf'), content);
      for (const finding of before) {
        for (const { edit } of disablings({ source, language: 'conf' }, finding, today)) {
          const after = check('qpidd.conf', applyEdits(content, [edit])).findings;
          const count = (all: typeof before) => all.filter(({ rule }) => rule === finding.rule).length;
          assert.ok(count(after) < count(before), `${finding.rule} in ${JSON.stringify(content)}`);
          const own = after.filter(({ rule }) => rule.startsWith('suppression/'));
          const previous = before.filter(({ rule }) => rule.startsWith('suppression/'));
          assert.ok(own.length <= previous.length + 1);
        }
      }
    }),
    { numRuns: 40 },
  );
});
