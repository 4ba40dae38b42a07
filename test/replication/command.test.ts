import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseEndpoint } from '../../server/address/endpoint';
import type { BrokerRef } from '../../server/replication/contract';
import { adviceIn, command } from '../../server/replication/words/command';

function broker(address: string): BrokerRef {
  const parsed = parseEndpoint(address);
  assert.ok(parsed.ok);
  return { name: address, endpoint: parsed.endpoint };
}

describe('the verb that a sentence advises', () => {
  const replication = { queue: "it's", origin: broker('h1'), replica: broker('h2:5673,h3') };
  const { queue, origin, replica } = replication;

  for (const verb of ['start', 'stop', 'status', 'rebuild'] as const) {
    it(`is found: ${verb}`, () => {
      for (const options of [replication, { queue, replica }, { replica }]) {
        assert.equal(adviceIn(`Do it: ${command(verb, options)}.`, replication), verb);
      }
    });
  }

  it('is none where it is about another queue or the other broker', () => {
    const others = [
      { ...replication, queue: 'its' },
      { queue, origin: replica, replica: origin },
    ];
    for (const other of others) {
      assert.equal(adviceIn(`Stop that first: ${command('stop', other)}.`, replication), undefined);
    }
  });

  it('is none where the command needs options that a bare verb has not', () => {
    const advice = `Complete it: ${command('stop', { queue, replica, keepUsable: true })}.`;
    assert.equal(adviceIn(advice, replication), undefined);
    assert.equal(adviceIn('Bring the origin back.', replication), undefined);
  });
});
