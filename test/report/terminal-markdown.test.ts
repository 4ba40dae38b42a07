import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import picocolors from 'picocolors';
import { allRules } from '../../server/lint/all-rules';
import { brokerOptions } from '../../server/qpidd-conf/catalogue';
import { optionMarkdown } from '../../server/qpidd-conf/markdown';
import { terminalMarkdown, textWidth } from '../../server/report/terminal-markdown';

const plain = picocolors.createColors(false);
const colored = picocolors.createColors(true);

const show = (markdown: string, width = 40, colors = plain) =>
  terminalMarkdown(markdown, { width, indent: 2, colors });

const cases: readonly [title: string, markdown: string, shown: string][] = [
  ['a paragraph', 'One\ntwo.', '  One two.'],
  ['paragraphs', 'One.\n\nTwo.', '  One.\n\n  Two.'],
  [
    'a long line',
    'aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd',
    '  aaaaaaaaaa bbbbbbbbbb cccccccccc\n  dddddddddd',
  ],
  ['a list', '- one\n- two', '  - one\n  - two'],
  [
    'a long item',
    '- aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd',
    '  - aaaaaaaaaa bbbbbbbbbb cccccccccc\n    dddddddddd',
  ],
  ['code', 'Say `a b` now.', '  Say `a b` now.'],
  ['code against a full stop', 'Say `a`.', '  Say `a`.'],
  ['what only looks like stress', 'All *.so, ha-*, are loaded', '  All *.so, ha-*, are loaded'],
  ['a strong word', '**name** (type)', '  name (type)'],
  ['a stressed paragraph', '*src/a.cpp:1*', '  src/a.cpp:1'],
  ['a word longer than the line', 'a'.repeat(50), `  ${'a'.repeat(50)}`],
  [
    'code with blanks, whole',
    `aaaaaaaaaaaaaaaaaaaaaaaa \`bbbbbbb ccccccccccc\``,
    `  ${'a'.repeat(24)}\n  \`bbbbbbb ccccccccccc\``,
  ],
];

describe('Markdown on a terminal', () => {
  for (const [title, markdown, shown] of cases) {
    it(`shows ${title}`, () => assert.equal(show(markdown), shown));
  }

  it('paints code instead of quoting it, where there are colours', () => {
    assert.equal(show('Say `a`.', 40, colored), `  Say ${colored.cyan('a')}.`);
  });

  it('loses no word and keeps every line within its width, unless a word is longer', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    const words = fc.array(word, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, fc.integer({ min: 15, max: 90 }), (all, width) => {
        const shown = show(all.join(' '), width);
        assert.deepEqual(shown.trim().split(/\s+/), all);
        for (const line of shown.split('\n')) assert.ok(textWidth(line) <= width, line);
      }),
    );
  });

  it('leaves no mark of Markdown over in what we write ourselves', () => {
    const texts = [
      ...allRules.map(({ why }) => why),
      ...brokerOptions.map((option) => optionMarkdown(option)),
    ];
    for (const text of texts) {
      const shown = terminalMarkdown(text, { width: 100, indent: 0, colors: colored });
      assert.doesNotMatch(shown, /`|\*\*|\]\(/);
    }
  });
});
