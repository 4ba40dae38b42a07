import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cutover } from '../../server/replication/cutover';
import type { Accepted } from '../../server/replication/dangers';
import { reverse } from '../../server/replication/reverse';
import { start } from '../../server/replication/start';
import { status } from '../../server/replication/status';
import { stop } from '../../server/replication/stop';
import { breakingAt } from '../support/broken-connections';
import { brokerKinds, startBroker } from '../support/brokers';
import {
  browse,
  consume,
  createQueue,
  depth,
  type EngineOptions,
  engine,
  eventually,
  numbered,
  type Pair,
  piecesOn,
  replicationOf,
  send,
  startPair,
} from '../support/replication';

const none: Accepted = new Set();

for (const kind of brokerKinds) {
  describe(`cutover and reverse, on ${kind} brokers`, () => {
    let pair: Pair;
    let number = 0;
    const fresh = () => `cut.${++number}`;
    before(async () => {
      pair = await startPair(kind);
    });
    after(() => pair.stop());

    async function started(messages = 5, properties = {}): Promise<string> {
      const queue = fresh();
      await createQueue(pair.origin, queue, properties);
      await send(pair.origin, queue, numbered(messages));
      const outcome = await engine((context) => start(replicationOf(queue, pair), context));
      assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
      return queue;
    }

    const cut = (queue: string, accepted = none, options: EngineOptions = {}) =>
      engine((context) => cutover(replicationOf(queue, pair), context, { accepted }), options);
    const turn = (queue: string, accepted = none, options: EngineOptions = {}) =>
      engine(
        (context) =>
          reverse(replicationOf(queue, pair), context, { accepted, discard: false, linkAddress: undefined }),
        options,
      );
    const way = (queue: string) => replicationOf(queue, { origin: pair.replica, replica: pair.origin });

    /** What is sent to the new origin reaches the old one: all messages have ids of their own. */
    async function assertReversed(queue: string, held: readonly string[]) {
      const seen = await engine((context) => status(way(queue), context));
      assert.equal(seen.state, 'in-step', JSON.stringify(seen));
      await send(pair.replica, queue, numbered(3, 'new'));
      const all = [...held, ...numbered(3, 'new')];
      await eventually('all have arrived', async () => (await depth(pair.origin, queue)) === all.length);
      assert.deepEqual(await browse(pair.origin, queue), all);
      assert.deepEqual(await browse(pair.replica, queue), all);
      assert.equal(await depth(pair.replica, `${queue}~usable`), undefined);
      assert.deepEqual(await consume(pair.replica, queue, 1), [all[0]]);
      await eventually('it has left', async () => (await depth(pair.origin, queue)) === all.length - 1);
      await engine((context) => stop(way(queue), context));
    }

    it('moves the work to the replica, and leaves the origin as it is', async () => {
      const queue = await started(20);
      const outcome = await cut(queue);
      assert.ok(outcome.kind === 'cut-over', JSON.stringify(outcome));
      assert.equal(outcome.count, 20);
      assert.deepEqual(outcome.warnings, []);
      assert.deepEqual(await browse(pair.replica, queue), numbered(20));
      assert.deepEqual(await browse(pair.origin, queue), numbered(20));
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      assert.equal(await depth(pair.replica, `${queue}~usable`), undefined);
      assert.deepEqual(await cut(queue), { kind: 'not-running' });
    });

    it('says which limits the new origin has not got', async () => {
      const queue = await started(2, { 'qpid.max_count': 1000 });
      const outcome = await cut(queue);
      assert.ok(outcome.kind === 'cut-over', JSON.stringify(outcome));
      assert.match(outcome.warnings.join(), /has no limits. On node1 it has qpid.max_count=1000/);
    });

    it('refuses while producers are active, and goes on when that is accepted', async () => {
      const queue = await started(20);
      let going = true;
      const producing = (async () => {
        for (let at = 0; going; at += 1) {
          await send(pair.origin, queue, [`p${at}`]);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      const refused = await cut(queue);
      assert.ok(refused.kind === 'refused', JSON.stringify(refused));
      assert.equal(refused.refusal.danger, 'producers-active');
      assert.equal((await piecesOn(pair.replica, queue)).length, 3);
      const outcome = await cut(queue, new Set(['producers-active']));
      going = false;
      await producing;
      assert.ok(outcome.kind === 'cut-over', JSON.stringify(outcome));
      const copies = await browse(pair.replica, queue);
      const originals = await browse(pair.origin, queue);
      assert.deepEqual(copies, originals.slice(0, copies.length));
    });

    it('refuses while clients consume from the origin', async () => {
      const queue = await started(5);
      const receiver = await (await pair.origin.connection()).openReceiver(queue, 'consume');
      const refused = await cut(queue);
      assert.ok(refused.kind === 'refused' && refused.refusal.danger === 'consumers-active');
      const outcome = await cut(queue, new Set(['consumers-active']));
      await receiver.close();
      assert.equal(outcome.kind, 'cut-over', JSON.stringify(outcome));
    });

    it('refuses when the queues differ, and goes on with the replica when that is accepted', async () => {
      const queue = await started(5);
      const receiver = await (await pair.replica.connection()).openReceiver(queue, 'consume');
      await receiver.take(1);
      await receiver.close();
      await send(pair.replica, queue, ['foreign']);
      const refused = await cut(queue, none, { deadline: 300 });
      assert.ok(refused.kind === 'refused', JSON.stringify(refused));
      assert.equal(refused.refusal.danger, 'queues-differ');
      assert.equal((await piecesOn(pair.replica, queue)).length, 3);
      const outcome = await cut(queue, new Set(['queues-differ']), { deadline: 300 });
      assert.ok(outcome.kind === 'cut-over', JSON.stringify(outcome));
      assert.equal(outcome.count, undefined);
      assert.deepEqual(await browse(pair.replica, queue), ['m1', 'm2', 'm3', 'm4', 'foreign']);
    });

    it('takes over from an origin that is dead, when that is accepted', async () => {
      const queue = fresh();
      const mortal = await startBroker(kind, { name: 'mortal' });
      await createQueue(mortal, queue);
      await send(mortal, queue, numbered(4));
      const replication = replicationOf(queue, { origin: mortal, replica: pair.replica });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await mortal.stop();
      const go = (accepted: Accepted) => engine((context) => cutover(replication, context, { accepted }));
      const refused = await go(none);
      assert.ok(refused.kind === 'refused', JSON.stringify(refused));
      assert.equal(refused.refusal.danger, 'origin-unreachable');
      const outcome = await go(new Set(['origin-unreachable']));
      assert.ok(outcome.kind === 'cut-over', JSON.stringify(outcome));
      assert.match(outcome.warnings.join(), /what the replica had not received is not on it/);
      assert.deepEqual(await browse(pair.replica, queue), numbered(4));
    });

    it('has nothing to do where nothing replicates', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const missing = await cut(queue);
      assert.ok(missing.kind === 'refused' && missing.refusal.code === 'no-replica-queue');
      await createQueue(pair.replica, queue);
      assert.deepEqual(await cut(queue), { kind: 'not-running' });
      const turned = await turn(queue);
      assert.ok(
        turned.kind === 'refused' && turned.refusal.code === 'not-replicating',
        JSON.stringify(turned),
      );
    });

    it('reverses a replication, and finds it reversed the second time', async () => {
      const queue = await started(9, { durable: true, 'qpid.max_count': 500 });
      const outcome = await turn(queue);
      assert.ok(outcome.kind === 'reversed', JSON.stringify(outcome));
      assert.equal(outcome.count, 9);
      assert.equal(outcome.aside.count, 9);
      assert.deepEqual(await browse(pair.origin, outcome.aside.queue ?? ''), numbered(9));
      assert.equal((await turn(queue)).kind, 'already-reversed');
      await assertReversed(queue, numbered(9));
    });

    it('reverses there and back again', async () => {
      const queue = await started(6);
      assert.equal((await turn(queue)).kind, 'reversed');
      const back = await engine((context) =>
        reverse(way(queue), context, { accepted: none, discard: true, linkAddress: undefined }),
      );
      assert.ok(back.kind === 'reversed', JSON.stringify(back));
      const seen = await engine((context) => status(replicationOf(queue, pair), context));
      assert.equal(seen.state, 'in-step');
      assert.deepEqual(await browse(pair.replica, queue), numbered(6));
      await engine((context) => stop(replicationOf(queue, pair), context));
    });

    /** Breaks off at each change, one queue each, all at the same time. */
    async function atEachChange(changes: number, attempt: (at: number) => Promise<boolean>) {
      const attempts = Array.from({ length: changes }, (_, index) => attempt(index + 1));
      assert.ok((await Promise.all(attempts)).every((broken) => broken));
    }

    for (const moment of ['before', 'after'] as const) {
      it(`completes a cutover that broke off ${moment} any of its changes`, () =>
        atEachChange(9, async (at) => {
          const queue = await started(6);
          const breaking = breakingAt(at, moment);
          const outcome = await cut(queue, none, breaking);
          assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
          const again = await cut(queue);
          const over = again.kind === 'cut-over' || (again.kind === 'not-running' && at >= 9);
          assert.ok(over, `${at} ${JSON.stringify(again)}`);
          assert.deepEqual(await browse(pair.replica, queue), numbered(6), `${at}`);
          assert.equal(await depth(pair.replica, `${queue}~usable`), undefined);
          return breaking.broken();
        }));

      it(`completes a reversal that broke off ${moment} any of its changes`, () =>
        atEachChange(14, async (at) => {
          const queue = await started(6);
          const breaking = breakingAt(at, moment);
          const outcome = await turn(queue, none, breaking);
          assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
          const again = await turn(queue);
          const done = again.kind === 'reversed' || again.kind === 'already-reversed';
          assert.ok(done, `${at} ${moment}: ${JSON.stringify(again)}`);
          await assertReversed(queue, numbered(6));
          return breaking.broken();
        }));
    }
  });
}
