import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSlip, nearest } from '../../server/text/nearest';

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

  it('is none for a name of a letter or two', () => {
    assert.equal(nearest('a', ['b', 'c']), undefined);
    assert.equal(nearest('uk', ['us']), undefined);
    assert.equal(nearest('UK', ['uk']), 'uk');
  });

  it('of equals is the first', () => assert.equal(nearest('nodeX', ['nodeA', 'nodeB']), 'nodeA'));
});

describe('a slip', () => {
  for (const [word, meant] of [
    ['replca', 'replica'],
    ['Replica', 'replica'],
    ['dc_north', 'dc-north'],
    ['dcnorth', 'dc-north'],
    ['prod-eat2', 'prod-east2'],
    ['ha/both-mode', 'ha/both-modes'],
  ] as const) {
    it(`is "${word}" for "${meant}"`, () => assert.ok(isSlip(word, meant)));
  }
  for (const [word, meant] of [
    ['a', 'b'],
    ['dc-a', 'dc-b'],
    ['nodea', 'nodeb'],
    ['uk-north', 'us-north'],
    ['prod-west', 'prod-east'],
    ['conf/bad-number', 'conf/bad-integer'],
  ] as const) {
    it(`is not "${word}" for "${meant}"`, () => assert.ok(!isSlip(word, meant)));
  }
});
