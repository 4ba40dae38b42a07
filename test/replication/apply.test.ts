import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type AppliedStep, apply } from '../../server/replication/apply';
import type { BrokerRef, EngineEvent } from '../../server/replication/contract';
import type { DangerId } from '../../server/replication/dangers';
import { makePlan } from '../../server/replication/plan';
import type { DesiredReplication } from '../../server/replication/planning/desired';
import { verdictOf } from '../../server/replication/planning/plan-step';
import { brokerKinds, startBroker, type TestBroker, toRef } from '../support/brokers';
import { wanted } from '../support/plans';
import {
  browse,
  createQueue,
  depth,
  type EngineOptions,
  engine,
  interceptCalls,
  numbered,
  type Pair,
  piecesOn,
  replicateByHand,
  replicationOf,
  send,
  startPair,
} from '../support/replication';

interface RunOptions extends EngineOptions {
  readonly prune?: boolean;
  readonly accepted?: readonly DangerId[];
  onChange?(event: EngineEvent): void;
}

/** Plans and applies as the command does. */
function run(
  desired: readonly DesiredReplication[],
  brokers: readonly BrokerRef[],
  { prune = false, accepted = [], onChange, ...options }: RunOptions = {},
): Promise<readonly AppliedStep[]> {
  return engine(async (context) => {
    const plan = await makePlan({ desired, brokers, unwanted: prune ? 'stop' : 'tell' }, context);
    return apply(
      plan,
      {
        accepted: new Set(accepted),
        onEvent: (_planned, event) => onChange?.(event),
        onStep: () => {},
      },
      context,
    );
  }, options);
}

function kindsOf(results: readonly AppliedStep[]): readonly string[] {
  return results.map(({ result }) => result.kind);
}

for (const kind of brokerKinds) {
  describe(`apply, on ${kind} brokers`, () => {
    let pair: Pair;
    let brokers: readonly BrokerRef[];
    let number = 0;
    const fresh = (count: number) => Array.from({ length: count }, () => `apply.${++number}`);
    before(async () => {
      pair = await startPair(kind);
      brokers = [pair.origin.ref, pair.replica.ref];
    });
    after(() => pair.stop());

    async function queuesOnOrigin(count: number, messages = 3): Promise<readonly string[]> {
      const queues = fresh(count);
      for (const queue of queues) {
        await createQueue(pair.origin, queue);
        await send(pair.origin, queue, numbered(messages));
      }
      return queues;
    }
    const entries = (queues: readonly string[], state?: 'running' | 'stopped') =>
      wanted(
        queues.map((queue) => replicationOf(queue, pair)),
        state,
      );
    async function endAll(): Promise<void> {
      await run([], brokers, { prune: true, accepted: ['unwanted-replication'] });
      assert.deepEqual(await piecesOn(pair.replica, 'any'), []);
    }

    it('makes the manifest true, then finds nothing to do, then ends it all', async () => {
      const queues = await queuesOnOrigin(20);
      assert.deepEqual(kindsOf(await run(entries(queues), brokers)), Array(20).fill('done'));
      for (const queue of queues) assert.deepEqual(await browse(pair.replica, queue), numbered(3));
      assert.deepEqual(await run(entries(queues), brokers), []);
      assert.deepEqual(kindsOf(await run(entries(queues, 'stopped'), brokers)), Array(20).fill('done'));
      assert.deepEqual(await piecesOn(pair.replica, 'any'), []);
    });

    it('never has more than eight calls of replicate under way', async () => {
      const queues = await queuesOnOrigin(30, 1);
      let underWay = 0;
      let most = 0;
      await run(entries(queues), brokers, {
        intercept: (connection) =>
          interceptCalls(connection, async (method, _args, next) => {
            if (method !== 'replicate') return next();
            underWay += 1;
            most = Math.max(most, underWay);
            try {
              return await next();
            } finally {
              underWay -= 1;
            }
          }),
      });
      assert.ok(most > 1 && most <= 8, `${most}`);
      await endAll();
    });

    it('begins nothing when the plan holds a danger that nobody has accepted', async () => {
      const [good = '', bad = ''] = await queuesOnOrigin(2);
      await createQueue(pair.replica, bad);
      await send(pair.replica, bad, ['foreign']);
      const results = await run(entries([good, bad]), brokers);
      assert.deepEqual(kindsOf(results), ['not-begun', 'not-begun']);
      assert.deepEqual(await piecesOn(pair.replica, good), []);
      assert.deepEqual(await browse(pair.replica, bad), ['foreign']);
    });

    it('rebuilds where that danger is accepted, and moves the old content aside', async () => {
      const [queue = ''] = await queuesOnOrigin(1);
      await createQueue(pair.replica, queue);
      await send(pair.replica, queue, ['foreign']);
      const results = await run(entries([queue]), brokers, { accepted: ['replaced-content'] });
      assert.deepEqual(kindsOf(results), ['done']);
      assert.deepEqual(await browse(pair.replica, queue), numbered(3));
      const queues = await (await pair.replica.connection()).qmf.objects('queue');
      const aside = queues.find(
        ({ values }) => String(values.name).startsWith(queue) && values.name !== queue,
      );
      assert.deepEqual(await browse(pair.replica, String(aside?.values.name)), ['foreign']);
      assert.deepEqual(await run(entries([queue]), brokers), []);
      await endAll();
    });

    it('begins nothing more when a step meets a danger on its way', async () => {
      const queues = await queuesOnOrigin(3);
      const [first = ''] = queues;
      let filled: Promise<void> | undefined;
      const results = await run(entries(queues), brokers, {
        intercept: (connection) =>
          interceptCalls(connection, async (method, args, next) => {
            if (method === 'create' && args.name === first) {
              filled ??= createQueue(pair.replica, first).then(() => send(pair.replica, first, ['foreign']));
              await filled;
            }
            return next();
          }),
      });
      const failed = results.find(({ planned }) => planned.step.queue === first);
      assert.equal(failed?.result.kind, 'failed');
      assert.deepEqual(await browse(pair.replica, first), ['foreign']);
      await endAll();
    });

    it('prunes what no manifest wants, and nothing else', async () => {
      const [wantedQueue = '', unwanted = ''] = await queuesOnOrigin(2);
      await run(entries([wantedQueue, unwanted]), brokers);
      const plain = await run(entries([wantedQueue]), brokers);
      assert.deepEqual(plain, []);
      const unaccepted = await run(entries([wantedQueue]), brokers, { prune: true });
      assert.deepEqual(kindsOf(unaccepted), ['not-begun']);
      const pruned = await run(entries([wantedQueue]), brokers, {
        prune: true,
        accepted: ['unwanted-replication'],
      });
      assert.deepEqual(kindsOf(pruned), ['done']);
      assert.equal((await piecesOn(pair.replica, wantedQueue)).length, 3);
      assert.deepEqual(await browse(pair.replica, unwanted), numbered(3));
      await endAll();
    });

    it('applies what it can when one of three brokers is dead', async () => {
      const queues = await queuesOnOrigin(4);
      const dead = toRef('dead', 1);
      const third = await startBroker(kind, { name: 'third' });
      const desired = [
        ...entries(queues),
        ...wanted(queues.map((queue) => replicationOf(queue, { origin: pair.origin, replica: third }))),
        ...wanted(queues.map((queue) => replicationOf(queue, { origin: pair.origin, replica: dead }))),
      ];
      const all = [...brokers, third.ref, dead];
      assert.deepEqual(kindsOf(await run(desired, all)), Array(8).fill('done'));
      const plan = await engine((context) =>
        makePlan({ desired, brokers: all, unwanted: 'ignore' }, context),
      );
      assert.equal(verdictOf(plan), 'blocked');
      for (const queue of queues) assert.deepEqual(await browse(third, queue), numbered(3));
      await third.stop();
      await endAll();
    });

    it('converges when two apply the same at the same time', async () => {
      const queues = await queuesOnOrigin(12);
      const results = await Promise.all([
        run(entries(queues), brokers),
        run(entries(queues), brokers),
        run(entries(queues), brokers),
      ]);
      for (const applied of results) {
        for (const { result } of applied) {
          assert.equal(result.kind, 'done', result.kind === 'failed' ? result.description.message : '');
        }
      }
      assert.equal((await piecesOn(pair.replica, queues[0] ?? '')).length, 2 * 12 + 1);
      for (const queue of queues) assert.deepEqual(await browse(pair.replica, queue), numbered(3));
      await endAll();
    });

    it('leaves nothing half-done when it is cancelled, at whatever change, and converges afterwards', async () => {
      const queues = await queuesOnOrigin(4, 50);
      for (const at of [1, 2, 3, 5, 8]) {
        const cancel = new AbortController();
        let seen = 0;
        const results = await run(entries(queues), brokers, {
          signal: cancel.signal,
          onChange: (event) => {
            if (event.type !== 'change') return;
            seen += 1;
            if (seen === at) cancel.abort();
          },
        });
        for (const { result } of results) {
          if (result.kind !== 'failed') continue;
          assert.ok(result.outcome.kind === 'failed', JSON.stringify(result));
          assert.deepEqual(result.outcome.left, []);
        }
        await run(entries(queues), brokers);
        assert.deepEqual(await run(entries(queues), brokers), [], `cancelled at change ${at}`);
        for (const queue of queues) assert.deepEqual(await browse(pair.replica, queue), numbered(50));
        await endAll();
        for (const queue of queues) await deleteQueue(pair.replica, queue);
      }
    });

    it('converges after the replica broker was killed in the middle, at whatever change', async () => {
      const queues = await queuesOnOrigin(4, 20);
      for (const at of [1, 2, 4, 6, 8]) {
        const mortal = await startBroker(kind, { name: 'mortal' });
        const desired = wanted(
          queues.map((queue) => replicationOf(queue, { origin: pair.origin, replica: mortal })),
        );
        const all = [pair.origin.ref, mortal.ref];
        const killed = killAt(mortal, at);
        const results = await run(desired, all, { onChange: killed.onChange, deadline: 5000 });
        await killed.done();
        assert.ok(kindsOf(results).length === 4);
        const again = await startBroker(kind, { name: 'mortal', port: mortal.port });
        const second = await run(desired, all);
        assert.deepEqual(
          kindsOf(second),
          Array(4).fill('done'),
          second.map(({ result }) => (result.kind === 'failed' ? result.description.message : '')).join('\n'),
        );
        for (const queue of queues) assert.deepEqual(await browse(again, queue), numbered(20));
        assert.deepEqual(await run(desired, all), []);
        await again.stop();
      }
    });

    it('converges after the origin broker was killed in the middle, at whatever change', async () => {
      for (const at of [1, 3, 5, 8]) {
        const queues = fresh(4);
        const mortal = await startBroker(kind, { name: 'mortal' });
        const fill = async (broker: TestBroker) => {
          for (const queue of queues) {
            await createQueue(broker, queue);
            await send(broker, queue, numbered(20));
          }
        };
        await fill(mortal);
        const desired = wanted(
          queues.map((queue) => replicationOf(queue, { origin: mortal, replica: pair.replica })),
        );
        const all = [mortal.ref, pair.replica.ref];
        const killed = killAt(mortal, at);
        const results = await run(desired, all, { onChange: killed.onChange, deadline: 5000 });
        await killed.done();
        for (const { result } of results) {
          if (result.kind !== 'failed' || result.outcome.kind !== 'failed') continue;
          // Copies that may be the last are kept, and told.
          for (const left of result.outcome.left) assert.match(left, /^the queue ".*" on node2 with/);
        }
        const again = await startBroker(kind, { name: 'mortal', port: mortal.port });
        await fill(again);
        // The copies of a lost world are in the way, and are not dropped unasked.
        for (const queue of queues) {
          if ((await depth(pair.replica, queue)) === undefined) continue;
          await run(wanted([replicationOf(queue, { origin: again, replica: pair.replica })], 'stopped'), all);
          await deleteQueue(pair.replica, queue);
        }
        assert.deepEqual(kindsOf(await run(desired, all)), Array(4).fill('done'));
        for (const queue of queues) assert.deepEqual(await browse(pair.replica, queue), numbered(20));
        await run(
          desired.map(({ replication }) => ({ replication, state: 'stopped' as const })),
          all,
        );
        await again.stop();
      }
      assert.deepEqual(await piecesOn(pair.replica, 'any'), []);
    });

    it('ends what a bare replicate has doubled and leaked', async () => {
      const queues = await queuesOnOrigin(2);
      await run(entries(queues), brokers);
      for (const queue of queues) await assert.rejects(replicateByHand(pair.replica, queue, pair.origin));
      await run(entries(queues, 'stopped'), brokers);
      assert.deepEqual(await piecesOn(pair.replica, 'any'), []);
    });

    // The embedded brokers share their process with the engine, and have a hundredth of the speed.
    const many = kind === 'qpidd' ? 200 : 40;
    it(`starts ${many}, all in step`, async () => {
      const queues = await queuesOnOrigin(many, 1);
      const results = await run(entries(queues), brokers, { deadline: 60_000, requestDeadline: 30_000 });
      const failures = results.map(({ result }) =>
        result.kind === 'failed' ? result.description.message : '',
      );
      assert.deepEqual(new Set(failures), new Set(['']));
      assert.equal(results.length, many);
      for (const queue of queues) assert.equal(await depth(pair.replica, queue), 1);
      await endAll();
    });

    async function deleteQueue(broker: TestBroker, name: string): Promise<void> {
      const { qmf } = await broker.connection();
      await qmf.call('org.apache.qpid.broker:broker:amqp-broker', 'delete', {
        type: 'queue',
        name,
        options: {},
      });
    }
  });
}

/** Kills a broker at the so-many-th change on it or about it; at the end at the latest. */
function killAt(broker: TestBroker, at: number) {
  let seen = 0;
  let killed: Promise<void> | undefined;
  return {
    onChange(event: EngineEvent) {
      if (event.type !== 'change') return;
      seen += 1;
      if (seen === at) killed ??= broker.stop();
    },
    async done() {
      killed ??= broker.stop();
      await killed;
    },
  };
}
