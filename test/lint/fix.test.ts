import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyFixes, fixProject } from '../../server/lint/fix';
import { lintProject } from '../../server/lint/lint-project';
import { openProject } from '../../server/project/open-project';
import type { Finding } from '../../server/text/finding';
import type { ExampleFiles } from '../../server/text/rule';
import fc from '../support/fast-check';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

const entries = [{ uri: memoryRoot }];

function fix(files: ExampleFiles): { readonly texts: ExampleFiles; readonly left: readonly Finding[] } {
  const { changed, project } = fixProject({ files: memoryFiles(files), entries });
  const texts = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, changed.get(exampleUri(name))?.text ?? text]),
  );
  return { texts, left: lintProject(project) };
}

describe('fixing', () => {
  it('cures both sides of a mistake by one edit, and what it uncovers', () => {
    const files = {
      'r.qpid.yaml':
        'brokers:\n  node1: {adress: node1, config: node1.conf}\n  node2: {address: node2, config: node2.conf}\nreplications:\n  - {queue: q, from: node1, to: node2}\n',
      'node1.conf': 'auth=no\nha-queue-replication =yes\n',
      'node2.conf': 'port =5672\r\nAUTH=no\r\nlink-heartbeat-interval=5\r\n',
    };
    const { texts, left } = fix(files);
    assert.deepEqual(left, []);
    assert.deepEqual(texts, {
      'r.qpid.yaml':
        'version: 1\nbrokers:\n  node1: {address: node1, config: node1.conf}\n  node2: {address: node2, config: node2.conf}\nreplications:\n  - {queue: q, from: node1, to: node2}\n',
      'node1.conf': 'auth=no\nha-queue-replication=yes\n',
      'node2.conf': 'port=5672\r\nauth=no\r\nlink-heartbeat-interval=5\r\nha-queue-replication=yes\r\n',
    });
  });

  it('counts a fix that two findings share once', () => {
    const files = memoryFiles({
      'r.qpid.yaml':
        'version: 1\nbrokers:\n  a: {address: a}\n  b: {address: b, config: b.conf}\nreplications: [{queue: q, from: a, to: b}]\n',
      'b.conf': 'port=1\n',
    });
    assert.equal(fixProject({ files, entries }).applied, 1);
  });

  it('leaves alone what it may not change, and all of a fix that would', () => {
    const files = memoryFiles({ 'qpidd.conf': 'port = 1\nha-queue-replication=yes\n' });
    const { changed, applied } = fixProject({ files, entries, mayChange: () => false });
    assert.deepEqual([changed.size, applied], [0, 0]);
  });

  it('takes of fixes that touch each other the first, and each as a whole', () => {
    const uri = exampleUri('qpidd.conf');
    const project = openProject(memoryFiles({ 'qpidd.conf': '0123456789' }), entries);
    const finding = (
      ...edits: readonly (readonly [start: number, end: number, text: string])[]
    ): Finding => ({
      rule: 'test/test',
      severity: 'info',
      uri,
      span: { start: 0, end: 0 },
      message: '',
      fix: {
        title: '',
        edits: edits.map(([start, end, newText]) => ({ uri, span: { start, end }, newText })),
      },
    });
    const apply = (...findings: readonly Finding[]) => applyFixes(project, findings).documents.get(uri)?.text;
    assert.equal(apply(finding([2, 4, 'a']), finding([3, 5, 'b'])), '01a456789');
    assert.equal(apply(finding([2, 4, 'a']), finding([4, 5, 'b']), finding([0, 2, 'c'])), 'cab56789');
    assert.equal(apply(finding([2, 4, 'a']), finding([3, 5, 'b'], [8, 9, 'c'])), '01a456789');
    assert.equal(apply(finding([5, 5, 'a']), finding([5, 5, 'b']), finding([5, 5, 'a'])), '01234a56789');
    assert.equal(apply(finding([5, 6, 'a']), finding([5, 5, 'b'])), '01234a6789');
    assert.equal(apply(finding([5, 6, 'a']), finding([6, 6, 'b'])), '01234a6789');
    assert.equal(apply(finding([6, 6, 'b']), finding([5, 6, 'a'])), '012345b6789');
    assert.equal(apply(finding([5, 6, '5'])), undefined);
  });

  const line = fc.constantFrom(
    'port=5672',
    'port = 5672',
    ' port=5672',
    'PORT=5672',
    '--port=5672',
    'auth',
    'auth=',
    'auth=ja',
    'auth: no',
    'cluster-mechanism=PLAIN',
    'ha-cluster=yes',
    'ha-cluster =',
    'ha-brokers-url=amqp://a,b',
    'ha-queue-replication=no',
    'ha-queue-replicaton=yes',
    'ha-queue-replication',
    'log-enable=notice+',
    '',
    '# comment',
    'link-heartbeat-interval=5 s',
    '[broker]',
    'ha-password=a#b',
    'wörter',
    '\t',
    'tcp-nodelay',
    'no-module-dir=yes',
    'mgmt-enable=no',
    'load-module=/x/ha.so',
    'ha-replicate=ALL',
    'worker-threads=0',
  );
  const conf = fc
    .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean())
    .map(([lines, end, final, mark]) => (mark ? '\ufeff' : '') + lines.join(end) + (final ? end : ''));
  const entry = fc.constantFrom(
    'queue: q\n    from: node1\n    to: node2',
    'queue: q\n    from: node1\n    to: nod2',
    'queue: 5\n    from: node2\n    to: node1',
    'queue: q\n    from: node1\n    to: node2\n    state: Running',
    'queue: q\n    from: node1\n    to: node1',
    'queue: q\n    from: node1\n    to: node2\n    linkAdress: u:p@h',
  );
  const manifest = fc
    .tuple(
      fc.constantFrom('', 'version: 1\n', 'version: "1"\n'),
      fc.array(entry, { maxLength: 4 }),
      fc.constantFrom('address', 'adress'),
    )
    .map(
      ([version, list, address]) =>
        `${version}brokers:\n  node1:\n    ${address}: u:p@node1\n    config: node1.conf\n  node2:\n    address: node2\n    config: node2.conf\nreplications:\n${list.map((one) => `  - ${one}\n`).join('')}`,
    );

  it('brings up no kind of error in a qpidd.conf that was not there before', () => {
    const errors = (files: ExampleFiles) =>
      lintProject(openProject(memoryFiles(files), entries)).filter(({ severity }) => severity === 'error');
    fc.assert(
      fc.property(conf, (text) => {
        const before = errors({ 'qpidd.conf': text }).map(({ rule }) => rule);
        const { texts } = fix({ 'qpidd.conf': text });
        for (const { rule } of errors(texts)) assert.ok(before.includes(rule), rule + JSON.stringify(texts));
      }),
      { numRuns: 1000 },
    );
  });

  it('comes to an end with nothing left to fix, whatever the files', () => {
    fc.assert(
      fc.property(conf, conf, manifest, (node1, node2, text) => {
        const files = { 'r.qpid.yaml': text, 'node1.conf': node1, 'node2.conf': node2 };
        const { texts, left } = fix(files);
        assert.deepEqual(
          left.filter(({ fix }) => fix !== undefined && !fix.onRequest).map(({ message }) => message),
          [],
          JSON.stringify(texts),
        );
        assert.deepEqual(fix(texts).texts, texts);
      }),
      { numRuns: 400 },
    );
  });
});
