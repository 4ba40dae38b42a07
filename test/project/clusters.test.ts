import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatMember } from '../../server/address/endpoint';
import { openProject } from '../../server/project/open-project';
import type { ExampleFiles } from '../../server/text/rule';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

const manifest = (address: string, config: string, more = '') =>
  `version: 1\nbrokers:\n  east: {address: "${address}", config: ${config}}\n${more}`;

function open(files: ExampleFiles, entry = '') {
  return openProject(memoryFiles(files), [{ uri: entry === '' ? memoryRoot : exampleUri(entry) }]);
}

function members(address: string, config: string): readonly string[] {
  const [cluster] = open({ 'r.qpid.yaml': manifest(address, config) }).clusters;
  return (cluster?.members ?? []).map(
    ({ conf, address: own }) =>
      `${own === undefined ? '?' : formatMember(own)} ${conf.slice(memoryRoot.length + 1)}`,
  );
}

describe('the clusters of a manifest', () => {
  const cases: readonly (readonly [
    what: string,
    address: string,
    config: string,
    found: readonly string[],
  ])[] = [
    ['pair addresses and files', 'h1,h2:5673', '[a.conf, b.conf]', ['h1:5672 a.conf', 'h2:5673 b.conf']],
    ['pair none where their numbers differ', 'h1,h2,h3', '[a.conf, b.conf]', ['? a.conf', '? b.conf']],
    ['may have one address that moves', 'vip', '[a.conf, b.conf]', ['? a.conf', '? b.conf']],
    ['may share one file', 'h1,h2', 'a.conf', ['? a.conf']],
    ['are not single brokers', 'h1', 'a.conf', []],
    [
      'are known by their files alone where the address is malformed',
      'h1,',
      '[a.conf, b.conf]',
      ['? a.conf', '? b.conf'],
    ],
  ];
  for (const [what, address, config, found] of cases) {
    it(what, () => assert.deepEqual(members(address, config), found));
  }

  it('have a place, and so have their members', () => {
    const text = manifest('h1,h2', '[a.conf, b.conf]');
    const [cluster] = open({ 'r.qpid.yaml': text }).clusters;
    assert.ok(cluster);
    assert.equal(text.slice(cluster.span.start, cluster.span.end), 'east');
    assert.deepEqual(
      cluster.members.map(({ span }) => text.slice(span.start, span.end)),
      ['a.conf', 'b.conf'],
    );
    assert.deepEqual(cluster.addresses.map(formatMember), ['h1:5672', 'h2:5672']);
  });
});

describe('a qpidd.conf alone', () => {
  const pair =
    '  west: {address: w, config: w.conf}\n  other: {address: o, config: o.conf}\nreplications:\n  - {queue: q, from: east, to: west}\n';
  const files = {
    'r.qpid.yaml': manifest('h1,h2', '[a.conf, b.conf]', pair),
    'a.conf': 'port=1\n',
    'b.conf': '',
    'w.conf': '',
    'o.conf': '',
  };
  const confs = (entry: string) =>
    [...open(files, entry).confs.keys()].map((uri) => uri.slice(memoryRoot.length + 1)).sort();

  it('is seen together with the files of its cluster, and of the brokers at the other ends of its replications', () => {
    assert.deepEqual(confs('a.conf'), ['a.conf', 'b.conf', 'w.conf']);
    assert.deepEqual(confs('w.conf'), ['a.conf', 'b.conf', 'w.conf']);
    assert.deepEqual(confs('o.conf'), ['o.conf']);
  });

  it('stays the only subject', () => {
    assert.deepEqual([...open(files, 'a.conf').subjects], [exampleUri('a.conf')]);
  });
});
