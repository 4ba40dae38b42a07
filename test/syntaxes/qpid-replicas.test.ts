import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadGrammar, type Token, type Tokenise } from './tokenise';

const known = 'keyword.other.definition';
const other = 'entity.name.type';
const colon: Token = [':', 'punctuation.separator.key-value'];
const dash: Token = ['-', 'punctuation.definition.sequence-item'];
const plain = 'string.unquoted.plain';

const cases: readonly (readonly [title: string, line: string, tokens: readonly Token[]])[] = [
  ['a section', 'brokers:', [['brokers', known], colon]],
  ['a number', 'version: 1', [['version', known], colon, ['1', 'constant.numeric']]],
  ["a broker's name", '  node1:', [['node1', other], colon]],
  ['an address', '    address: node2:5672', [['address', known], colon, ['node2:5672', plain]]],
  [
    'the addresses of a cluster',
    '    address: east1,east2,east3',
    [['address', known], colon, ['east1,east2,east3', plain]],
  ],
  ['the first key of an entry', '  - queue: orders', [dash, ['queue', known], colon, ['orders', plain]]],
  ['a state', '    state: running', [['state', known], colon, ['running', 'constant.language.choice']]],
  [
    'how to create',
    '    create: if-missing',
    [['create', known], colon, ['if-missing', 'constant.language.choice']],
  ],
  ['an unknown state', '    state: paused', [['state', known], colon, ['paused', plain]]],
  ['a key that merely begins like one of ours', '  tomcat: x', [['tomcat', other], colon, ['x', plain]]],
  [
    'a comment after a value',
    'from: a # note',
    [
      ['from', known],
      colon,
      ['a', plain],
      ['#', 'punctuation.definition.comment'],
      [' note', 'comment.line.number-sign'],
    ],
  ],
  ['a number sign inside a word', 'queue: a#b', [['queue', known], colon, ['a#b', plain]]],
  [
    'a quoted string with an escape',
    'queue: "a\\tb"',
    [
      ['queue', known],
      colon,
      ['"a', 'string.quoted.double'],
      ['\\t', 'constant.character.escape'],
      ['b"', 'string.quoted.double'],
    ],
  ],
  [
    'a list of files',
    'config: [a/qpidd.conf, b/qpidd.conf]',
    [
      ['config', known],
      colon,
      ['[', 'punctuation.definition.flow'],
      ['a/qpidd.conf', plain],
      [',', 'punctuation.definition.flow'],
      ['b/qpidd.conf', plain],
      [']', 'punctuation.definition.flow'],
    ],
  ],
  [
    'an anchor and an alias',
    'to: &r *s',
    [
      ['to', known],
      colon,
      ['&', 'punctuation.definition.anchor'],
      ['r', 'variable.other.anchor'],
      ['*', 'punctuation.definition.anchor'],
      ['s', 'variable.other.anchor'],
    ],
  ],
  [
    'JSON',
    '{"queue":"q","from": "a"}',
    [
      ['{', 'punctuation.definition.flow'],
      ['"', 'source'],
      ['queue', known],
      ['"', 'source'],
      colon,
      ['"q"', 'string.quoted.double'],
      [',', 'punctuation.definition.flow'],
      ['"', 'source'],
      ['from', known],
      ['"', 'source'],
      colon,
      ['"a"', 'string.quoted.double'],
      ['}', 'punctuation.definition.flow'],
    ],
  ],
];

let tokenise: Tokenise;
before(async () => {
  tokenise = await loadGrammar('qpid-replicas');
});

for (const [title, line, tokens] of cases) {
  test(`a manifest colours ${title}`, () => {
    assert.deepEqual(tokenise(line), [tokens]);
  });
}

test('block text keeps what looks like keys and comments as text, and ends with its indentation', () => {
  const lines = tokenise('queue: |\n  # text\n  from: here\n\nto: b');
  assert.deepEqual(lines.slice(1, 3), [
    [['  # text', 'string.unquoted.block']],
    [['  from: here', 'string.unquoted.block']],
  ]);
  assert.deepEqual(lines[4], [['to', known], colon, ['b', plain]]);
});
