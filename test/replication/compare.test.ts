import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OutgoingMessage } from '../../server/amqp/contract';
import { type Comparison, compareQueues } from '../../server/replication/compare/compare';
import { brokerKinds } from '../support/brokers';
import { createQueue, depth, numbered, type Pair, sendMessages, startPair } from '../support/replication';

function bodies(texts: readonly string[]): readonly OutgoingMessage[] {
  return texts.map((body) => ({ body }));
}

interface Case {
  readonly title: string;
  readonly there: readonly OutgoingMessage[];
  readonly here: readonly OutgoingMessage[];
  /** The number of messages where they are equal. */
  readonly expected: number | { readonly index: number; readonly difference: RegExp };
}

const binary = new Uint8Array([0, 255, 1, 254]);

const cases: readonly Case[] = [
  { title: 'two empty queues', there: [], here: [], expected: 0 },
  { title: 'equal queues', there: bodies(numbered(7)), here: bodies(numbered(7)), expected: 7 },
  { title: 'a full chunk', there: bodies(numbered(500)), here: bodies(numbered(500)), expected: 500 },
  { title: 'several chunks', there: bodies(numbered(1001)), here: bodies(numbered(1001)), expected: 1001 },
  { title: 'binary bodies', there: [{ body: binary }], here: [{ body: binary }], expected: 1 },
  {
    title: 'a message that the replica lacks at its end',
    there: bodies(numbered(501)),
    here: bodies(numbered(500)),
    expected: { index: 500, difference: /^message 501: only node1 has it$/ },
  },
  {
    title: 'a message that the origin lacks',
    there: [],
    here: bodies(['x']),
    expected: { index: 0, difference: /^message 1: only node2 has it$/ },
  },
  {
    title: 'another body',
    there: bodies(['a', 'b', 'c']),
    here: bodies(['a', 'x', 'c']),
    expected: { index: 1, difference: /^message 2: its body differs \(1 bytes on node1, 1 on node2\)$/ },
  },
  {
    title: 'another order',
    there: bodies(['a', 'b']),
    here: bodies(['b', 'a']),
    expected: { index: 0, difference: /body differs/ },
  },
  {
    title: 'another durability',
    there: [{ body: 'a', durable: true }],
    here: [{ body: 'a' }],
    expected: { index: 0, difference: /durable only on node1/ },
  },
  {
    title: 'another priority',
    there: [{ body: 'a', priority: 7 }],
    here: [{ body: 'a' }],
    expected: { index: 0, difference: /priority is 7 on node1 and 4 on node2/ },
  },
];

for (const kind of brokerKinds) {
  describe(`compareQueues, on ${kind} brokers`, () => {
    let pair: Pair;
    before(async () => {
      pair = await startPair(kind);
    });
    after(() => pair.stop());

    for (const [number, { title, there, here, expected }] of cases.entries()) {
      it(`sees ${title}, and leaves every message in place`, async () => {
        const queue = `compare.${number}`;
        await createQueue(pair.origin, queue);
        await createQueue(pair.replica, queue);
        await sendMessages(pair.origin, queue, there);
        await sendMessages(pair.replica, queue, here);
        const seen: Comparison = await compareQueues(
          await pair.origin.connection(),
          await pair.replica.connection(),
          queue,
        );
        if (typeof expected === 'number') {
          assert.deepEqual(seen, { equal: true, count: expected, inHand: 0, onTheWay: 0, unreadable: 0 });
        } else {
          assert.ok(!seen.equal);
          assert.equal(seen.index, expected.index);
          assert.match(seen.difference, expected.difference);
        }
        assert.equal(await depth(pair.origin, queue), there.length);
        assert.equal(await depth(pair.replica, queue), here.length);
      });
    }

    it('fails where a queue is missing', async () => {
      await createQueue(pair.origin, 'compare.lonely');
      const [origin, replica] = [await pair.origin.connection(), await pair.replica.connection()];
      await assert.rejects(compareQueues(origin, replica, 'compare.lonely'), { kind: 'not-found' });
      await assert.rejects(compareQueues(replica, origin, 'compare.lonely'), { kind: 'not-found' });
    });
  });
}
