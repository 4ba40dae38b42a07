import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { QmfMap } from '../../server/amqp/contract';
import { asideName } from '../../server/replication/change/aside-queue';
import type { Accepted } from '../../server/replication/dangers';
import { brokerObject, queueObject } from '../../server/replication/names';
import { stopOrderly } from '../../server/replication/orderly-stop';
import { type RebuildOutcome, rebuild } from '../../server/replication/rebuild';
import { start } from '../../server/replication/start';
import { stop } from '../../server/replication/stop';
import { breakingAt } from '../support/broken-connections';
import { brokerKinds, type TestBroker } from '../support/brokers';
import {
  browse,
  createQueue,
  deletePiece,
  depth,
  engine,
  numbered,
  type Pair,
  piecesOn,
  replicationOf,
  send,
  startPair,
} from '../support/replication';

const accepted: Accepted = new Set();
const careful = { accepted, discard: false };

describe('the name of the queue for old content', () => {
  const now = new Date(Date.UTC(2026, 10, 22, 7, 15, 3));
  it('tells the queue and the date', () => {
    assert.equal(asideName('orders', now), 'orders.20261122-071503');
    assert.equal(asideName('orders', now, 2), 'orders.20261122-071503-2');
  });
  it('is never longer than the broker allows, and never cuts a character in two', () => {
    const name = asideName('é'.repeat(122), now);
    assert.ok(Buffer.byteLength(name) <= 255);
    assert.match(name, /^é+\.20261122-071503$/);
  });
});

for (const kind of brokerKinds) {
  describe(`rebuild, on ${kind} brokers`, () => {
    let pair: Pair;
    let number = 0;
    const fresh = () => `rebuild.${++number}.`;
    const again = (queue: string, options: Parameters<typeof engine>[1] = {}) =>
      engine((context) => rebuild(replicationOf(queue, pair), context, careful), options);
    before(async () => {
      pair = await startPair(kind);
    });
    after(() => pair.stop());

    async function asides(broker: TestBroker, queue: string): Promise<readonly string[]> {
      const { qmf } = await broker.connection();
      return (await qmf.objects('queue'))
        .map(({ values }) => String(values.name))
        .filter((name) => name.startsWith(`${queue}.20`))
        .sort();
    }

    /** Replicated, and then deleted and created anew on the origin: the replica is empty, or holds what it held. */
    async function stale(properties: QmfMap = {}): Promise<string> {
      const queue = fresh();
      await createQueue(pair.origin, queue, properties);
      await createQueue(pair.replica, queue, properties);
      await send(pair.replica, queue, numbered(6, 'old'));
      await send(pair.origin, queue, numbered(4));
      return queue;
    }

    async function assertRebuilt(queue: string, outcome: RebuildOutcome) {
      assert.ok(outcome.kind === 'rebuilt', JSON.stringify(outcome));
      assert.equal(outcome.status.state, 'in-step');
      assert.deepEqual(await browse(pair.replica, queue), await browse(pair.origin, queue));
      await engine((context) => stop(replicationOf(queue, pair), context));
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
    }

    it('moves what the replica holds aside, in its order, and copies all anew', async () => {
      const queue = await stale({ durable: true });
      const outcome = await again(queue);
      await assertRebuilt(queue, outcome);
      assert.ok(outcome.kind === 'rebuilt' && outcome.aside.count === 6);
      const [aside, ...more] = await asides(pair.replica, queue);
      assert.deepEqual(more, []);
      assert.equal(outcome.aside.queue, aside);
      assert.deepEqual(await browse(pair.replica, aside ?? ''), numbered(6, 'old'));
      const { qmf } = await pair.replica.connection();
      assert.equal((await qmf.object(queueObject(aside ?? '')))?.values.durable, true);
    });

    it('cures a replica whose origin queue was created anew', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(3));
      assert.equal((await engine((context) => start(replicationOf(queue, pair), context))).kind, 'started');
      await deletePiece(pair.origin, 'queue', queue);
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(5, 'new'));
      await assertRebuilt(queue, await again(queue));
    });

    it('leaves a replica alone that is equal to its origin', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(3));
      assert.equal((await engine((context) => start(replicationOf(queue, pair), context))).kind, 'started');
      const changes: unknown[] = [];
      const outcome = await again(queue, {
        onEvent: (event) => event.type === 'change' && changes.push(event),
      });
      assert.ok(outcome.kind === 'healthy', JSON.stringify(outcome));
      assert.equal(outcome.count, 3);
      assert.deepEqual(changes, []);
      await engine((context) => stop(replicationOf(queue, pair), context));
    });

    it('cures a replica that looks in step and holds other messages', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(3));
      assert.equal((await engine((context) => start(replicationOf(queue, pair), context))).kind, 'started');
      const receiver = await (await pair.replica.connection()).openReceiver(queue, 'consume');
      await receiver.take(1);
      await receiver.close();
      await send(pair.replica, queue, ['foreign']);
      const outcome = await again(queue);
      await assertRebuilt(queue, outcome);
      const [aside = ''] = await asides(pair.replica, queue);
      assert.deepEqual(await browse(pair.replica, aside), ['m1', 'm2', 'foreign']);
    });

    it('creates the queue where there is none', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(2));
      const outcome = await again(queue);
      assert.ok(outcome.kind === 'rebuilt' && outcome.aside.queue === undefined);
      await assertRebuilt(queue, outcome);
    });

    it('replaces a queue with limits, or of another kind, by one that is fit', async () => {
      const queue = await stale({ 'qpid.max_count': 100 });
      const outcome = await again(queue);
      assert.ok(outcome.kind === 'rebuilt', JSON.stringify(outcome));
      assert.deepEqual(outcome.warnings, []);
      const { qmf } = await pair.replica.connection();
      const argumentsOf = async (name: string) =>
        ((await qmf.object(queueObject(name)))?.values.arguments ?? {}) as QmfMap;
      assert.equal((await argumentsOf(queue))['qpid.max_count'], undefined);
      await assertRebuilt(queue, outcome);
      const [aside = ''] = await asides(pair.replica, queue);
      assert.match(String((await argumentsOf(aside))['qpidha.arguments']), /"qpid.max_count":100/);
    });

    if (kind === 'qpidd') {
      it('leaves a bound queue as it is, and says that it still counts as made an origin', async () => {
        const queue = fresh();
        const accepted: Accepted = new Set(['replica-producers']);
        await createQueue(pair.origin, queue);
        await engine((context) => start(replicationOf(queue, pair), context));
        const { qmf } = await pair.replica.connection();
        const binding = { type: 'binding', name: `amq.direct/${queue}/key`, properties: {}, strict: true };
        await qmf.call(brokerObject, 'create', binding);
        const usable = { drain: false, keepUsable: true, accepted };
        const target = replicationOf(queue, pair);
        await engine((context) => stopOrderly(target, context, usable));
        const outcome = await engine((context) => rebuild(target, context, { discard: false, accepted }));
        await assertRebuilt(queue, outcome);
        assert.match(
          outcome.kind === 'rebuilt' ? String(outcome.notices) : '',
          /still counts as made an origin/,
        );
      });
    }

    it('deletes the old content only when it is told to', async () => {
      const queue = await stale();
      const outcome = await engine((context) =>
        rebuild(replicationOf(queue, pair), context, { accepted, discard: true }),
      );
      await assertRebuilt(queue, outcome);
      assert.ok(outcome.kind === 'rebuilt');
      assert.deepEqual(outcome.aside, { queue: undefined, count: 6 });
      assert.deepEqual(await asides(pair.replica, queue), []);
    });

    it('refuses while clients consume from the replica, unless that is accepted', async () => {
      const queue = await stale();
      const receiver = await (await pair.replica.connection()).openReceiver(queue, 'consume');
      const outcome = await again(queue);
      assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
      assert.equal(outcome.refusal.danger, 'replica-consumers');
      const bold = { accepted: new Set(['replica-consumers'] as const), discard: false };
      const second = await engine((context) => rebuild(replicationOf(queue, pair), context, bold));
      await receiver.close();
      assert.equal(second.kind, 'rebuilt', JSON.stringify(second));
    });

    it('refuses where the origin has no such queue, before anything is changed', async () => {
      const queue = fresh();
      await createQueue(pair.replica, queue);
      await send(pair.replica, queue, numbered(3));
      const outcome = await again(queue);
      assert.ok(outcome.kind === 'refused' && outcome.refusal.code === 'no-origin-queue');
      assert.equal(await depth(pair.replica, queue), 3);
    });

    it('refuses while another verb has left the messages elsewhere', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(3));
      assert.equal((await engine((context) => start(replicationOf(queue, pair), context))).kind, 'started');
      const options = { drain: false, keepUsable: true, accepted };
      await engine(
        (context) => stopOrderly(replicationOf(queue, pair), context, options),
        breakingAt(6, 'after'),
      );
      const outcome = await again(queue);
      assert.ok(outcome.kind === 'refused' && outcome.refusal.code === 'half-made', JSON.stringify(outcome));
      await engine((context) => stopOrderly(replicationOf(queue, pair), context, options));
      assert.deepEqual(await browse(pair.replica, queue), numbered(3));
    });

    for (const moment of ['before', 'after'] as const) {
      it(`loses nothing when it breaks off ${moment} any of its changes, and completes itself the next time`, async () => {
        for (let at = 1; ; at += 1) {
          const queue = await stale({ 'qpid.max_count': 50 });
          const breaking = breakingAt(at, moment);
          const outcome = await again(queue, breaking);
          if (breaking.broken()) assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
          const second = await again(queue);
          assert.ok(
            second.kind === 'rebuilt' || second.kind === 'healthy',
            `${at} ${JSON.stringify(second)}`,
          );
          assert.deepEqual(await browse(pair.replica, queue), numbered(4));
          const kept = await asides(pair.replica, queue);
          const contents = await Promise.all(kept.map((name) => browse(pair.replica, name)));
          assert.deepEqual(
            contents.flat().filter((body) => body.startsWith('old')),
            numbered(6, 'old'),
            `${at} ${moment}`,
          );
          await engine((context) => stop(replicationOf(queue, pair), context));
          if (!breaking.broken()) {
            assert.ok(at > 4);
            return;
          }
        }
      });
    }
  });
}
