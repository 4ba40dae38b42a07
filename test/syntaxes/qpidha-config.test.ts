import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadGrammar, type Token, type Tokenise } from './tokenise';

const known = 'keyword.other.definition';
const other = 'entity.name.type';
const level = 'constant.language.level';
const plain = 'string.unquoted.plain';
const colon: Token = [':', 'punctuation.separator.key-value'];
const dash: Token = ['-', 'punctuation.definition.sequence-item'];

const cases: readonly (readonly [title: string, line: string, tokens: readonly Token[]])[] = [
  ['a section', 'overrides:', [['overrides', known], colon]],
  ['a release', 'broker: "1.36"', [['broker', known], colon, ['"1.36"', 'string.quoted.double']]],
  ['the level of a rule', '  ha/both-modes: off', [['ha/both-modes', other], colon, ['off', level]]],
  [
    'the level of an area',
    '  ha/*: error # all',
    [
      ['ha/*', other],
      colon,
      ['error', level],
      ['#', 'punctuation.definition.comment'],
      [' all', 'comment.line.number-sign'],
    ],
  ],
  ['what is no level', '  ha/both-modes: on', [['ha/both-modes', other], colon, ['on', plain]]],
  ['a member', '    - n1/qpidd.conf', [dash, ['n1/qpidd.conf', plain]]],
  ['a file of an override', '  - files: old', [dash, ['files', known], colon, ['old', plain]]],
];

let tokenise: Tokenise;
before(async () => {
  tokenise = await loadGrammar('qpidha-config');
});

for (const [title, line, tokens] of cases) {
  test(`${title} is coloured`, () => assert.deepEqual(tokenise(line)[0], tokens));
}
