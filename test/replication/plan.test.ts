import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseEndpoint } from '../../server/address/endpoint';
import type { BrokerRef, Replication } from '../../server/replication/contract';
import { cutover } from '../../server/replication/cutover';
import { makePlan } from '../../server/replication/plan';
import type { DesiredReplication } from '../../server/replication/planning/desired';
import { type Plan, type PlanStep, verdictOf } from '../../server/replication/planning/plan-step';
import { changesSince, loadPlan, savePlan } from '../../server/replication/planning/saved-plan';
import { rebuild } from '../../server/replication/rebuild';
import { start } from '../../server/replication/start';
import { stop } from '../../server/replication/stop';
import { brokerKinds, startBroker, toRef } from '../support/brokers';
import { wanted } from '../support/plans';
import {
  createQueue,
  deletePiece,
  engine,
  numbered,
  type Pair,
  replicateByHand,
  replicationOf,
  send,
  startPair,
  viewOf,
} from '../support/replication';

for (const kind of brokerKinds) {
  describe(`plan, on ${kind} brokers`, () => {
    let pair: Pair;
    let brokers: readonly BrokerRef[];
    let number = 0;
    const fresh = () => `plan.${++number}`;
    before(async () => {
      pair = await startPair(kind);
      brokers = [pair.origin.ref, pair.replica.ref];
    });
    after(() => pair.stop());

    const plan = (
      desired: readonly DesiredReplication[],
      { prune = false, on = brokers }: { prune?: boolean; on?: readonly BrokerRef[] } = {},
    ): Promise<Plan> =>
      engine((context) => makePlan({ desired, brokers: on, unwanted: prune ? 'stop' : 'tell' }, context));
    const run = async (replication: Replication) =>
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
    const end = (replication: Replication) => engine((context) => stop(replication, context));
    const firstOf = ({ steps }: Plan): PlanStep => {
      assert.ok(steps[0]);
      return steps[0].step;
    };

    it('starts what is wanted and missing, and tells every change', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const made = await plan(wanted([replicationOf(queue, pair)]));
      assert.equal(verdictOf(made), 'changes-pending');
      const step = firstOf(made);
      assert.deepEqual([step.action, step.state, step.danger], ['start', 'absent', undefined]);
      assert.deepEqual(step.changes, [
        `create the queue "${queue}" on node2, without limits`,
        `replicate "${queue}" from node1 to node2`,
      ]);
    });

    it('has nothing to do where all is as wanted, running and stopped', async () => {
      const [running, stopped] = [fresh(), fresh()].map((queue) => replicationOf(queue, pair));
      assert.ok(running && stopped);
      await createQueue(pair.origin, running.queue);
      await run(running);
      const made = await plan([...wanted([running]), ...wanted([stopped], 'stopped')]);
      assert.deepEqual(
        made.steps.map(({ step }) => step.action),
        ['nothing', 'nothing'],
      );
      assert.equal(verdictOf(made), 'nothing-to-do');
      await end(running);
    });

    it('stops what runs and is wanted stopped, and nothing else of the queue', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const replication = replicationOf(queue, pair);
      await run(replication);
      const elsewhere = replicationOf(queue, { origin: toRef('gone', 1), replica: pair.replica });
      const made = await plan([...wanted([elsewhere, replication], 'stopped')]);
      assert.deepEqual(
        made.steps.map(({ step }) => step.action),
        ['nothing', 'stop'],
      );
      await end(replication);
    });

    it('does nothing about entries that contradict each other, and says which', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue);
      const there = replicationOf(queue, pair);
      const back = replicationOf(queue, { origin: pair.replica, replica: pair.origin });
      const alias = { name: 'alias', endpoint: toRef('alias', 1).endpoint };
      const elsewhere = { ...there, origin: alias };
      const decided = async (desired: readonly DesiredReplication[]) =>
        (await plan(desired)).steps.map(({ step }) => [step.action, step.reason] as const);
      const cases: readonly [readonly DesiredReplication[], action: string, reason: RegExp][] = [
        [wanted([there, back]), 'blocked', /in a circle, node\d → node\d → node\d/],
        [
          [...wanted([there]), ...wanted([there], 'stopped')],
          'blocked',
          /one entry wants it running, and another wants it stopped/,
        ],
        [wanted([there, elsewhere]), 'blocked', /another entry wants the queue on node2 to be a replica of/],
      ];
      for (const [desired, action, reason] of cases) {
        for (const [seen, why] of await decided(desired)) {
          assert.equal(seen, action, why);
          assert.match(why, reason);
        }
      }
      assert.deepEqual(
        (await decided(wanted([there, there]))).map(([action]) => action),
        ['start', 'nothing'],
      );
      assert.deepEqual(
        (await decided([...wanted([there]), ...wanted([back], 'stopped')])).map(([action]) => action),
        ['start', 'nothing'],
      );
    });

    it('knows a circle by who the brokers are, not by what they are called', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue);
      const parsed = parseEndpoint(`localhost:${pair.origin.port}`);
      assert.ok(parsed.ok);
      const alias: BrokerRef = { name: 'alias', endpoint: parsed.endpoint };
      const there = replicationOf(queue, pair);
      const back: Replication = { queue, origin: pair.replica.ref, replica: alias, create: 'if-missing' };
      const made = await plan(wanted([there, back]), { on: [...brokers, alias] });
      for (const { step } of made.steps) assert.match(step.reason, /in a circle/);
    });

    it('leaves a queue to which the work was cut over to whom it serves', async () => {
      for (const messages of [0, 3]) {
        const queue = fresh();
        await createQueue(pair.origin, queue);
        await send(pair.origin, queue, numbered(messages));
        const replication = replicationOf(queue, pair);
        await run(replication);
        const moved = await engine((context) => cutover(replication, context, { accepted: new Set() }));
        assert.equal(moved.kind, 'cut-over');
        const step = firstOf(await plan(wanted([replication])));
        assert.equal(step.action, 'blocked');
        assert.match(step.reason, /was created anew to be an origin itself/);
        const rebuilt = await engine((context) =>
          rebuild(replication, context, { accepted: new Set(), discard: false }),
        );
        assert.equal(rebuilt.kind, 'rebuilt', JSON.stringify(rebuilt));
        await end(replication);
        assert.notEqual(firstOf(await plan(wanted([replication]))).action, 'blocked');
      }
    });

    it('names the danger where the replica queue holds messages', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue);
      await send(pair.replica, queue, numbered(3));
      const step = firstOf(await plan(wanted([replicationOf(queue, pair)])));
      assert.deepEqual([step.action, step.danger], ['rebuild', 'replaced-content']);
      assert.match(step.reason, /holds 3 messages, and only an empty one is a correct start/);
      assert.match(step.changes.join('\n'), /^move 3 messages of .* aside$/m);
    });

    it('clears what is left over of an unclean stop', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const replication = replicationOf(queue, pair);
      await run(replication);
      const { bridges } = await viewOf(pair.replica, queue);
      await deletePiece(pair.replica, 'bridge', bridges[0]?.name ?? '');
      const step = firstOf(await plan(wanted([replication])));
      assert.deepEqual([step.action, step.state], ['start', 'half-stopped']);
      assert.match(step.changes[0] ?? '', /^delete the replicator qpid.ha-q:.* on node2$/);
      await end(replication);
    });

    it('is blocked where start would refuse, and says why and what to do', async () => {
      const step = firstOf(await plan(wanted([replicationOf(fresh(), pair)])));
      assert.equal(step.action, 'blocked');
      assert.match(step.reason, /^node1 has no queue ".*"$/);
      assert.match(step.next ?? '', /create the queue on node1 first/);
    });

    it('is blocked where a broker cannot be asked, and only there', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const gone = toRef('gone', 1);
      const made = await plan(
        wanted([
          replicationOf(queue, pair),
          replicationOf(fresh(), { origin: gone, replica: pair.replica }),
          replicationOf(queue, { origin: pair.origin, replica: gone }),
        ]),
        { on: [...brokers, gone] },
      );
      assert.deepEqual(
        made.steps.map(({ step }) => step.action),
        ['start', 'blocked', 'blocked'],
      );
      assert.equal(verdictOf(made), 'blocked');
    });

    it('finds what no manifest wants, and ends it only when told to prune', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const replication = replicationOf(queue, pair);
      await run(replication);
      const idle = await plan([]);
      assert.deepEqual(
        idle.steps.map(({ step }) => [step.action, step.queue, step.origin]),
        [['nothing', queue, 'node1']],
      );
      assert.match(idle.steps[0]?.step.next ?? '', /--prune/);
      const pruned = firstOf(await plan([], { prune: true }));
      assert.deepEqual([pruned.action, pruned.danger], ['stop', 'unwanted-replication']);
      const renamed = { ...pair.replica.ref, name: 'another name' };
      const twice = await plan([], { prune: true, on: [...brokers, renamed] });
      assert.equal(twice.steps.length, 1);
      const both = await plan(wanted([replication]), { prune: true });
      assert.deepEqual(
        both.steps.map(({ step }) => step.action),
        ['nothing'],
      );
      await end(replication);
    });

    it('turns a direction round: the way back starts when the way there has ended', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const forth = replicationOf(queue, pair);
      await run(forth);
      const back = replicationOf(queue, { origin: pair.replica, replica: pair.origin });
      assert.equal(firstOf(await plan(wanted([back]))).action, 'blocked');
      const made = await plan([...wanted([back]), ...wanted([forth], 'stopped')]);
      assert.deepEqual(
        made.steps.map(({ step }) => step.action),
        ['start', 'stop'],
      );
      await end(forth);
    });

    it('counts the connections that all its starts together need', async () => {
      const tight = await startBroker(kind, { name: 'tight', maxConnections: 8 });
      const replications = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const queue = fresh();
          await createQueue(pair.origin, queue);
          return replicationOf(queue, { origin: pair.origin, replica: tight });
        }),
      );
      const made = await plan(wanted(replications), { on: [...brokers, tight.ref] });
      const actions = made.steps.map(({ step }) => step.action);
      const started = actions.filter((action) => action === 'start').length;
      assert.ok(started >= 4 && started <= 6, `${started}`);
      const blocked = made.steps.find(({ step }) => step.action === 'blocked')?.step;
      assert.match(blocked?.reason ?? '', /tight has \d of 8 connections in use/);
      await tight.stop();
    });

    it('is saved without secrets, and known to be outdated when the world has changed', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const replication = {
        ...replicationOf(queue, pair),
        linkAddress: `ha/hunter2@127.0.0.1:${pair.origin.port}`,
      };
      const made = await plan(wanted([replication]));
      const text = JSON.stringify(savePlan(made));
      assert.doesNotMatch(text, /hunter2/);
      const loaded = loadPlan(text);
      assert.ok(loaded.ok);
      const again = () => engine((context) => makePlan(loaded.request, context));
      assert.deepEqual(changesSince(loaded.saved, await again()), []);
      await send(pair.origin, queue, numbered(5));
      assert.deepEqual(changesSince(loaded.saved, await again()), []);
      await createQueue(pair.replica, queue);
      const created = changesSince(loaded.saved, await again());
      assert.equal(created.length, 1);
      assert.match(created[0] ?? '', /^the queue ".*" on node2 was missing, and is created .*, empty$/);
      await replicateByHand(pair.replica, queue, pair.origin);
      assert.match(changesSince(loaded.saved, await again()).join('\n'), /and is running$/m);
      await end(replication);
    });

    it('knows a restarted broker', async () => {
      const queue = fresh();
      const first = await startBroker(kind, { name: 'mortal' });
      await createQueue(first, queue);
      const replication = replicationOf(queue, { origin: first, replica: pair.replica });
      const on = [first.ref, pair.replica.ref];
      const saved = savePlan(await plan(wanted([replication]), { on }));
      await first.stop();
      const dead = changesSince(saved, await plan(wanted([replication]), { on }));
      assert.match(dead.join('\n'), /^broker mortal was standalone .* and is not to be asked/m);
      const second = await startBroker(kind, { name: 'mortal', port: first.port });
      await createQueue(second, queue);
      const restarted = changesSince(saved, await plan(wanted([replication]), { on }));
      assert.match(restarted.join('\n'), /^broker mortal was .*, and is .* started /m);
      await second.stop();
    });
  });
}

describe('a saved plan', () => {
  it('is refused when it is none, or was edited', async () => {
    const made = await engine((context) => makePlan({ desired: [], brokers: [], unwanted: 'tell' }, context));
    const saved = savePlan(made);
    for (const [text, reason] of [
      ['{', /is no JSON/],
      ['[]', /is no plan/],
      ['null', /is no plan/],
      ['{"qpidhaPlan":7}', /another version/],
      [JSON.stringify({ ...saved, unwanted: 'stop' }), /changed by hand/],
      [JSON.stringify({ ...saved, brokers: 7 }), /changed by hand/],
      ['{"qpidhaPlan":1}', /changed by hand/],
    ] as const) {
      const loaded = loadPlan(text);
      assert.ok(!loaded.ok);
      assert.match(loaded.reason, reason);
    }
    assert.ok(loadPlan(JSON.stringify(saved)).ok);
  });
});
