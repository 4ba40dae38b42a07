import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeBetween } from '../../server/text/change';
import fc from '../support/fast-check';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 40 });

test('the change turns the old text into the new one, and is as small as can be', () => {
  fc.assert(
    fc.property(text, text, (old, changed) => {
      const { start, oldEnd, newEnd } = changeBetween(old, changed);
      assert.equal(old.slice(0, start) + changed.slice(start, newEnd) + old.slice(oldEnd), changed);
      assert.ok(start <= oldEnd && start <= newEnd);
      const [removed, added] = [old.slice(start, oldEnd), changed.slice(start, newEnd)];
      if (removed !== '' && added !== '') {
        assert.notEqual(removed[0], added[0]);
        assert.notEqual(removed.at(-1), added.at(-1));
      }
    }),
    { numRuns: 2000 },
  );
});

test('equal texts have no change', () => {
  assert.deepEqual(changeBetween('abc', 'abc'), { start: 3, oldEnd: 3, newEnd: 3 });
});
