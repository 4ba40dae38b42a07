import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { QmfMap } from '../../server/amqp/contract';
import type { Accepted } from '../../server/replication/dangers';
import { brokerObject, queueObject } from '../../server/replication/names';
import { stopOrderly } from '../../server/replication/orderly-stop';
import { start } from '../../server/replication/start';
import { status } from '../../server/replication/status';
import { stop } from '../../server/replication/stop';
import { breakingAt } from '../support/broken-connections';
import { brokerKinds, startBroker, type TestBroker } from '../support/brokers';
import {
  browse,
  createQueue,
  depth,
  engine,
  eventually,
  numbered,
  type Pair,
  piecesOn,
  replicationOf,
  send,
  startPair,
} from '../support/replication';

const nothing: Accepted = new Set();
const usable = { drain: false, keepUsable: true, accepted: nothing };
const drained = { drain: true, keepUsable: false, accepted: nothing };

for (const kind of brokerKinds) {
  describe(`an orderly stop, on ${kind} brokers`, () => {
    let pair: Pair;
    let third: TestBroker;
    let number = 0;
    const fresh = () => `orderly.${++number}`;
    before(async () => {
      pair = await startPair(kind);
      third = await startBroker(kind, { name: 'node3' });
    });
    after(() => Promise.all([pair.stop(), third.stop()]));

    async function started(messages = 5, properties: QmfMap = {}): Promise<string> {
      const queue = fresh();
      await createQueue(pair.origin, queue, properties);
      await send(pair.origin, queue, numbered(messages));
      const outcome = await engine((context) => start(replicationOf(queue, pair), context));
      assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
      return queue;
    }

    const target = (queue: string) => ({ queue, replica: pair.replica.ref, origin: pair.origin.ref });

    /** Messages that are sent to it reach another broker: each has got a replication id of its own. */
    async function assertUsable(queue: string, held: readonly string[]) {
      assert.deepEqual(await browse(pair.replica, queue), held);
      assert.equal(await depth(pair.replica, `${queue}~usable`), undefined);
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      const onwards = replicationOf(queue, { origin: pair.replica, replica: third });
      assert.equal((await engine((context) => start(onwards, context))).kind, 'started');
      await send(pair.replica, queue, numbered(4, 'new'));
      await eventually('all have arrived', async () => (await depth(third, queue)) === held.length + 4);
      assert.deepEqual(await browse(third, queue), [...held, ...numbered(4, 'new')]);
      await engine((context) => stop(onwards, context));
    }

    it('creates the queue anew, with its messages, so that it can be an origin', async () => {
      const queue = await started(50, { 'qpid.priorities': 3, durable: true });
      const actions: string[] = [];
      const outcome = await engine((context) => stopOrderly(target(queue), context, usable), {
        onEvent: (event) => {
          if (event.type === 'change') actions.push(event.action);
        },
      });
      assert.ok(outcome.kind === 'stopped', JSON.stringify(outcome));
      assert.equal(outcome.usable, true);
      assert.deepEqual(outcome.warnings, []);
      assert.deepEqual(actions, [
        'create-queue',
        'delete-bridge',
        'delete-replicator',
        'delete-link',
        'move-messages',
        'delete-queue',
        'create-queue',
        'move-messages',
        'delete-queue',
      ]);
      const { qmf } = await pair.replica.connection();
      const values = (await qmf.object(queueObject(queue)))?.values;
      assert.equal(values?.durable, true);
      assert.deepEqual(Object.keys((values?.arguments ?? {}) as QmfMap).sort(), [
        'qpid.flow_resume_size',
        'qpid.flow_stop_size',
        'qpid.max_size',
        'qpid.priorities',
        'qpidha.recreated',
      ]);
      await assertUsable(queue, numbered(50));
    });

    it('serves a replica that is empty, and one that was stopped before', async () => {
      const empty = await started(0);
      assert.equal((await engine((context) => stopOrderly(target(empty), context, usable))).kind, 'stopped');
      await assertUsable(empty, []);
      const before = await started(3);
      await engine((context) => stop(target(before), context));
      const outcome = await engine((context) => stopOrderly(target(before), context, usable));
      assert.ok(outcome.kind === 'stopped' && outcome.usable === true, JSON.stringify(outcome));
      await assertUsable(before, numbered(3));
    });

    for (const moment of ['before', 'after'] as const) {
      it(`loses nothing when it breaks off ${moment} any of its changes, and completes itself the next time`, async () => {
        for (let at = 1; ; at += 1) {
          const queue = await started(7);
          const breaking = breakingAt(at, moment);
          const outcome = await engine((context) => stopOrderly(target(queue), context, usable), breaking);
          if (!breaking.broken()) {
            assert.equal(outcome.kind, 'stopped', JSON.stringify(outcome));
            assert.equal(at, 10);
            return;
          }
          assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
          assert.match(outcome.left.join(), /could not be asked/);
          const held = (await depth(pair.replica, `${queue}~usable`)) ?? 0;
          assert.equal(((await depth(pair.replica, queue)) ?? 0) + held, 7);
          const again = await engine((context) => stopOrderly(target(queue), context, usable));
          // Only the last answer was not heard: it is done again.
          assert.ok(again.kind === 'stopped', JSON.stringify(again));
          await assertUsable(queue, numbered(7));
        }
      });
    }

    it('is told by status, and holds a start back, while it is half done', async () => {
      const queue = await started(4);
      await engine((context) => stopOrderly(target(queue), context, usable), breakingAt(6, 'after'));
      const seen = await engine((context) => status(replicationOf(queue, pair), context));
      assert.equal(seen.state, 'absent');
      assert.match(seen.cause ?? '', /^4 messages in ".*~usable"/);
      assert.match(seen.next ?? '', /--keep-usable/);
      const outcome = await engine((context) => start(replicationOf(queue, pair), context));
      assert.ok(outcome.kind === 'refused' && outcome.refusal.code === 'half-made', JSON.stringify(outcome));
      await engine((context) => stopOrderly(target(queue), context, usable));
      await assertUsable(queue, numbered(4));
    });

    it('leaves everything as it is when it is cancelled before the stop', async () => {
      const queue = await started();
      const cancel = new AbortController();
      const outcome = await engine((context) => stopOrderly(target(queue), context, usable), {
        signal: cancel.signal,
        onEvent: ({ type }) => {
          if (type === 'change') cancel.abort();
        },
      });
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.equal(outcome.error.kind, 'cancelled');
      assert.equal(await depth(pair.replica, `${queue}~usable`), undefined);
      assert.equal((await piecesOn(pair.replica, queue)).length, 3);
      await engine((context) => stop(target(queue), context));
    });

    it('refuses to touch a queue that others use, and says who', async () => {
      const consumed = await started();
      const receiver = await (await pair.replica.connection()).openReceiver(consumed, 'consume');
      const outcome = await engine((context) => stopOrderly(target(consumed), context, usable));
      await receiver.close();
      assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
      assert.equal(outcome.refusal.code, 'queue-in-use');
      assert.equal((await piecesOn(pair.replica, consumed)).length, 3);
      await engine((context) => stop(target(consumed), context));
    });

    it('refuses when a third broker replicates from the replica', async () => {
      const queue = await started();
      const onwards = replicationOf(queue, { origin: pair.replica, replica: third });
      assert.equal((await engine((context) => start(onwards, context))).kind, 'started');
      const outcome = await engine((context) => stopOrderly(target(queue), context, usable));
      assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
      assert.match(outcome.refusal.message, /another broker replicates/);
      await engine((context) => stop(onwards, context));
      await engine((context) => stop(target(queue), context));
    });

    if (kind === 'qpidd') {
      it('makes bindings anew, once their danger is accepted', async () => {
        const queue = await started(3);
        const { qmf } = await pair.replica.connection();
        const bind = (name: string, properties: QmfMap = {}) =>
          qmf.call(brokerObject, 'create', { type: 'binding', name, properties, strict: true });
        await bind(`amq.direct/${queue}/key`);
        await bind(`amq.match/${queue}/odd`, { 'x-match': 'all', colour: 'red' });
        const refused = await engine((context) => stopOrderly(target(queue), context, usable));
        assert.ok(refused.kind === 'refused' && refused.refusal.danger === 'replica-producers');
        const accepted: Accepted = new Set(['replica-producers']);
        const outcome = await engine((context) =>
          stopOrderly(target(queue), context, { ...usable, accepted }),
        );
        assert.equal(outcome.kind, 'stopped', JSON.stringify(outcome));
        const bound = (await qmf.objects('binding'))
          .filter(({ name }) => name.includes(`queue:${queue},`))
          .map(({ values }) => [values.bindingKey, values.arguments]);
        assert.deepEqual(bound, [
          [queue, {}],
          ['key', {}],
          ['odd', { 'x-match': 'all', colour: 'red' }],
        ]);
      });

      it('refuses while a client is attached to send to the replica', async () => {
        const queue = await started(3);
        const sender = await (await pair.replica.connection()).openSender(queue);
        const outcome = await engine((context) => stopOrderly(target(queue), context, usable));
        await sender.close();
        assert.ok(outcome.kind === 'refused' && outcome.refusal.danger === 'replica-producers');
        await engine((context) => stop(target(queue), context));
      });
    }

    it('waits with --drain until the replica has everything', async () => {
      const queue = await started(0);
      const producing = send(pair.origin, queue, numbered(3000));
      const outcome = await engine((context) =>
        stopOrderly({ queue, replica: pair.replica.ref }, context, drained),
      );
      await producing;
      assert.ok(outcome.kind === 'stopped', JSON.stringify(outcome));
      const copies = await browse(pair.replica, queue);
      assert.deepEqual(copies, numbered(3000).slice(0, copies.length));
      assert.ok(copies.length >= (outcome.drained ?? 0));
      const missing = 3000 - copies.length;
      assert.equal(outcome.warnings?.length, missing === 0 ? 0 : 1);
    });

    it('counts as equal what consumers of the origin have in hand, and says that the replica keeps it', async () => {
      const queue = await started(5);
      const holder = await (await pair.origin.connection()).openHolder(queue);
      const held = await holder.take(2);
      const outcome = await engine((context) => stopOrderly(target(queue), context, drained));
      await holder.remove(held);
      await holder.close();
      assert.ok(outcome.kind === 'stopped', JSON.stringify(outcome));
      assert.equal(outcome.drained, 5);
      assert.match(String(outcome.warnings), /^Consumers of node1 have 2 messages of these in hand/);
      assert.deepEqual(await browse(pair.replica, queue), numbered(5));
    });

    it('does nothing when the replica does not become equal in time, and says what moves', async () => {
      const queue = await started(5);
      const receiver = await (await pair.origin.connection()).openReceiver(queue, 'consume');
      let going = true;
      const traffic = (async () => {
        while (going) {
          await send(pair.origin, queue, numbered(20));
          await receiver.take(20, 5);
        }
      })();
      const outcome = await engine((context) => stopOrderly(target(queue), context, drained), {
        deadline: 400,
      });
      going = false;
      await traffic;
      await receiver.close();
      if (outcome.kind === 'stopped') return;
      assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
      assert.equal(outcome.refusal.code, 'not-drained');
      assert.match(outcome.refusal.message, /keeps moving: .* came and .* went/);
      assert.equal((await piecesOn(pair.replica, queue)).length, 3);
      await engine((context) => stop(target(queue), context));
    });

    it('does nothing when the queues are different and stay so', async () => {
      const queue = await started(5);
      await send(pair.replica, queue, ['foreign']);
      const outcome = await engine((context) => stopOrderly(target(queue), context, drained), {
        deadline: 500,
      });
      assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
      assert.equal(outcome.refusal.code, 'not-drained');
      assert.equal((await piecesOn(pair.replica, queue)).length, 3);
      await engine((context) => stop(target(queue), context));
    });
  });
}
