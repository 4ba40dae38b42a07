import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/text/edit';
import { span } from '../../server/text/span';
import fc from '../support/fast-check';

const uri = 'file:///qpidd.conf';

test('edits are applied in text order, whatever order they come in', () => {
  const edits = [
    { uri, span: span(6, 7), newText: 'C' },
    { uri, span: span(0, 1), newText: 'A' },
  ];
  assert.equal(applyEdits('a b c c', edits), 'A b c C');
});

test('an insertion and a replacement at the same place both happen, the insertion first', () => {
  const edits = [
    { uri, span: span(2, 4), newText: 'X' },
    { uri, span: span(2, 2), newText: '+' },
  ];
  assert.equal(applyEdits('abcd', edits), 'ab+X');
});

test('of two edits that overlap the first one in the text wins', () => {
  const edits = [
    { uri, span: span(1, 3), newText: 'X' },
    { uri, span: span(2, 4), newText: 'Y' },
  ];
  assert.equal(applyEdits('abcd', edits), 'aXd');
});

test('text outside the edits is kept, for any edits', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), fc.string(), (text, from, length, newText) => {
      const start = from % (text.length + 1);
      const end = Math.min(text.length, start + length);
      const edited = applyEdits(text, [{ uri, span: span(start, end), newText }]);
      assert.equal(edited, text.slice(0, start) + newText + text.slice(end));
    }),
  );
});
