import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadGrammar, type Token, type Tokenise } from './tokenise';

const name = 'keyword.other.definition';
const equals: Token = ['=', 'keyword.operator.assignment'];
const blank = 'invalid.illegal.blank';

/** A title, one line of a file, and the scopes of its pieces. */
const cases: readonly (readonly [title: string, line: string, tokens: readonly Token[]])[] = [
  ['a boolean', 'auth=no', [['auth', name], equals, ['no', 'constant.language.boolean']]],
  ['a boolean in capitals', 'auth=YES', [['auth', name], equals, ['YES', 'constant.language.boolean']]],
  [
    'no boolean inside a longer word',
    'log-prefix=none',
    [['log-prefix', name], equals, ['none', 'string.unquoted']],
  ],
  [
    'no boolean with something after it',
    'auth=yes no',
    [['auth', name], equals, ['yes no', 'string.unquoted']],
  ],
  ['a number', 'port=5672', [['port', name], equals, ['5672', 'constant.numeric']]],
  ['a negative number', 'port=-1', [['port', name], equals, ['-1', 'constant.numeric']]],
  [
    'a duration with its unit',
    'link-heartbeat-interval=0.5s',
    [['link-heartbeat-interval', name], equals, ['0.5', 'constant.numeric'], ['s', 'keyword.other.unit']],
  ],
  [
    'no unit that the broker does not know',
    'link-maintenance-interval=1m',
    [['link-maintenance-interval', name], equals, ['1m', 'string.unquoted']],
  ],
  [
    'text with a second equals sign',
    'log-prefix=a=b',
    [['log-prefix', name], equals, ['a=b', 'string.unquoted']],
  ],
  ['an empty value', 'log-prefix=', [['log-prefix', name], equals]],
  [
    'blanks after the equals sign, which the broker allows',
    'port= 5672',
    [['port', name], equals, ['5672', 'constant.numeric']],
  ],
  [
    'a blank before the equals sign',
    'port =1',
    [['port', name], [' ', blank], equals, ['1', 'constant.numeric']],
  ],
  ['a leading blank', '\tport=1', [['\t', blank], ['port', name], equals, ['1', 'constant.numeric']]],
  [
    'a comment after a value',
    'port=1 # main',
    [
      ['port', name],
      equals,
      ['1', 'constant.numeric'],
      ['#', 'punctuation.definition.comment'],
      [' main', 'comment.line.number-sign'],
    ],
  ],
  [
    'a number sign inside a password, which begins a comment',
    'ha-password=AB#CD',
    [
      ['ha-password', name],
      equals,
      ['AB', 'string.unquoted'],
      ['#', 'punctuation.definition.comment'],
      ['CD', 'comment.line.number-sign'],
    ],
  ],
  [
    'a comment line',
    '  # note',
    [
      ['  ', 'comment.line.number-sign'],
      ['#', 'punctuation.definition.comment'],
      [' note', 'comment.line.number-sign'],
    ],
  ],
  ['a line without an equals sign', 'auth', [['auth', 'invalid.illegal.line']]],
  ['a section', '[broker]', [['[broker]', 'invalid.illegal.line']]],
  ['a number sign before the equals sign', 'po#rt=1', [['po#rt=1', 'invalid.illegal.line']]],
  [
    'a broker URL',
    'ha-brokers-url=amqp:ssl:h1:5671,[::1]:5672',
    [
      ['ha-brokers-url', name],
      equals,
      ['amqp:', 'keyword.other.scheme'],
      ['ssl:', 'keyword.other.transport'],
      ['h1', 'string.unquoted.host'],
      [':', 'punctuation.separator.port'],
      ['5671', 'constant.numeric.port'],
      [',', 'punctuation.separator.list'],
      ['[::1]', 'string.unquoted.host'],
      [':', 'punctuation.separator.port'],
      ['5672', 'constant.numeric.port'],
    ],
  ],
  [
    'what the broker refuses in a URL',
    'ha-public-url=amqp://h1, h2',
    [
      ['ha-public-url', name],
      equals,
      ['amqp:', 'keyword.other.scheme'],
      ['//', 'invalid.illegal.url'],
      ['h1', 'string.unquoted.host'],
      [',', 'punctuation.separator.list'],
      [' ', 'invalid.illegal.url'],
      ['h2', 'string.unquoted.host'],
    ],
  ],
  [
    'a log selector',
    'log-enable=debug+:ha',
    [
      ['log-enable', name],
      equals,
      ['debug', 'constant.language.level'],
      ['+', 'keyword.operator.range'],
      [':', 'punctuation.separator'],
      ['ha', 'entity.name.function'],
    ],
  ],
  [
    'a replication mode',
    'ha-replicate=all',
    [['ha-replicate', name], equals, ['all', 'constant.language.mode']],
  ],
  ['no mode in capitals', 'ha-replicate=All', [['ha-replicate', name], equals, ['All', 'string.unquoted']]],
];

let tokenise: Tokenise;
before(async () => {
  tokenise = await loadGrammar('qpidd-conf');
});

for (const [title, line, tokens] of cases) {
  test(`qpidd.conf colours ${title}`, () => {
    assert.deepEqual(tokenise(line), [tokens]);
  });
}

test('a line never colours the next one', () => {
  const lines = cases.map(([, line]) => line);
  assert.deepEqual(
    tokenise(lines.join('\n')),
    cases.map(([, , tokens]) => tokens),
  );
});
