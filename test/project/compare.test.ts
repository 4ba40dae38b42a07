import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBrokerUrl } from '../../server/address/broker-url';
import { lintProject } from '../../server/lint/lint-project';
import { compareAddresses } from '../../server/project/addresses';
import { clusterFiles, pairFiles } from '../../server/project/examples';
import { openProject } from '../../server/project/open-project';
import type { Finding } from '../../server/text/finding';
import type { ExampleFiles } from '../../server/text/rule';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

function lint(files: ExampleFiles, ...entries: readonly string[]): readonly Finding[] {
  const uris = entries.length === 0 ? [memoryRoot] : entries.map(exampleUri);
  return lintProject(
    openProject(
      memoryFiles(files),
      uris.map((uri) => ({ uri })),
    ),
  );
}

function found(rule: string, files: ExampleFiles, ...entries: readonly string[]): readonly string[] {
  return lint(files, ...entries)
    .filter((finding) => finding.rule === rule)
    .map(({ severity, uri }) => `${severity} ${uri.slice(memoryRoot.length + 1)}`);
}

describe('two lists of addresses', () => {
  const cases: readonly (readonly [one: string, other: string, equal: boolean])[] = [
    ['n1,n2', 'n2,N1:5672', true],
    ['n1,n2', 'n1,n2,n2', true],
    ['n1.,n2', 'n1,n2', true],
    ['n1,n2', 'n1.example.org,n2.example.org', true],
    ['n1,n2', 'n1.example.org,n3.example.org', false],
    ['n1,n2', '10.0.0.1,10.0.0.2', true],
    ['n1,n2', '10.0.0.1,10.0.0.2,10.0.0.3', false],
    ['n1,10.0.0.2', 'n1,n2', true],
    ['10.0.0.1,10.0.0.2', '10.0.0.1,10.0.0.3', false],
    ['[::1]:1,[::2]:1', '[0:0::1]:1,[::2]:1', true],
    ['localhost:1,n2', '127.0.0.1:1,n2', true],
    ['n1:5672,n2', 'n1:5673,n2', false],
    ['ssl:n1:5671,n2', 'n1:5671,n2', false],
    ['n1.a.org,n2', 'n1.b.org,n2', false],
  ];
  for (const [one, other, equal] of cases) {
    it(`${one} and ${other} are ${equal ? 'not known to differ' : 'different'}, either way round`, () => {
      const [first, second] = [one, other].map((url) => {
        const parsed = parseBrokerUrl(url);
        return parsed.ok ? parsed.url.members : [];
      });
      assert.equal(compareAddresses(first ?? [], second ?? []) === undefined, equal);
      assert.equal(compareAddresses(second ?? [], first ?? []) === undefined, equal);
    });
  }
});

describe('members of a cluster that differ', () => {
  const member = (replicate: string) =>
    `auth=no\nha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=${replicate}\n`;
  const rule = 'ha/replicate-differs';

  it('are the fewer, with a fix where all others agree', () => {
    const files = clusterFiles(member('none'), member('all'), member('all'));
    assert.deepEqual(found(rule, files), ['error node1/qpidd.conf']);
    assert.ok(lint(files).find((finding) => finding.rule === rule)?.fix);
  });

  it('are of two the second, without a fix, for either may be right', () => {
    const files = clusterFiles(member('none'), member('all'));
    assert.deepEqual(found(rule, files), ['error node2/qpidd.conf']);
    assert.equal(lint(files).find((finding) => finding.rule === rule)?.fix, undefined);
  });

  it('are those that are asked for, when only some are', () => {
    const files = clusterFiles(member('none'), member('all'));
    assert.deepEqual(found(rule, files, 'node1/qpidd.conf'), ['error node1/qpidd.conf']);
    assert.deepEqual(found(rule, files, 'node2/qpidd.conf'), ['error node2/qpidd.conf']);
  });

  it('are found once, however often the cluster is declared', () => {
    const files = clusterFiles(member('none'), member('all'));
    const again = { ...files, 'more.qpid.yaml': files['replicas.qpid.yaml'] ?? '' };
    assert.deepEqual(found(rule, again), ['error node2/qpidd.conf']);
  });
});

describe('two brokers on one host', () => {
  const member = (url: string) =>
    `auth=no\nport=5672\nha-cluster=yes\nha-brokers-url=${url}\nha-replicate=all\n`;

  it('surely cannot share a port of the loopback interface, and perhaps one that is forwarded', () => {
    const local = '127.0.0.1:5672,127.0.0.1:5673';
    const other = 'node1:5672,node1:5673';
    assert.deepEqual(found('ha/same-port', clusterFiles(member(local), member(local))), [
      'error node2/qpidd.conf',
    ]);
    assert.deepEqual(found('ha/same-port', clusterFiles(member(other), member(other))), [
      'warning node2/qpidd.conf',
    ]);
    const apart = 'node1,node2';
    assert.deepEqual(found('ha/same-port', clusterFiles(member(apart), member(apart))), []);
  });
});

describe('an origin and a replica broker', () => {
  const rule = 'manifest/address-without-listener';
  const on = 'auth=no\nha-queue-replication=yes\nlink-heartbeat-interval=5\n';

  it('are judged route by route, and not where a replication is stopped', () => {
    const files = (state: string) => pairFiles(`${on}port=5673\n`, on, { replication: [`state: ${state}`] });
    assert.deepEqual(found(rule, files('running')), ['warning replicas.qpid.yaml']);
    assert.deepEqual(found(rule, files('stopped')), []);
  });

  it('have nothing wrong between them as the examples of the manual have them', () => {
    assert.deepEqual(lint(pairFiles(on, on)), []);
  });

  it('may have members of which the files are not known', () => {
    const cluster = 'auth=no\nport=5673\nha-cluster=yes\nha-brokers-url=n1:5673,n2:5674\nha-replicate=all\n';
    const files = { ...pairFiles(cluster, on, { address: '"n1:5673,n2:5674"' }) };
    assert.deepEqual(found(rule, files), []);
    const neither = { ...pairFiles(cluster, on, { address: '"n1:5675,n2:5676"' }) };
    assert.deepEqual(found(rule, neither), ['warning replicas.qpid.yaml']);
  });

  it('are told of one cause once', () => {
    const login = 'ha-queue-replication=yes\nlink-heartbeat-interval=5\n';
    const rules = lint(pairFiles(login, `${on}ha-username=u\nha-password=p\n`)).map(
      (finding) => finding.rule,
    );
    assert.deepEqual([...rules].sort(), ['ha/mechanism-missing', 'ha/origin-without-acl']);
  });
});
