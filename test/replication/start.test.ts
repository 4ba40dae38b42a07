import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { compareQueues } from '../../server/replication/compare/compare';
import type { EngineEvent, Replication, StartOutcome } from '../../server/replication/contract';
import { start } from '../../server/replication/start';
import { stop } from '../../server/replication/stop';
import { brokerKinds, toRef } from '../support/brokers';
import {
  browse,
  consume,
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

function run(replication: Replication): Promise<StartOutcome> {
  return engine((context) => start(replication, context));
}

function assertInStep(outcome: StartOutcome, kind: 'started' | 'already-running' = 'started'): void {
  assert.equal(outcome.kind, kind, JSON.stringify(outcome));
  assert.ok('status' in outcome);
  assert.equal(outcome.status.state, 'in-step');
  assert.equal(outcome.status.lag, 0);
}

for (const kind of brokerKinds) {
  describe(`start, on ${kind} brokers`, () => {
    let pair: Pair;
    let number = 0;
    const fresh = () => `start.${++number}`;
    before(async () => {
      pair = await startPair(kind);
    });
    after(() => pair.stop());

    async function assertStopsClean(queue: string): Promise<void> {
      const outcome = await engine((context) => stop(replicationOf(queue, pair), context));
      assert.equal(outcome.kind, 'stopped');
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
    }

    it('creates a missing replica queue and fills it', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(50));
      const outcome = await run(replicationOf(queue, pair));
      assertInStep(outcome);
      assert.ok(outcome.kind === 'started' && outcome.createdQueue);
      assert.deepEqual(outcome.warnings, []);
      assert.deepEqual(await browse(pair.replica, queue), numbered(50));
      await assertStopsClean(queue);
    });

    it('uses an existing empty replica queue, and warns of its limit', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue);
      await send(pair.origin, queue, numbered(3));
      const outcome = await run(replicationOf(queue, pair));
      assertInStep(outcome);
      assert.ok(outcome.kind === 'started' && !outcome.createdQueue);
      assert.match(outcome.warnings.join(' '), /default limit/);
      assert.deepEqual(await browse(pair.replica, queue), numbered(3));
      await assertStopsClean(queue);
    });

    it('says nothing of a replica queue without limits', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue, { 'qpid.max_size': 0, 'qpid.flow_stop_size': 0 });
      const outcome = await run(replicationOf(queue, pair));
      assert.ok(outcome.kind === 'started');
      assert.deepEqual(outcome.warnings, []);
      await assertStopsClean(queue);
    });

    it('gives the replica queue the kind of the origin and none of its limits', async () => {
      const queue = fresh();
      const limits = { 'qpid.max_count': 1000, 'qpid.max_size': 100_000, 'qpid.policy_type': 'ring' };
      await createQueue(pair.origin, queue, { 'qpid.priorities': 10, durable: true, ...limits });
      assertInStep(await run(replicationOf(queue, pair)));
      const { queue: replica } = await viewOf(pair.replica, queue);
      assert.equal(replica?.durable, true);
      assert.equal(Number(replica?.arguments['qpid.priorities']), 10);
      assert.equal(Number(replica?.arguments['qpid.max_size']), 0);
      assert.equal(replica?.arguments['qpid.max_count'], undefined);
      assert.equal(replica?.arguments['qpid.policy_type'], undefined);
      await assertStopsClean(queue);
    });

    it('leaves a running replication alone', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(10));
      assertInStep(await run(replicationOf(queue, pair)));
      const pieces = await piecesOn(pair.replica, queue);
      assertInStep(await run(replicationOf(queue, pair)), 'already-running');
      assert.deepEqual(await piecesOn(pair.replica, queue), pieces);
      await assertStopsClean(queue);
    });

    it('copies 1,000 messages and follows 300 that are consumed', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(400));
      const events: EngineEvent[] = [];
      assertInStep(
        await engine((context) => start(replicationOf(queue, pair), context), {
          onEvent: (event) => events.push(event),
        }),
      );
      assert.deepEqual(
        events.flatMap((event) => (event.type === 'change' ? [event.action] : [])),
        ['create-queue', 'replicate'],
      );
      await send(pair.origin, queue, numbered(600, 'n'));
      assert.equal((await consume(pair.origin, queue, 300)).length, 300);
      await eventually('the replica holds 700', async () => (await depth(pair.replica, queue)) === 700);
      const comparison = await compareQueues(
        await pair.origin.connection(),
        await pair.replica.connection(),
        queue,
      );
      assert.ok(comparison.equal, JSON.stringify(comparison));
      assert.equal(comparison.count, 700);
      await assertStopsClean(queue);
      await send(pair.origin, queue, ['late']);
      assert.equal(await depth(pair.origin, queue), 701);
      assert.equal(await depth(pair.replica, queue), 700);
    });

    it('runs again after a stop, once the replica is empty', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(5));
      for (let round = 0; round < 20; round += 1) {
        assertInStep(await run(replicationOf(queue, pair)));
        await send(pair.origin, queue, [`round${round}`]);
        await consume(pair.origin, queue, 1);
        const expected = await browse(pair.origin, queue);
        assertInStep(await run(replicationOf(queue, pair)), 'already-running');
        assert.deepEqual(await browse(pair.replica, queue), expected);
        await assertStopsClean(queue);
        assert.equal((await viewOf(pair.origin, queue)).queue?.consumers, 0);
        assert.equal((await consume(pair.replica, queue, 5)).length, 5);
        assert.equal(await depth(pair.replica, queue), 0);
      }
    });

    it('takes away the link that a second replicate has leaked', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue);
      await replicateByHand(pair.replica, queue, pair.origin);
      await assert.rejects(replicateByHand(pair.replica, queue, pair.origin), { kind: 'duplicate' });
      await assertStopsClean(queue);
      assertInStep(await run(replicationOf(queue, pair)));
      await assert.rejects(replicateByHand(pair.replica, queue, pair.origin), { kind: 'duplicate' });
      assertInStep(await run(replicationOf(queue, pair)), 'already-running');
      await assertStopsClean(queue);
    });

    for (const pieces of [['bridge'], ['exchange'], ['link'], ['bridge', 'exchange'], ['bridge', 'link']]) {
      it(`starts over what is left when only ${pieces.join(' and ')} had been deleted`, async () => {
        const queue = fresh();
        await createQueue(pair.origin, queue);
        assertInStep(await run(replicationOf(queue, pair)));
        const { bridges } = await viewOf(pair.replica, queue);
        for (const piece of pieces) {
          const names = { bridge: bridges[0]?.name, link: bridges[0]?.link, exchange: `qpid.ha-q:${queue}` };
          await deletePiece(pair.replica, piece, names[piece as keyof typeof names] ?? '');
        }
        await eventually(
          'the pieces are gone',
          async () =>
            !pieces.some((piece) => piece !== 'exchange') ||
            (await viewOf(pair.replica, queue)).bridges.length === 0,
        );
        assertInStep(await run(replicationOf(queue, pair)));
        await send(pair.origin, queue, numbered(20));
        await eventually('all is copied', async () => (await depth(pair.replica, queue)) === 20);
        assert.deepEqual(await browse(pair.replica, queue), numbered(20));
        assert.equal((await piecesOn(pair.replica, queue)).length, 3);
        await assertStopsClean(queue);
      });
    }

    for (const apart of [0, 1, 3, 8]) {
      it(`lets only one of several starts ${apart} ms apart replicate, and all of them succeed`, async () => {
        const queue = fresh();
        await createQueue(pair.origin, queue);
        await send(pair.origin, queue, numbered(1000));
        const starts = Array.from({ length: 6 }, async (_, index) => {
          await setTimeout(index * apart);
          return run(replicationOf(queue, pair));
        });
        const kinds = (await Promise.all(starts)).map(({ kind }) => kind);
        assert.deepEqual(kinds.sort(), [...Array(5).fill('already-running'), 'started']);
        assert.equal((await piecesOn(pair.replica, queue)).length, 3);
        assert.deepEqual(await browse(pair.replica, queue), numbered(1000));
        await assertStopsClean(queue);
      });
    }

    it('starts many replications of one pair at the same time', async () => {
      const queues = Array.from({ length: 12 }, fresh);
      for (const queue of queues) {
        await createQueue(pair.origin, queue);
        await send(pair.origin, queue, numbered(10));
      }
      const outcomes = await Promise.all(queues.map((queue) => run(replicationOf(queue, pair))));
      for (const outcome of outcomes) assertInStep(outcome);
      for (const queue of queues) {
        assert.deepEqual(await browse(pair.replica, queue), numbered(10));
        const outcome = await engine((context) => stop(replicationOf(queue, pair), context));
        assert.equal(outcome.kind, 'stopped');
      }
      assert.deepEqual(await piecesOn(pair.replica, 'any'), []);
    });

    const names = [
      'a b',
      'a/b/c',
      'größe ✓ 漢字',
      `it's "quoted"`,
      'a;b,c:d%41#e@f*g',
      'tab\tnewline\n',
      '€'.repeat(81),
    ];
    for (const [index, name] of names.entries()) {
      it(`replicates a queue named ${JSON.stringify(name.slice(0, 20))}`, async () => {
        const queue = `${name}${index}`;
        await createQueue(pair.origin, queue);
        await send(pair.origin, queue, numbered(3));
        assertInStep(await run(replicationOf(queue, pair)));
        assert.deepEqual(await browse(pair.replica, queue), numbered(3));
        await assertStopsClean(queue);
      });
    }

    it('reaches the origin by the link address where one is given', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const linkAddress = `ha/secret@localhost:${pair.origin.port},127.0.0.1:${pair.origin.port}`;
      const outcome = await run({ ...replicationOf(queue, pair), linkAddress });
      assertInStep(outcome);
      assert.ok(outcome.kind === 'started');
      assert.equal(outcome.status.links[0]?.address, `localhost:${pair.origin.port}`);
      await assertStopsClean(queue);
    });

    it('takes everything back when the replica broker cannot reach the origin', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(3));
      const outcome = await engine(
        (context) => start({ ...replicationOf(queue, pair), linkAddress: '127.0.0.1:1' }, context),
        { deadline: 1500 },
      );
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.equal(outcome.error.kind, 'timeout');
      assert.match(outcome.error.message, /Connection refused/);
      assert.equal(outcome.done.length, 2);
      assert.equal(outcome.undone.length, 4);
      assert.deepEqual(outcome.left, []);
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      assert.equal(await depth(pair.replica, queue), undefined);
      assert.equal(await depth(pair.origin, queue), 3);
    });

    it('fails without a change when a broker is down', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const nobody = toRef('node3', 1);
      for (const replication of [
        replicationOf(queue, { origin: nobody, replica: pair.replica }),
        replicationOf(queue, { origin: pair.origin, replica: nobody }),
      ]) {
        const outcome = await run(replication);
        assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
        assert.equal(outcome.error.kind, 'unreachable');
        assert.equal(outcome.error.broker, 'node3');
        assert.deepEqual([...outcome.done, ...outcome.undone, ...outcome.left], []);
      }
      assert.equal(await depth(pair.replica, queue), undefined);
    });

    it('leaves nothing when it is cancelled, at whatever event', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(2000));
      for (let at = 1, cancelled = true; cancelled; at += 1) {
        const cancel = new AbortController();
        let seen = 0;
        const outcome = await engine((context) => start(replicationOf(queue, pair), context), {
          signal: cancel.signal,
          onEvent: () => {
            seen += 1;
            if (seen === at) cancel.abort();
          },
        });
        cancelled = outcome.kind === 'failed';
        if (!cancelled) {
          assertInStep(outcome);
          break;
        }
        assert.ok(outcome.kind === 'failed');
        assert.equal(outcome.error.kind, 'cancelled');
        assert.deepEqual(outcome.left, []);
        assert.deepEqual(await piecesOn(pair.replica, queue), []);
        assert.equal(await depth(pair.replica, queue), undefined);
      }
      await assertStopsClean(queue);
      assert.deepEqual(await browse(pair.origin, queue), numbered(2000));
    });

    it('says what it leaves when it is cancelled over a queue that was there before', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue);
      await send(pair.origin, queue, numbered(2000));
      const cancel = new AbortController();
      const outcome = await engine((context) => start(replicationOf(queue, pair), context), {
        signal: cancel.signal,
        onEvent: (event) => {
          if (event.type === 'change' && event.action === 'replicate') cancel.abort();
        },
      });
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      const copied = (await depth(pair.replica, queue)) ?? 0;
      if (copied === 0) assert.deepEqual(outcome.left, []);
      else assert.match(outcome.left.join(), /copied into the queue/);
    });
  });
}
