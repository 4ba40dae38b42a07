import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completion } from '../../server/manifest/completion';
import { applyEdits } from '../../server/text/edit';
import { atCursor, manifestUri } from './support';

const head = 'version: 1\nbrokers:\n  node1:\n    address: node1\n  node2: {address: node2}\n';

const cases: readonly (readonly [name: string, text: string, labels: readonly string[]])[] = [
  ['an empty file', '|', ['version', 'brokers', 'replications', '$schema']],
  ['the top level', `${head}|`, ['replications', '$schema']],
  ['the top level, half a word', `${head}repl|\n`, ['replications', '$schema']],
  ['a broker', 'brokers:\n  node1:\n    |', ['address', 'config', 'primaryScript', 'clusterConf']],
  [
    'a broker that has an address',
    'brokers:\n  node1:\n    address: x\n    con|',
    ['config', 'primaryScript', 'clusterConf'],
  ],
  ['the name of a broker', 'brokers:\n  |', []],
  ['a replication', `${head}replications:\n  - |`, ['queue', 'from', 'to', 'linkAddress', 'create', 'state']],
  [
    'a replication, half a word',
    `${head}replications:\n  - queue: q\n    fr|\n    to: node2\n`,
    ['from', 'linkAddress', 'create', 'state'],
  ],
  ['from', `${head}replications:\n  - queue: q\n    from: |\n    to: node2\n`, ['node1']],
  ['to, half a word', `${head}replications:\n  - queue: q\n    to: no|`, ['node1', 'node2']],
  ['create', `${head}replications:\n  - create: |`, ['if-missing', 'never']],
  ['state', `${head}replications:\n  - state: run|`, ['running', 'stopped']],
  ['version', 'version: |', ['1']],
  ['queue', `${head}replications:\n  - {queue: orders}\n  - queue: |`, ['orders']],
  ['an address', `${head}replications:\n  - linkAddress: |`, []],
  [
    'a flow mapping',
    `${head}replications:\n  - {queue: q, |}`,
    ['from', 'to', 'linkAddress', 'create', 'state'],
  ],
  ['a key in JSON', '{ "version": 1, "|" }', ['brokers', 'replications', '$schema']],
  ['a value in JSON', '{"brokers":{"a b":{}},"replications":[{"from":"|"}]}', ['a b']],
  [
    'an existing key',
    'brokers:\n  node1:\n    addr|: node1\n',
    ['address', 'config', 'primaryScript', 'clusterConf'],
  ],
  [
    'a file that is broken further down',
    'version: 1\nbrokers:\n  a:\n    |\n\tb: [\n',
    ['address', 'config', 'primaryScript', 'clusterConf'],
  ],
];

describe('completion in a manifest', () => {
  for (const [name, text, labels] of cases) {
    it(`proposes ${labels.length === 0 ? 'nothing' : labels[0]} in ${name}`, () => {
      const { document, offset } = atCursor(text);
      assert.deepEqual(
        completion(document, offset).map(({ label }) => label),
        labels,
      );
    });
  }

  const edits: readonly (readonly [text: string, label: string, result: string])[] = [
    ['brokers:\n  node1:\n    add|\n', 'address', 'brokers:\n  node1:\n    address: \n'],
    ['brokers:\n  node1:\n    add|: x\n', 'address', 'brokers:\n  node1:\n    address: x\n'],
    ['{"bro|"}', 'brokers', '{"brokers"}'],
    [
      'brokers: {"a b": {}}\nreplications:\n  - to: |',
      'a b',
      'brokers: {"a b": {}}\nreplications:\n  - to: "a b"',
    ],
  ];
  for (const [text, label, result] of edits) {
    it(`writes ${JSON.stringify(result)}`, () => {
      const { document, offset } = atCursor(text);
      const item = completion(document, offset).find((candidate) => candidate.label === label);
      assert.ok(item);
      assert.equal(applyEdits(document.source.text, [{ uri: manifestUri, ...item.edit }]), result);
    });
  }
});
