import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { start } from '../../server/replication/start';
import { stop } from '../../server/replication/stop';
import { brokerKinds, startBroker, toRef } from '../support/brokers';
import {
  browse,
  createQueue,
  deletePiece,
  depth,
  engine,
  eventually,
  numbered,
  type Pair,
  piecesOn,
  replicateByHand,
  replicationOf,
  send,
  startPair,
  viewOf,
} from '../support/replication';

/** Every order of every selection of the three pieces. */
const deletions = [
  ['bridge'],
  ['exchange'],
  ['link'],
  ['bridge', 'exchange'],
  ['exchange', 'bridge'],
  ['bridge', 'link'],
  ['link', 'bridge'],
  ['exchange', 'link'],
  ['link', 'exchange'],
  ['bridge', 'exchange', 'link'],
  ['bridge', 'link', 'exchange'],
  ['exchange', 'bridge', 'link'],
  ['exchange', 'link', 'bridge'],
  ['link', 'bridge', 'exchange'],
  ['link', 'exchange', 'bridge'],
] as const;

for (const kind of brokerKinds) {
  describe(`stop, on ${kind} brokers`, () => {
    let pair: Pair;
    let number = 0;
    const fresh = () => `stop.${++number}`;
    before(async () => {
      pair = await startPair(kind);
    });
    after(() => pair.stop());

    async function started(messages = 5): Promise<string> {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(messages));
      const outcome = await engine((context) => start(replicationOf(queue, pair), context));
      assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
      return queue;
    }

    it('removes bridge, replicator and link in this order, and keeps the messages', async () => {
      const queue = await started();
      const actions: string[] = [];
      const outcome = await engine((context) => stop(replicationOf(queue, pair), context), {
        onEvent: (event) => {
          if (event.type === 'change') actions.push(event.action);
        },
      });
      assert.ok(outcome.kind === 'stopped', JSON.stringify(outcome));
      assert.deepEqual(actions, ['delete-bridge', 'delete-replicator', 'delete-link']);
      assert.deepEqual(
        outcome.removed.map((piece) => piece.split(' ', 1)[0]),
        ['bridge', 'replicator', 'link'],
      );
      assert.equal(outcome.status?.state, 'absent');
      assert.equal(outcome.status?.cause, undefined);
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      assert.deepEqual(await browse(pair.replica, queue), numbered(5));
      assert.equal(await depth(pair.origin, queue), 5);
    });

    it('stops twice, and finds nothing the second time', async () => {
      const queue = await started();
      assert.equal((await engine((context) => stop(replicationOf(queue, pair), context))).kind, 'stopped');
      assert.deepEqual(await engine((context) => stop(replicationOf(queue, pair), context)), {
        kind: 'not-running',
      });
      assert.deepEqual(await engine((context) => stop({ queue, replica: pair.replica.ref }, context)), {
        kind: 'not-running',
      });
    });

    it('finds nothing to stop for a queue that is nowhere', async () => {
      for (const queue of [fresh(), `${fresh()}/with/slashes`]) {
        assert.deepEqual(await engine((context) => stop({ queue, replica: pair.replica.ref }, context)), {
          kind: 'not-running',
        });
      }
    });

    for (const pieces of deletions) {
      for (const named of [true, false]) {
        it(`completes a stop of ${pieces.join(', ')} with the origin ${named ? '' : 'not '}named`, async () => {
          const queue = await started(2);
          const { bridges } = await viewOf(pair.replica, queue);
          const names = { bridge: bridges[0]?.name, link: bridges[0]?.link, exchange: `qpid.ha-q:${queue}` };
          for (const piece of pieces) await deletePiece(pair.replica, piece, names[piece] ?? '');
          const target = { queue, replica: pair.replica.ref, ...(named ? { origin: pair.origin.ref } : {}) };
          const outcome = await engine((context) => stop(target, context));
          assert.ok(outcome.kind === 'stopped' || outcome.kind === 'not-running', JSON.stringify(outcome));
          await eventually('all is gone', async () => (await piecesOn(pair.replica, queue)).length === 0);
          assert.equal((await engine((context) => stop(target, context))).kind, 'not-running');
          await send(pair.origin, queue, ['late']);
          assert.equal(await depth(pair.replica, queue), 2);
        });
      }
    }

    it('removes links that further replicates have leaked, and no other replication', async () => {
      const other = await started();
      const queue = await started();
      await assert.rejects(replicateByHand(pair.replica, queue, pair.origin), { kind: 'duplicate' });
      await assert.rejects(replicateByHand(pair.replica, queue, pair.origin), { kind: 'duplicate' });
      const outcome = await engine((context) => stop(replicationOf(queue, pair), context));
      assert.ok(outcome.kind === 'stopped');
      assert.equal(outcome.removed.filter((piece) => piece.startsWith('link ')).length, 3);
      const left = await piecesOn(pair.replica, other);
      assert.equal(left.length, 3, left.join());
      await send(pair.origin, other, ['more']);
      await eventually('the other one goes on', async () => (await depth(pair.replica, other)) === 6);
      await engine((context) => stop(replicationOf(other, pair), context));
      assert.deepEqual(await piecesOn(pair.replica, other), []);
    });

    it('removes the link of a replicator that ended itself for want of the origin queue', async () => {
      const queue = fresh();
      await createQueue(pair.replica, queue);
      await replicateByHand(pair.replica, queue, pair.origin);
      await eventually(
        'the replicator has ended itself',
        async () => (await viewOf(pair.replica, queue)).replicator === 'absent',
      );
      const outcome = await engine((context) => stop(replicationOf(queue, pair), context));
      assert.equal(outcome.kind, 'stopped');
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
    });

    it('stops two bridges on one replicator', async () => {
      const queue = await started();
      await deletePiece(pair.replica, 'exchange', `qpid.ha-q:${queue}`);
      await replicateByHand(pair.replica, queue, pair.origin);
      assert.equal((await viewOf(pair.replica, queue)).bridges.length, 2);
      const outcome = await engine((context) => stop(replicationOf(queue, pair), context));
      assert.equal(outcome.kind, 'stopped', JSON.stringify(outcome));
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
    });

    it('loses nothing of a producer in full flow, and leaves an exact prefix', async () => {
      const queue = await started(0);
      const bodies = numbered(6000, 't');
      const producing = send(pair.origin, queue, bodies);
      await eventually('some have arrived', async () => ((await depth(pair.replica, queue)) ?? 0) > 100);
      const outcome = await engine((context) => stop(replicationOf(queue, pair), context));
      assert.equal(outcome.kind, 'stopped', JSON.stringify(outcome));
      await producing;
      assert.equal(await depth(pair.origin, queue), 6000);
      const copies = await browse(pair.replica, queue);
      assert.deepEqual(copies, bodies.slice(0, copies.length));
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
    });

    it('is a failure without a change when the replica broker is down', async () => {
      const outcome = await engine((context) => stop({ queue: 'q', replica: toRef('node3', 1) }, context));
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.equal(outcome.error.kind, 'unreachable');
      assert.deepEqual(outcome.done, []);
      assert.match(outcome.left.join(), /could not be asked/);
    });

    it('does nothing when it is cancelled before it begins', async () => {
      const queue = await started();
      const cancel = new AbortController();
      const outcome = await engine((context) => stop(replicationOf(queue, pair), context), {
        signal: cancel.signal,
        onEvent: () => cancel.abort(),
      });
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.equal(outcome.error.kind, 'cancelled');
      assert.deepEqual(outcome.done, []);
      assert.equal(outcome.left.length, 3);
      await engine((context) => stop(replicationOf(queue, pair), context));
    });

    it('goes through with it when it is cancelled after the first change', async () => {
      const queue = await started();
      const cancel = new AbortController();
      const outcome = await engine((context) => stop(replicationOf(queue, pair), context), {
        signal: cancel.signal,
        onEvent: ({ type }) => {
          if (type === 'change') cancel.abort();
        },
      });
      assert.equal(outcome.kind, 'stopped', JSON.stringify(outcome));
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
    });

    it('needs no origin that lives', async () => {
      const queue = fresh();
      const mortal = await startBroker(kind, { name: 'mortal' });
      await createQueue(mortal, queue);
      await send(mortal, queue, numbered(3));
      const replication = replicationOf(queue, { origin: mortal, replica: pair.replica });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await mortal.stop();
      const outcome = await engine((context) => stop(replication, context));
      assert.ok(outcome.kind === 'stopped', JSON.stringify(outcome));
      assert.equal(outcome.removed.length, 3);
      assert.equal(outcome.status?.originError?.kind, 'unreachable');
      await eventually('all is gone', async () => (await piecesOn(pair.replica, queue)).length === 0);
      assert.deepEqual(await browse(pair.replica, queue), numbered(3));
    });

    if (kind === 'qpidd') {
      it('needs no origin that answers', async () => {
        const queue = fresh();
        const hanging = await startBroker(kind, { name: 'hanging' });
        await createQueue(hanging, queue);
        const replication = replicationOf(queue, { origin: hanging, replica: pair.replica });
        assert.equal((await engine((context) => start(replication, context))).kind, 'started');
        hanging.freeze?.();
        try {
          const outcome = await engine((context) => stop(replication, context), { requestDeadline: 1000 });
          assert.ok(outcome.kind === 'stopped', JSON.stringify(outcome));
          assert.equal(outcome.removed.length, 3);
          assert.equal(outcome.status?.originError?.kind, 'timeout');
          await eventually('all is gone', async () => (await piecesOn(pair.replica, queue)).length === 0);
        } finally {
          hanging.thaw?.();
          await hanging.stop();
        }
      });
    }
  });
}
