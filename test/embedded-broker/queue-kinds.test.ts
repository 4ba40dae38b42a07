import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OutgoingMessage, QmfMap } from '../../server/amqp/contract';
import { brokerKinds } from '../support/brokers';
import {
  browse,
  consume,
  createQueue,
  eventually,
  type Pair,
  replicateByHand,
  sendMessages,
  startPair,
} from '../support/replication';

interface Kind {
  readonly name: string;
  readonly properties: QmfMap;
  readonly sent: readonly OutgoingMessage[];
  /** In the order of a browser, on the origin and on the replica. */
  readonly kept: readonly string[];
}

const bodies = ['a', 'b', 'c', 'd', 'e'];
const withPriorities = [1, 9, 5, 9, 1].map((priority, index) => ({ body: bodies[index] ?? '', priority }));
const withKeys = ['1', '2', '1', '3', '2'].map((k, index) => ({
  body: bodies[index] ?? '',
  properties: { k },
}));
const plain = bodies.map((body) => ({ body }));

const kinds: readonly Kind[] = [
  {
    name: 'with priorities',
    properties: { 'qpid.priorities': 10 },
    sent: withPriorities,
    kept: ['b', 'd', 'c', 'a', 'e'],
  },
  {
    name: 'with few priorities',
    properties: { 'qpid.priorities': 2 },
    sent: withPriorities,
    kept: ['b', 'c', 'd', 'a', 'e'],
  },
  {
    name: 'of last values',
    properties: { 'qpid.last_value_queue_key': 'k' },
    sent: withKeys,
    kept: ['c', 'd', 'e'],
  },
  {
    name: 'that is a ring',
    properties: { 'qpid.max_count': 3, 'qpid.policy_type': 'ring' },
    sent: plain,
    kept: ['c', 'd', 'e'],
  },
];

for (const brokerKind of brokerKinds) {
  describe(`A queue, and its replica of the same kind (${brokerKind})`, () => {
    let brokers: Pair;
    before(async () => {
      brokers = await startPair(brokerKind);
    });
    after(() => brokers.stop());

    for (const [index, { name, properties, sent, kept }] of kinds.entries()) {
      for (const when of ['before', 'while'] as const) {
        it(`${name} hold the same, sent ${when} it is replicated`, async () => {
          const { origin, replica } = brokers;
          const queue = `q${index}.${when}`;
          await Promise.all([
            createQueue(origin, queue, properties),
            createQueue(replica, queue, properties),
          ]);
          if (when === 'before') await sendMessages(origin, queue, sent);
          await replicateByHand(replica, queue, origin);
          if (when === 'while') await sendMessages(origin, queue, sent);
          assert.deepEqual(await browse(origin, queue), kept);
          const same = async (): Promise<boolean> => (await browse(replica, queue)).join() === kept.join();
          await eventually('the replica holds the same', same);
          assert.deepEqual(await consume(origin, queue, 2), kept.slice(0, 2));
          const less = async (): Promise<boolean> =>
            (await browse(replica, queue)).join() === kept.slice(2).join();
          await eventually('the replica follows', less);
        });
      }
    }
  });
}
