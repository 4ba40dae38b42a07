import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearest } from '../../server/text/nearest';

describe('the nearest name', () => {
  const names = ['address', 'config', 'primaryScript', 'clusterConf'];
  const cases: readonly (readonly [word: string, expected: string | undefined])[] = [
    ['adress', 'address'],
    ['ADDRESS', 'address'],
    ['primary_script', 'primaryScript'],
    ['primary-script', 'primaryScript'],
    ['conf', 'config'],
    ['port', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ];
  for (const [word, expected] of cases) {
    it(`to "${word.slice(0, 20)}" is ${expected ?? 'none'}`, () =>
      assert.equal(nearest(word, names), expected));
  }

  it('of equals is the first', () => assert.equal(nearest('nodeX', ['nodeA', 'nodeB']), 'nodeA'));
});
