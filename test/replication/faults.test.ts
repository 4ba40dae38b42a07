import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BrokerError, type BrokerErrorKind } from '../../server/amqp/broker-error';
import type { QmfMap } from '../../server/amqp/contract';
import { start } from '../../server/replication/start';
import { status } from '../../server/replication/status';
import { stop } from '../../server/replication/stop';
import { brokerKinds, startBroker } from '../support/brokers';
import {
  browse,
  createQueue,
  deletePiece,
  depth,
  engine,
  eventually,
  interceptCalls,
  numbered,
  type Pair,
  piecesOn,
  replicationOf,
  send,
  startPair,
} from '../support/replication';

function fault(kind: BrokerErrorKind): BrokerError {
  return new BrokerError({ kind, broker: 'node2', step: 'testing', text: 'a fault', advice: 'None.' });
}

/** Whether a call deletes a piece of this type, the probe for the replicator aside. */
function deletes(type: string, method: string, args: QmfMap): boolean {
  return method === 'delete' && args.type === type;
}

for (const kind of brokerKinds) {
  describe(`faults on the way, on ${kind} brokers`, () => {
    let pair: Pair;
    let number = 0;
    const fresh = () => `fault.${++number}`;
    before(async () => {
      pair = await startPair(kind);
    });
    after(() => pair.stop());

    it('takes back a replicate that was done but never answered', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(10));
      const outcome = await engine((context) => start(replicationOf(queue, pair), context), {
        intercept: (connection) =>
          interceptCalls(connection, async (method, _args, next) => {
            const reply = await next();
            if (method === 'replicate') throw fault('timeout');
            return reply;
          }),
      });
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.equal(outcome.error.kind, 'timeout');
      assert.deepEqual(outcome.left, []);
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      assert.equal(await depth(pair.replica, queue), undefined);
    });

    it('takes back the queue when replicate is declined', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const outcome = await engine((context) => start(replicationOf(queue, pair), context), {
        intercept: (connection) =>
          interceptCalls(connection, async (method, _args, next) => {
            if (method === 'replicate') throw fault('forbidden');
            return next();
          }),
      });
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.deepEqual(outcome.undone, [`queue "${queue}"`]);
      assert.equal(await depth(pair.replica, queue), undefined);
    });

    it('says that a queue may be left when its creation was never answered', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const outcome = await engine((context) => start(replicationOf(queue, pair), context), {
        intercept: (connection) =>
          interceptCalls(connection, async (method, _args, next) => {
            const reply = await next();
            if (method === 'create') throw fault('timeout');
            return reply;
          }),
      });
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.deepEqual(outcome.done, []);
      assert.deepEqual(outcome.left, [`the queue "${queue}" on node2 with 0 messages`]);
    });

    it('says what is left when it breaks off while it removes what was left before', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const replication = replicationOf(queue, pair);
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await deletePiece(pair.replica, 'exchange', `qpid.ha-q:${queue}`);
      const outcome = await engine((context) => start(replication, context), {
        intercept: (connection) =>
          interceptCalls(connection, async (method, args, next) => {
            if (deletes('link', method, args)) throw fault('closed');
            return next();
          }),
      });
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.match(outcome.done.join(), /^removed the bridge .* left over from before$/);
      assert.match(outcome.left.join(), /^link qpid.ha.link/);
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      assert.equal((await piecesOn(pair.replica, queue)).length, 3);
      await engine((context) => stop(replication, context));
    });

    it('uses the replica queue that somebody else creates at the same moment', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(3));
      const outcome = await engine((context) => start(replicationOf(queue, pair), context), {
        intercept: (connection) =>
          interceptCalls(connection, async (method, _args, next) => {
            if (method === 'create') await createQueue(pair.replica, queue);
            return next();
          }),
      });
      assert.ok(outcome.kind === 'started' && !outcome.createdQueue, JSON.stringify(outcome));
      await engine((context) => stop(replicationOf(queue, pair), context));
    });

    it('refuses the replica queue that somebody else fills at the last moment', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const outcome = await engine((context) => start(replicationOf(queue, pair), context), {
        intercept: (connection) =>
          interceptCalls(connection, async (method, _args, next) => {
            if (method === 'create') {
              await createQueue(pair.replica, queue);
              await send(pair.replica, queue, ['foreign']);
            }
            return next();
          }),
      });
      assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
      assert.equal(outcome.refusal.code, 'replica-not-empty');
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      assert.deepEqual(await browse(pair.replica, queue), ['foreign']);
    });

    it('ends a start whose origin queue is deleted under it', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const outcome = await engine((context) => start(replicationOf(queue, pair), context), {
        intercept: (connection) =>
          interceptCalls(connection, async (method, _args, next) => {
            if (method === 'replicate') await deletePiece(pair.origin, 'queue', queue);
            return next();
          }),
      });
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.deepEqual(outcome.left, []);
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      assert.equal(await depth(pair.replica, queue), undefined);
    });

    it('keeps the copies when the origin dies under the start: they may be the last', async () => {
      const queue = fresh();
      const mortal = await startBroker(kind, { name: 'mortal' });
      await createQueue(mortal, queue);
      await send(mortal, queue, numbered(5000));
      let killed: Promise<void> | undefined;
      const replication = replicationOf(queue, { origin: mortal, replica: pair.replica });
      const outcome = await engine((context) => start(replication, context), {
        onEvent: (event) => {
          if (event.type === 'progress' && event.copied > 0) killed ??= mortal.stop();
        },
      });
      if (outcome.kind === 'started') {
        // All was copied between two looks.
        await engine((context) => stop(replication, context));
        await mortal.stop();
        return;
      }
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      await killed;
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      const copies = await browse(pair.replica, queue);
      assert.ok(copies.length > 0);
      assert.deepEqual(copies, numbered(5000).slice(0, copies.length));
      assert.match(outcome.left.join(), /the queue "fault.\d+" on node2 with [\d,]+ messages/);
    });

    for (const type of ['bridge', 'exchange', 'link']) {
      it(`says what is left when a stop breaks off at its ${type}, and completes it the next time`, async () => {
        const queue = fresh();
        await createQueue(pair.origin, queue);
        const replication = replicationOf(queue, pair);
        assert.equal((await engine((context) => start(replication, context))).kind, 'started');
        const outcome = await engine((context) => stop(replication, context), {
          intercept: (connection) =>
            interceptCalls(connection, async (method, args, next) => {
              if (deletes(type, method, args)) throw fault('closed');
              return next();
            }),
        });
        assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
        const order = ['bridge', 'replicator', 'link'];
        const at = type === 'exchange' ? 1 : order.indexOf(type);
        const firstWords = (texts: readonly string[]) => texts.map((text) => text.split(' ', 1)[0]);
        assert.deepEqual(firstWords(outcome.done), order.slice(0, at));
        assert.deepEqual(firstWords(outcome.left), order.slice(at));
        const target = { queue, replica: pair.replica.ref };
        assert.equal((await engine((context) => stop(target, context))).kind, 'stopped');
        assert.deepEqual(await piecesOn(pair.replica, queue), []);
      });
    }

    it('works for a user who may not probe', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const replication = replicationOf(queue, pair);
      const blind = {
        intercept: (connection: Parameters<typeof interceptCalls>[0]) => ({
          ...interceptCalls(connection, async (method, args, next) => {
            if (deletes('binding', method, args)) throw fault('forbidden');
            return next();
          }),
          openSender: async () => {
            throw fault('forbidden');
          },
        }),
      };
      assert.equal((await engine((context) => start(replication, context), blind)).kind, 'started');
      assert.equal((await engine((context) => status(replication, context), blind)).state, 'in-step');
      assert.equal((await engine((context) => start(replication, context), blind)).kind, 'already-running');
      assert.equal((await engine((context) => stop(replication, context), blind)).kind, 'stopped');
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      assert.equal((await engine((context) => stop(replication, context), blind)).kind, 'not-running');
    });

    it('is not held up by a replica broker that dies under the start', async () => {
      const queue = fresh();
      const mortal = await startBroker(kind, { name: 'mortal' });
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(100));
      const replication = replicationOf(queue, { origin: pair.origin, replica: mortal });
      const outcome = await engine((context) => start(replication, context), {
        intercept: (connection) =>
          interceptCalls(connection, async (method, _args, next) => {
            const reply = await next();
            if (method === 'replicate') await mortal.stop();
            return reply;
          }),
      });
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.match(
        outcome.left.join(),
        /mortal did not answer .* perhaps the replicator of .* and the queue/,
      );
      assert.equal(await depth(pair.origin, queue), 100);
    });

    if (kind === 'qpidd') {
      it('is not held up by a replica broker that hangs under the start', async () => {
        const queue = fresh();
        const hanging = await startBroker(kind, { name: 'hanging' });
        await createQueue(pair.origin, queue);
        const replication = replicationOf(queue, { origin: pair.origin, replica: hanging });
        const outcome = await engine((context) => start(replication, context), {
          requestDeadline: 1000,
          onEvent: (event) => {
            if (event.type === 'change' && event.action === 'replicate') hanging.freeze?.();
          },
        });
        hanging.thaw?.();
        assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
        assert.equal(outcome.error.kind, 'timeout');
        assert.match(outcome.left.join(), /perhaps the replicator/);
        await eventually(
          'the pieces are still to be found',
          async () => (await piecesOn(hanging, queue)).length === 3,
        );
        assert.equal((await engine((context) => stop(replication, context))).kind, 'stopped');
        assert.deepEqual(await piecesOn(hanging, queue), []);
        await hanging.stop();
      });
    }
  });
}
