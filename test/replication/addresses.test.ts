import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseEndpoint } from '../../server/address/endpoint';
import { addressesOf, comparable, linkUrl } from '../../server/replication/addresses';
import type { BrokerRef } from '../../server/replication/contract';

function broker(address: string): BrokerRef {
  const parsed = parseEndpoint(address);
  assert.ok(parsed.ok);
  return { name: 'node1', endpoint: parsed.endpoint };
}

describe('the address that a replica broker is given', () => {
  const urls: readonly (readonly [origin: string, linkAddress: string | undefined, url: string])[] = [
    ['node1', undefined, 'node1:5672'],
    ['amqp://node1:5673', undefined, 'node1:5673'],
    ['amqps://node1', undefined, 'ssl:node1:5671'],
    ['a,b:1,c', undefined, 'a:5672,b:1,c:5672'],
    ['node1', '10.0.0.1', '10.0.0.1:5672'],
    ['node1', 'amqp:tcp:10.0.0.1:7,ssl:10.0.0.2', '10.0.0.1:7,ssl:10.0.0.2:5672'],
    ['node1', '[::1]:7', '[::1]:7'],
    ['node1', 'user/secret@10.0.0.1', '10.0.0.1:5672'],
    ['node1', 'user:secret@10.0.0.1', '10.0.0.1:5672'],
  ];
  for (const [origin, linkAddress, url] of urls) {
    it(`is ${url} for ${linkAddress ?? origin}`, () => {
      assert.deepEqual(linkUrl(broker(origin), linkAddress), { ok: true, url });
    });
  }

  it('is none where the link address is malformed', () => {
    assert.equal(linkUrl(broker('node1'), 'a b').ok, false);
  });
});

describe('the addresses of an origin', () => {
  it('are those that we use and those that the link uses', () => {
    const addresses = addressesOf({
      origin: broker('Node1.:7,[::1]:8'),
      linkAddress: '10.0.0.1,127.0.0.1:9',
    });
    for (const [host, port] of [
      ['node1', 7],
      ['NODE1.', 7],
      ['localhost', 8],
      ['127.0.0.1', 8],
      ['10.0.0.1', 5672],
      ['localhost', 9],
    ] as const) {
      assert.ok(addresses.has(comparable({ host, port })), `${host}:${port}`);
    }
    assert.ok(!addresses.has(comparable({ host: 'node1', port: 8 })));
  });

  it('are none where no origin is named', () => {
    assert.equal(addressesOf({ origin: undefined, linkAddress: undefined }).size, 0);
  });
});
