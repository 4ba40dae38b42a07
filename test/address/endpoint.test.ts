import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBrokerUrl } from '../../server/address/broker-url';
import { parseEndpoint, toBrokerUrl } from '../../server/address/endpoint';
import fc from '../support/fast-check';

const cases: readonly [source: string, text: string, brokerUrl: string, tls: boolean][] = [
  ['node1', 'node1', 'node1:5672', false],
  ['node2:5673', 'node2:5673', 'node2:5673', false],
  ['amqp://node1', 'amqp://node1', 'node1:5672', false],
  ['amqp://node1/', 'amqp://node1', 'node1:5672', false],
  ['amqps://node1', 'amqps://node1', 'ssl:node1:5671', true],
  ['amqps://node1:5672', 'amqps://node1:5672', 'ssl:node1:5672', true],
  ['east1,east2,east3', 'east1,east2,east3', 'east1:5672,east2:5672,east3:5672', false],
  ['[::1]:5672', '[::1]:5672', '[::1]:5672', false],
  ['ssl:node1:5671', 'ssl:node1:5671', 'ssl:node1:5671', true],
  ['guest/secret@node1', 'node1', 'node1:5672', false],
  ['amqps://guest:secret@node1', 'amqps://node1', 'ssl:node1:5671', true],
];

for (const [source, text, brokerUrl, tls] of cases) {
  test(`reads ${source}`, () => {
    const result = parseEndpoint(source);
    assert.ok(result.ok);
    assert.equal(result.endpoint.text, text);
    assert.equal(toBrokerUrl(result.endpoint), brokerUrl);
    assert.equal(result.endpoint.members[0]?.tls, tls);
  });
}

test('credentials are handed over apart from the printable text', () => {
  const result = parseEndpoint('amqp:guest/s3cret@node1');
  assert.ok(result.ok);
  assert.deepEqual([result.user, result.password], ['guest', 's3cret']);
  assert.doesNotMatch(JSON.stringify(result.endpoint), /s3cret|guest/);
});

test('offsets of errors count from the start of what was written', () => {
  assert.deepEqual(parseEndpoint('amqp://h1, h2'), {
    ok: false,
    offset: 10,
    reason: 'blanks are not allowed in a URL',
  });
});

test('whatever is accepted turns into a URL that the broker accepts, without credentials', () => {
  const urlish = fc.string({ unit: fc.constantFrom(...'amqp:tcpsl,@/[].-0123456789h') });
  fc.assert(
    fc.property(fc.constantFrom('', 'amqp://', 'amqps://'), urlish, (scheme, rest) => {
      const result = parseEndpoint(scheme + rest);
      if (!result.ok) return;
      const url = parseBrokerUrl(toBrokerUrl(result.endpoint));
      assert.ok(url.ok);
      assert.equal(url.url.user, undefined);
    }),
    { numRuns: 2000 },
  );
});
