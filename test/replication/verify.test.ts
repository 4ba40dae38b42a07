import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OutgoingMessage, QmfMap } from '../../server/amqp/contract';
import { start } from '../../server/replication/start';
import { type VerifyOutcome, verify } from '../../server/replication/verify';
import { brokerKinds } from '../support/brokers';
import {
  createQueue,
  depth,
  engine,
  eventually,
  numbered,
  type Pair,
  replicationOf,
  send,
  sendMessages,
  startPair,
} from '../support/replication';

const kinds: readonly { readonly title: string; readonly properties: QmfMap }[] = [
  { title: 'a plain queue', properties: {} },
  { title: 'a durable queue', properties: { durable: true } },
  { title: 'a priority queue', properties: { 'qpid.priorities': 5 } },
  { title: 'a fairshare queue', properties: { 'qpid.priorities': 5, 'qpid.fairshare': 2 } },
  { title: 'a last-value queue', properties: { 'qpid.last_value_queue_key': 'key' } },
  { title: 'a ring', properties: { 'qpid.max_count': 15, 'qpid.policy_type': 'ring' } },
];

const mixed: readonly OutgoingMessage[] = Array.from({ length: 20 }, (_, index) => ({
  body: index % 3 === 0 ? new Uint8Array([0, 255, index]) : `m${index}`,
  priority: (index * 7) % 10,
  durable: index % 2 === 0,
  subject: index % 4 === 0 ? `s${index}` : '',
  ...(index % 5 === 0 ? { ttl: 600_000 } : {}),
  properties: { key: `k${index % 6}`, number: index, half: index / 2, yes: index % 2 === 0 },
}));

const differing: readonly {
  readonly title: string;
  readonly copy: OutgoingMessage;
  readonly words: RegExp;
}[] = [
  { title: 'a body', copy: { body: 'other' }, words: /message 3: its body differs \(4 bytes .* 5 bytes|on/ },
  { title: 'a subject', copy: { body: 'same', subject: 't' }, words: /its subject differs/ },
  { title: 'properties', copy: { body: 'same', properties: { a: 1 } }, words: /application properties/ },
  { title: 'a time to live', copy: { body: 'same', ttl: 60_000 }, words: /it expires only on node2/ },
  { title: 'a priority', copy: { body: 'same', priority: 9 }, words: /its priority is 4 on node1 and 9/ },
];

for (const kind of brokerKinds) {
  describe(`verify, on ${kind} brokers`, () => {
    let pair: Pair;
    let number = 0;
    const fresh = () => `verify.${++number}`;
    const look = (queue: string, options: Parameters<typeof engine>[1] = {}) =>
      engine((context) => verify(replicationOf(queue, pair), context), options);
    before(async () => {
      pair = await startPair(kind);
    });
    after(() => pair.stop());

    async function replicated(messages: readonly OutgoingMessage[], properties: QmfMap = {}) {
      const queue = fresh();
      await createQueue(pair.origin, queue, properties);
      await sendMessages(pair.origin, queue, messages);
      const outcome = await engine((context) => start(replicationOf(queue, pair), context));
      assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
      return queue;
    }

    async function apart(originals: readonly OutgoingMessage[], copies: readonly OutgoingMessage[]) {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue);
      await sendMessages(pair.origin, queue, originals);
      await sendMessages(pair.replica, queue, copies);
      return queue;
    }

    for (const { title, properties } of kinds) {
      it(`finds ${title} and its replica equal, and leaves both as they are`, async () => {
        const queue = await replicated(mixed, properties);
        const count = await depth(pair.origin, queue);
        const outcome = await look(queue);
        assert.ok(outcome.kind === 'equal', JSON.stringify(outcome));
        assert.equal(outcome.count, count);
        assert.equal(outcome.unreadable, 0);
        assert.equal(outcome.ordered, !('qpid.fairshare' in properties));
        assert.equal(await depth(pair.origin, queue), count);
        assert.equal(await depth(pair.replica, queue), count);
      });
    }

    it('compares bodies of any size, one at a time', async () => {
      const queue = await replicated([{ body: 'small' }, { body: Buffer.alloc(3_000_000, 7) }, { body: '' }]);
      const outcome = await look(queue);
      assert.ok(outcome.kind === 'equal', JSON.stringify(outcome));
      assert.equal(outcome.count, 3);
    });

    for (const { title, copy, words } of differing) {
      it(`names the first difference: ${title}`, async () => {
        const same = { body: 'same' };
        const queue = await apart([same, same, same, same], [same, same, copy, copy]);
        const outcome = await look(queue);
        assert.ok(outcome.kind === 'different', JSON.stringify(outcome));
        assert.equal(outcome.index, 2);
        assert.match(outcome.difference, words);
      });
    }

    it('sees a message that only one of the two has', async () => {
      const longer = await look(await apart([{ body: 'a' }, { body: 'b' }], [{ body: 'a' }]));
      assert.ok(longer.kind === 'different', JSON.stringify(longer));
      assert.equal(longer.difference, 'message 2: only node1 has it');
      const shorter = await look(await apart([{ body: 'a' }], [{ body: 'a' }, { body: 'b' }]));
      assert.ok(shorter.kind === 'different', JSON.stringify(shorter));
      assert.equal(shorter.difference, 'message 2: only node2 has it');
    });

    it('sees queues of different kinds, whatever they hold', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue, { durable: true, 'qpid.priorities': 3 });
      await createQueue(pair.replica, queue);
      const outcome = await look(queue);
      assert.ok(outcome.kind === 'different', JSON.stringify(outcome));
      assert.equal(outcome.index, undefined);
      assert.deepEqual(outcome.arguments, [
        'qpid.priorities is 3 on the origin and not set on the replica.',
        'The queue is durable only on the origin.',
      ]);
    });

    it('knows what consumers of the origin have in hand', async () => {
      const queue = await replicated(numbered(10).map((body) => ({ body })));
      const holder = await (await pair.origin.connection()).openHolder(queue);
      const held = await holder.take(3);
      assert.equal(held.length, 3);
      const outcome = await look(queue);
      await holder.close();
      assert.ok(outcome.kind === 'equal', JSON.stringify(outcome));
      assert.deepEqual([outcome.count, outcome.inHand], [7, 3]);
    });

    it('compares while messages arrive at the end', async () => {
      const queue = await replicated(numbered(300).map((body) => ({ body })));
      let going = true;
      const producing = (async () => {
        while (going) await send(pair.origin, queue, numbered(5, 'late'));
      })();
      const outcome = await look(queue);
      going = false;
      await producing;
      assert.ok(outcome.kind === 'equal', JSON.stringify(outcome));
      assert.ok(outcome.count >= 300);
    });

    it('says that it does not know when messages leave all the time, and how many', async () => {
      const queue = await replicated(numbered(3000).map((body) => ({ body })));
      const receiver = await (await pair.origin.connection()).openReceiver(queue, 'consume');
      let going = true;
      const consuming = (async () => {
        while (going) await receiver.take(1, 5);
      })();
      const outcome: VerifyOutcome = await look(queue, { deadline: 300 });
      going = false;
      await consuming;
      await receiver.close();
      assert.ok(outcome.kind === 'moving', JSON.stringify(outcome));
      assert.ok(outcome.origin.dequeued > 0 && outcome.attempts > 0);
    });

    it('waits for a moment at rest', async () => {
      const queue = await replicated(numbered(50).map((body) => ({ body })));
      const receiver = await (await pair.origin.connection()).openReceiver(queue, 'consume');
      const consuming = receiver.take(40);
      const outcome = await look(queue);
      await consuming;
      await receiver.close();
      await eventually('it is consumed', async () => (await depth(pair.replica, queue)) === 10);
      assert.equal(outcome.kind, 'equal', JSON.stringify(outcome));
    });

    it('refuses where a queue is missing, and can be cancelled', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const outcome = await look(queue);
      assert.ok(outcome.kind === 'refused');
      assert.match(outcome.refusal.message, /node2 has no queue/);
      await createQueue(pair.replica, queue);
      const cancelled = await look(queue, { signal: AbortSignal.abort() });
      assert.ok(cancelled.kind === 'failed');
      assert.equal(cancelled.error.kind, 'cancelled');
    });
  });
}
