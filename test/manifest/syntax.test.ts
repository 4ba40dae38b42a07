import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseManifest } from '../../server/manifest/manifest-document';
import { documentFromBytes } from '../../server/text/document';
import { manifestUri, parse } from './support';

/** Each row of nine stands for nine times the row before it. */
function aliasBomb(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const items = Array.from({ length: 9 }, () => (row === 0 ? 'lol' : `*a${row - 1}`));
    return `a${row}: &a${row} [${items.join(', ')}]\n`;
  });
  return lines.join('');
}

const valid = 'version: 1\nbrokers:\n  node1: {address: node1}\n';

/** What is wrong, at which text, and how it is said: one message each. */
const faults: readonly (readonly [name: string, text: string, at: string, message: RegExp])[] = [
  ['a tab as indentation', 'version: 1\nbrokers:\n\tnode1: x\n', '\t', /A tab cannot indent/],
  ['a duplicate key', `${valid}version: 1\n`, 'version', /written twice/],
  ['two documents', `${valid}---\nversion: 1\n`, '', /one YAML document/],
  ['an open bracket', 'version: 1\nbrokers: {a: {address: b}\n', '', /bracket is opened/],
  ['an open quote', 'version: 1\nbrokers: "x\n', '', /quote is opened/],
  ['an unquoted "@"', 'version: 1\nbrokers: @x\n', '@', /cannot start with this character/],
  ['a missing colon', 'version 1\nbrokers: x\n', 'version 1\nbrokers', /is a ":" missing/],
  ['a second ": "', 'version: 1\nbrokers: a: b\n', 'a', /quote text that holds/],
  ['an unknown escape', 'version: "\\q"\n', '\\', /Unknown escape/],
  ['an unknown tag', 'version: !important 1\n', '!important', /Unknown tag/],
  ['an alias without an anchor', 'version: 1\nbrokers: *b\n', '*b', /No anchor of this name/],
  ['an alias inside its own anchor', 'version: 1\nbrokers: &b [*b]\n', '*b', /No anchor of this name/],
  ['an alias bomb', aliasBomb(10), '*a4', /stand for more than 100000 values/],
  [
    'an alias bomb of merges',
    `${aliasBomb(4)}x: &x {a: *a3, b: *a3}\n${Array.from({ length: 50 }, (_, i) => `y${i}: {<<: *x}\n`).join('')}`,
    '*x',
    /stand for more than/,
  ],
  ['brackets nested too deeply', '['.repeat(100_000), '', /nested too deeply/],
  ['lists nested too deeply', '- '.repeat(20_000), '', /nested too deeply/],
  ['keys nested too deeply', '{a: '.repeat(100_000), '', /nested too deeply/],
  ['a huge file', 'a: 1\n'.repeat(2_000_000), '', /too large: 10\.0 million/],
  ['a file of very many parts', '- \n'.repeat(300_000), '', /too many parts/],
  ['a NUL byte', `${valid}\0`, '\0', /no text file/],
  ['an escape character', `${valid}# \u001b[31m\n`, '\u001b', /U\+001B cannot stand/],
  ['a complex key', `${valid}? [a]\n: b\n`, '[a]', /A key must be text/],
  [
    'a scalar to be merged',
    'version: 1\nbrokers:\n  a: {address: b, <<: [x]}\n',
    'x',
    /Only mappings can be merged/,
  ],
];

describe('a manifest that is no YAML', () => {
  for (const [name, text, at, message] of faults) {
    it(`gets one message for ${name}`, () => {
      const { problems, manifest } = parse(text);
      assert.deepEqual(
        problems.map(({ kind }) => kind),
        ['syntax'],
      );
      const [problem] = problems;
      assert.ok(problem);
      assert.match(problem.message, message);
      const { start, end } = problem.span;
      if (at !== '') assert.equal(text.slice(start, end).slice(0, at.length), at);
      assert.ok(0 <= start && start <= end && end <= text.length);
      assert.ok(manifest.brokers.length <= 1);
    });
  }

  const encodings: readonly (readonly [name: string, bytes: Uint8Array, offset: number, message: RegExp])[] =
    [
      ['Latin-1', Buffer.from('version: 1\n# caf\xe9\n', 'latin1'), 16, /0xE9 is no UTF-8/],
      ['UTF-8 cut short', Buffer.from([0x61, 0xc3, 0xa9, 0x0a, 0xe2, 0x82]), 4, /0xE2 is no UTF-8/],
      ['UTF-16', Buffer.from('\ufeffversion: 1\n', 'utf16le'), 0, /UTF-16: save it as UTF-8/],
    ];
  for (const [name, bytes, offset, message] of encodings) {
    it(`gets one message for ${name}`, () => {
      const { problems } = parseManifest(documentFromBytes(manifestUri, bytes));
      assert.equal(problems.length, 1);
      assert.equal(problems[0]?.span.start, offset);
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  it('never quotes the file in a message about a login that is broken in two', () => {
    for (const text of [
      'a: "hunter2\n',
      'b\npassword: hunter2: x\n',
      '- password: hunter2\nuser: @hunter2\n',
    ]) {
      for (const { message } of parse(text).problems) assert.doesNotMatch(message, /hunter2/);
    }
  });
});

describe('a manifest', () => {
  const same: readonly (readonly [name: string, text: string])[] = [
    ['with CRLF', valid.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${valid}`],
    ['in JSON', '{"version": 1, "brokers": {"node1": {"address": "node1"}}}'],
    [
      'in JSON, indented with tabs',
      '{\n\t"version": 1,\n\t"brokers": {\n\t\t"node1": {"address": "node1"}\n\t}\n}\n',
    ],
    ['between document markers', `%YAML 1.2\n---\n${valid}...\n`],
    ['before an empty document', `${valid}---\n`],
    ['with anchors', 'version: 1\nbrokers:\n  node1: &n {address: &a node1}\n'],
    ['with a merge key', 'version: 1\nbrokers: {node1: {<<: &a {address: node1}}}\n'],
  ];
  for (const [name, text] of same) {
    it(`reads the same ${name}`, () => {
      const { problems, manifest } = parse(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        manifest.brokers.map(({ name, address }) => [name.value, address?.endpoint?.text]),
        [['node1', 'node1']],
      );
    });
  }

  it('knows where each name and value is written', () => {
    const text =
      'version: 1\nbrokers:\n  "node1": {address: \'h:5\', config: [a, "b"]}\nreplications:\n  - queue: q\n    from: node1\n    to: x\n    linkAddress: h2\n    state: stopped\n';
    const { manifest } = parse(text);
    const written = ({ span }: { span: { start: number; end: number } }) => text.slice(span.start, span.end);
    const [broker] = manifest.brokers;
    const [replication] = manifest.replications;
    assert.ok(
      broker?.address && replication?.queue && replication.from && replication.to && replication.linkAddress,
    );
    assert.deepEqual(
      [
        broker.name,
        broker.address.text,
        ...broker.configs,
        replication.queue,
        replication.from,
        replication.to,
        replication.linkAddress.text,
      ].map(written),
      ['"node1"', "'h:5'", 'a', '"b"', 'q', 'node1', 'x', 'h2'],
    );
    assert.equal(replication.state, 'stopped');
    assert.equal(
      written(replication),
      'queue: q\n    from: node1\n    to: x\n    linkAddress: h2\n    state: stopped',
    );
  });

  it('takes what an alias stands for', () => {
    const { manifest, problems } = parse(
      'version: 1\nbrokers: {a: {address: x}, b: {address: y}}\nreplications:\n  - &r {queue: q, from: a, to: b}\n  - {<<: *r, queue: p, state: stopped}\n',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      manifest.replications.map(({ queue, from, state }) => [queue?.value, from?.value, state]),
      [
        ['q', 'a', 'running'],
        ['p', 'a', 'stopped'],
      ],
    );
  });
});
