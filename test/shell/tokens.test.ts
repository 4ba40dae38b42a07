import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { expandWords } from '../../server/shell/expand';
import { parseScript } from '../../server/shell/parser';
import { Scope } from '../../server/shell/scope';
import { tokenize } from '../../server/shell/tokens';
import fc from '../support/fast-check';

/** The words of one simple command, unquoted; undefined where the text is anything else. */
function wordsOf(line: string): readonly (string | undefined)[] | undefined {
  const { tokens, faults } = tokenize(line);
  if (faults.length > 0 || tokens.some(({ kind }) => kind !== 'word')) return undefined;
  const words = tokens.flatMap((token) => (token.kind === 'word' ? [token.word] : []));
  return expandWords(words, new Scope()).map(({ text }) => text);
}

const lines: readonly (readonly [line: string, words: readonly string[]])[] = [
  [`a 'b c' "d e" f\\ g`, ['a', 'b c', 'd e', 'f g']],
  [`a''b "" ''`, ['ab', '', '']],
  [`"a\\"b" "a\\b" "\\$x" 'a\\b'`, ['a"b', 'a\\b', '$x', 'a\\b']],
  ['a \\\n  b', ['a', 'b']],
  ['a\\\nb', ['ab']],
  ['a # b', ['a']],
  ['a#b "#c"', ['a#b', '#c']],
  [`$'a\\tb' $"c"`, ['a\tb', 'c']],
  ['a$ $', ['a$', '$']],
  ['a \r\n', ['a', '\n'].slice(0, 1)],
];

describe('the words of a script', () => {
  for (const [line, words] of lines) {
    test(`are unquoted: ${JSON.stringify(line)}`, () => assert.deepEqual(wordsOf(line.trimEnd()), words));
  }

  test('agree with those of bash', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'a',
        'B',
        '0',
        ' ',
        '  ',
        '\t',
        '\\',
        "'",
        '"',
        '\\\n',
        '#',
        '=',
        '-',
        ',',
        '.',
        '/',
        '@',
        ':',
      ),
      fc.constantFrom(
        '\\"',
        "\\'",
        '\\\\',
        '%',
        '+',
        'ü',
        '→',
        '🙂',
        '\u00a0',
        '\r',
        '\f',
        "$'",
        "'x y'",
        '"x y"',
        '""',
        '\\ ',
      ),
    );
    const line = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(line, { minLength: 40, maxLength: 40 }), (several) => {
        const known = several.flatMap((text) => {
          const words = wordsOf(text);
          // At the end of a line, these two mean something else than at the end of a text.
          return words === undefined || words.includes(undefined) || /[\\\r]$/.test(text)
            ? []
            : [{ text, words }];
        });
        // Those that bash must understand are asked for at once.
        const script = known.map(({ text }) => `printf '%s\\0' ${text}\nprintf '|\\0'`).join('\n');
        const { stdout, stderr } = spawnSync('bash', ['--norc'], { input: script, encoding: 'utf8' });
        const answers = stdout.split('|\0').slice(0, -1);
        assert.equal(stderr, '');
        known.forEach(({ text, words }, index) => {
          const expected = words.length === 0 ? '\0' : words.map((word) => `${word}\0`).join('');
          assert.equal(answers[index], expected, JSON.stringify(text));
        });
      }),
      { numRuns: 60 },
    );
  });

  test('are refused where bash refuses them: a quote that is not closed', () => {
    for (const line of [`a 'b`, 'a "b', 'a "$(b', 'a `b', `a $'b`, 'a ${b', 'a $(b "c)']) {
      assert.equal(wordsOf(line), undefined, line);
    }
  });
});

describe('reading a script', () => {
  test('never fails, whatever is in it', () => {
    const word = fc.constantFrom(
      ...[
        'if',
        'then',
        'else',
        'elif',
        'fi',
        'for',
        'in',
        'do',
        'done',
        'while',
        'case',
        'esac',
        'x',
        '"',
        "'",
        '`',
      ],
      ...[
        '$(',
        ')',
        '((',
        '))',
        '{',
        '}',
        '${',
        '[[',
        ']]',
        ';',
        ';;',
        '&&',
        '||',
        '|',
        '&',
        '\n',
        '<<E',
        '<<-',
        '\\',
      ],
      ...[
        'function',
        '()',
        'a=(',
        'a=1',
        '$x',
        '!',
        'time',
        '<',
        '>',
        '>&2',
        '<(',
        '#',
        ' ',
        'E\n',
        'select',
        '\0',
      ],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), fc.boolean(), (words, apart) => {
        parseScript(words.join(apart ? ' ' : ''));
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseScript(text)));
  });

  test('takes time in proportion to its length', () => {
    const hostile = [
      '$(',
      '"',
      '`',
      "'",
      '${',
      '(',
      '{ ',
      'if ',
      'a=(',
      '<<E\n',
      'x; ',
      '\\',
      '((',
      'case x in ',
      '<',
      '\n',
    ];
    for (const piece of hostile) {
      const text = piece.repeat(200_000 / piece.length);
      assert.ok(parseScript(text).faults.length < 1_000_000, piece);
    }
  });
});
