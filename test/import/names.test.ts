import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseEndpoint } from '../../server/address/endpoint';
import { nameBrokers } from '../../server/import/names';
import fc from '../support/fast-check';

function endpoint(text: string) {
  const parsed = parseEndpoint(text);
  assert.ok(parsed.ok, text);
  return { endpoint: parsed.endpoint };
}

function namesOf(...addresses: readonly string[]): readonly string[] {
  return nameBrokers(addresses.map(endpoint));
}

describe('the names of brokers', () => {
  const cases: readonly (readonly [addresses: readonly string[], names: readonly string[]])[] = [
    [
      ['node1', 'node2:5673'],
      ['node1', 'node2'],
    ],
    [['node1.example.com'], ['node1']],
    [
      ['n.east.example.com', 'n.west.example.com'],
      ['n.east.example.com', 'n.west.example.com'],
    ],
    [
      ['node1.example.com', 'node1'],
      ['node1.example.com', 'node1'],
    ],
    [
      ['localhost:5672', 'localhost:5673'],
      ['localhost-5672', 'localhost-5673'],
    ],
    [['127.0.0.1:5672'], ['broker-127.0.0.1']],
    [
      ['[::1]:5672', '[::1]:5673'],
      ['broker-1-5672', 'broker-1-5673'],
    ],
    [
      ['east1,east2,east3', 'west1.a,west2.a'],
      ['east', 'west'],
    ],
    [['east1,other'], ['east1']],
    [
      ['ssl:node1:1', 'node1:1'],
      ['node1-1', 'node1-1-2'],
    ],
    [
      ['node-1', 'node.1'],
      ['node-1', 'node'],
    ],
  ];
  for (const [addresses, names] of cases) {
    test(`are short: ${addresses.join(' ')}`, () => assert.deepEqual(namesOf(...addresses), names));
  }

  test('are not given twice', () => {
    assert.deepEqual(nameBrokers([endpoint('node1.b')], ['node1']), ['node1.b']);
    assert.deepEqual(nameBrokers([endpoint('node1'), { ...endpoint('x'), name: 'node1' }]), [
      'node1-5672',
      'node1',
    ]);
  });

  test('differ, also as environment variables', () => {
    const host = fc.constantFrom('a', 'a.b', 'a.c', 'a-b', 'A', '10.0.0.1', '[::1]', 'a_b', 'broker-10');
    const address = fc.tuple(host, fc.constantFrom('', ':1', ':2')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(address, { maxLength: 8 }), (addresses) => {
        const names = namesOf(...addresses);
        const variables = names.map((name) => name.toUpperCase().replace(/[^A-Z0-9]/g, '_'));
        assert.equal(new Set(variables).size, names.length, names.join(' '));
        for (const name of names) assert.match(name, /^[A-Za-z_][\w.-]*$/);
      }),
    );
  });
});
