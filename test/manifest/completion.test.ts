import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completion } from '../../server/manifest/completion';
import { parseManifest } from '../../server/manifest/manifest-document';
import { documentFromText } from '../../server/text/document';
import { applyEdits } from '../../server/text/edit';
import { atCursor, manifestUri } from './support';

const head = 'version: 1\nbrokers:\n  node1:\n    address: node1\n  node2: {address: node2}\n';

const cases: readonly (readonly [name: string, text: string, labels: readonly string[]])[] = [
  ['an empty file', '|', ['manifest of two brokers', 'version', 'brokers', 'replications', '$schema']],
  ['the top level', `${head}|`, ['replications', '$schema']],
  ['the top level, half a word', `${head}repl|\n`, ['replications', '$schema']],
  ['a broker', 'brokers:\n  node1:\n    |', ['address', 'config', 'primaryScript', 'clusterConf']],
  [
    'a broker that has an address',
    'brokers:\n  node1:\n    address: x\n    con|',
    ['config', 'primaryScript', 'clusterConf'],
  ],
  ['the name of a broker', 'brokers:\n  |', ['broker']],
  [
    'a replication',
    `${head}replications:\n  - |`,
    ['replication', 'queue', 'from', 'to', 'linkAddress', 'create', 'state'],
  ],
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

describe('a snippet of a manifest', () => {
  for (const [name, text, label, result] of [
    [
      'names the brokers that there are',
      `${head}replications:\n  - |`,
      'replication',
      `${head}replications:\n  - queue: myqueue\n    from: node1\n    to: node2`,
    ],
    ['begins a broker', 'brokers:\n  |', 'broker', 'brokers:\n  node1:\n    address: node1'],
  ] as const) {
    it(name, () => {
      const { document, offset } = atCursor(text);
      const item = completion(document, offset).find((one) => one.label === label);
      assert.ok(item);
      // Editors put what follows the first line into the column of the line.
      const newText = item.edit.newText.replaceAll('\n', '\n  ');
      assert.equal(applyEdits(document.source.text, [{ uri: manifestUri, ...item.edit, newText }]), result);
    });
  }

  it('is a whole manifest without a fault', () => {
    const { document, offset } = atCursor('|');
    const item = completion(document, offset).find(({ kind }) => kind === 'snippet');
    assert.ok(item);
    assert.match(item.template ?? '', /\{5:myqueue\}/);
    const { problems } = parseManifest(documentFromText(manifestUri, item.edit.newText));
    assert.deepEqual(problems, []);
  });
});

it('proposes the files of the project that no broker has yet', () => {
  const { document, offset } = atCursor('brokers:\n  a: {address: a, config: a.conf}\n  b:\n    config: |\n');
  const items = completion(document, offset, { configs: () => ['a.conf', 'b/b c.conf', '../c.conf'] });
  assert.deepEqual(
    items.map(({ edit }) => edit.newText),
    ['"b/b c.conf"', '../c.conf'],
  );
});
