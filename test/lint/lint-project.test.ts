import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allRules } from '../../server/lint/all-rules';
import { lintProject } from '../../server/lint/lint-project';
import { openProject } from '../../server/project/open-project';
import { compareFindings } from '../../server/text/finding';
import type { ExampleFiles } from '../../server/text/rule';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

function lint(files: ExampleFiles, ...entries: readonly string[]) {
  const uris = entries.length === 0 ? [memoryRoot] : entries.map(exampleUri);
  return lintProject(
    openProject(
      memoryFiles(files),
      uris.map((uri) => ({ uri })),
    ),
  );
}

const manifest =
  'version: 1\nbrokers:\n  node1: {address: node1, config: node1/qpidd.conf}\n  node2: {address: node2, config: node2/qpidd.conf}\n  node3: {address: node3}\nreplications:\n  - {queue: q, from: node1, to: node2}\n';
const files = {
  'replicas.qpid.yaml': manifest,
  'node1/qpidd.conf': 'port = 5672\nauth=no\nha-queue-replication=yes\n',
  'node2/qpidd.conf': 'port=5672\nlink-heartbeat-interval=5\n',
};

describe('linting', () => {
  it('finds what is wrong in each file and between them, sorted by place', () => {
    const findings = lint(files);
    assert.deepEqual(
      findings.map(({ rule, severity }) => `${severity} ${rule}`),
      [
        'error conf/blank-around-equals',
        'error ha/queue-replication-off',
        'error ha/queue-replication-off',
        'info manifest/unused-broker',
      ],
    );
    assert.deepEqual([...findings].sort(compareFindings), findings);
  });

  it('judges a qpidd.conf alone by the manifest above it, and reports nothing of other files', () => {
    const findings = lint(files, 'node2/qpidd.conf');
    assert.deepEqual(
      findings.map(({ rule, severity, uri }) => [rule, severity, uri]),
      [['ha/queue-replication-off', 'error', exampleUri('node2/qpidd.conf')]],
    );
  });

  it('reports on a manifest and the files that it names from the manifest alone', () => {
    assert.deepEqual(lint(files, 'replicas.qpid.yaml'), lint(files));
  });

  it('does not judge what a broken manifest seems to say', () => {
    const broken = { ...files, 'replicas.qpid.yaml': `${manifest}  - [\n` };
    assert.deepEqual(
      lint(broken).map(({ rule, severity }) => `${severity} ${rule}`),
      ['error conf/blank-around-equals', 'warning ha/queue-replication-off', 'error manifest/syntax'],
    );
  });

  it('reports a place once that several aliases stand for', () => {
    const text = 'version: 1\nbrokers:\n  a: {address: &x "h:"}\n  b: &b {adress: y}\n  c: *b\n';
    const messages = lint({ 'r.qpid.yaml': text }).map(({ span, message }) => `${span.start} ${message}`);
    assert.equal(new Set(messages).size, messages.length);
  });
});

describe('the rules', () => {
  it('have ids of their own', () => {
    assert.equal(new Set(allRules.map(({ id }) => id)).size, allRules.length);
    for (const { id } of allRules) assert.match(id, /^[a-z]+\/[a-z][a-z0-9-]*$/);
  });
});
