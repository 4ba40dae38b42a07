import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signature } from '../../server/qpidd-conf/signature';
import fc from '../support/fast-check';
import { anyConf } from './arbitrary';
import { conf } from './support';

describe('the signature of a value', () => {
  const cases: readonly (readonly [marked: string, value: string, documentation: RegExp])[] = [
    ['port=|', 'integer, 0 to 65535', /Default: 5672\./],
    ['auth=n|o', 'boolean: yes or no', /Default: yes\./],
    ['max-negotiate-time=10|', 'integer, 0 to 4294967295, in milliseconds', /10000/],
    ['worker-threads=|', 'integer, 1 to 2147483647, in threads', /number of CPUs/],
    ['ha-replicate=|', 'one of none, configuration, all', /Default: none\./],
    ['ha-brokers-url=h1,|', 'broker URL, or none', /Default: empty\./],
    ['log-enable=|', 'logging rule: LEVEL[+|-][:PATTERN]; one a line, several lines', /notice\+/],
    ['ha-clster=|', 'boolean: yes or no', /Default/],
    ['journal-flush-timeout=5|  # c', 'duration: seconds, or a number with s, ms, us or ns', /500ms/],
    ['load-module=/x/legacystore.so\nnum-jfiles=|', 'integer, 4 to 64, in files', /Deprecated/],
  ];
  for (const [marked, value, documentation] of cases) {
    test(JSON.stringify(marked), () => {
      const found = signature(conf(marked.replace('|', '')), marked.indexOf('|')) ?? assert.fail('none');
      assert.equal(found.label.slice(found.value.start, found.value.end), value);
      assert.match(found.documentation, documentation);
    });
  }
  for (const marked of ['po|rt=1', 'port|=1', '# port=|', 'port=1 # |', 'no-such-option=|', '|', 'port|']) {
    test(`is silent in ${JSON.stringify(marked)}`, () =>
      assert.equal(signature(conf(marked.replace('|', '')), marked.indexOf('|')), undefined));
  }
});

test('a signature marks its own value, wherever the cursor is', () => {
  fc.assert(
    fc.property(anyConf, fc.nat(), (text, number) => {
      const found = signature(conf(text), number % (text.length + 1));
      if (found === undefined) return;
      assert.ok(found.value.start > 0 && found.value.end === found.label.length);
      assert.equal(found.label[found.value.start - 1], '=');
    }),
    { numRuns: 1000 },
  );
});
