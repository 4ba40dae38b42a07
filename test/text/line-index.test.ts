import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex } from '../../server/text/line-index';
import fc from '../support/fast-check';

const text = fc.string({
  unit: fc.constantFrom('a', 'b', '\n', '\r', '\r\n', '\u2028', '😀'),
  maxLength: 30,
});

/** All that an index answers, at every place and beyond. */
function answers(index: Pick<LineIndex, 'positionAt' | 'offsetAt'>, text: string) {
  const offsets = Array.from({ length: text.length + 4 }, (_, offset) => index.positionAt(offset - 2));
  const places = offsets.flatMap((_, line) =>
    offsets.map((_, character) => index.offsetAt({ line: line - 1, character: character - 1 })),
  );
  return { offsets, places };
}

test('places are counted as editors count them', () => {
  fc.assert(
    fc.property(text, (content) => {
      const known = TextDocument.create('', '', 0, content);
      assert.deepEqual(answers(new LineIndex(content), content), answers(known, content));
    }),
    { numRuns: 1000 },
  );
});

test('the index of the next version is that of its text, and the old one stays as it was', () => {
  fc.assert(
    fc.property(text, fc.array(fc.tuple(fc.nat(30), fc.nat(4), text), { maxLength: 4 }), (start, edits) => {
      let content = start;
      let index = new LineIndex(content);
      for (const [at, removed, added] of edits) {
        const before = answers(index, content);
        const next = content.slice(0, at) + added.slice(0, 6) + content.slice(at + removed);
        const updated = index.forText(next);
        assert.deepEqual(answers(updated, next), answers(new LineIndex(next), next));
        assert.deepEqual(answers(index, content), before);
        [content, index] = [next, updated];
      }
    }),
    { numRuns: 1000 },
  );
});
