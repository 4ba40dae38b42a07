import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { connect } from '../../server/amqp/connect';
import type { BrokerRef, Replication } from '../../server/replication/contract';
import type { DangerId } from '../../server/replication/dangers';
import type { DesiredReplication } from '../../server/replication/planning/desired';
import { start } from '../../server/replication/start';
import { stop } from '../../server/replication/stop';
import { watch } from '../../server/replication/watch';
import type { WatchEvent, WatchKind } from '../../server/replication/watching/watch-event';
import { brokerKinds, startBroker } from '../support/brokers';
import { wanted } from '../support/plans';
import {
  browse,
  consume,
  createQueue,
  deletePiece,
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

interface Watching {
  readonly events: readonly WatchEvent[];
  /** Waits for an event of this kind that has not been waited for. */
  next(kind: WatchKind): Promise<WatchEvent>;
  /** Ends the watch; what was never waited for. */
  end(): Promise<readonly WatchKind[]>;
}

interface Options {
  readonly heal?: readonly DangerId[];
  readonly interval?: number;
}

/** A test that fails must not leave its watch running. */
const open = new Set<AbortController>();
afterEach(() => {
  for (const cancel of open) cancel.abort();
  open.clear();
});

function begin(
  desired: readonly DesiredReplication[],
  brokers: readonly BrokerRef[],
  { heal, interval = 300 }: Options = {},
): Watching {
  const cancel = new AbortController();
  open.add(cancel);
  const events: WatchEvent[] = [];
  const seen = new Set<WatchEvent>();
  const running = engine(
    (context) =>
      watch(
        {
          desired,
          brokers,
          interval,
          backOff: { first: 100, longest: 400 },
          ...(heal === undefined ? {} : { heal: new Set(heal) }),
          onEvent: (event) => events.push(event),
        },
        context,
      ),
    { signal: cancel.signal },
  );
  return {
    events,
    async next(kind) {
      const find = () => events.find((event) => event.kind === kind && !seen.has(event));
      await eventually(
        `${kind} is told, after ${JSON.stringify(events.map((event) => event.kind))}`,
        async () => {
          return find() !== undefined;
        },
      );
      const event = find();
      assert.ok(event);
      seen.add(event);
      return event;
    },
    async end() {
      cancel.abort();
      await running;
      return events.filter((event) => !seen.has(event)).map(({ kind }) => kind);
    },
  };
}

for (const kind of brokerKinds) {
  describe(`watch, on ${kind} brokers`, () => {
    let pair: Pair;
    let brokers: readonly BrokerRef[];
    let number = 0;
    before(async () => {
      pair = await startPair(kind);
      brokers = [pair.origin.ref, pair.replica.ref];
    });
    after(() => pair.stop());

    async function running(
      messages = 3,
      ends: Parameters<typeof replicationOf>[1] = pair,
    ): Promise<Replication> {
      const queue = `watch.${++number}`;
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(messages));
      const replication = replicationOf(queue, ends);
      const outcome = await engine((context) => start(replication, context));
      assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
      return replication;
    }
    const stopIt = (replication: Replication) => engine((context) => stop(replication, context));

    it('tells how things are, and then nothing while nothing happens, traffic or not', async () => {
      const replication = await running();
      const watching = begin(wanted([replication]), brokers);
      const first = await watching.next('watching');
      assert.equal(first.message, 'Watching 1 replication, of which 1 runs.');
      for (let round = 0; round < 5; round += 1) {
        await send(pair.origin, replication.queue, numbered(500));
        await consume(pair.origin, replication.queue, 400);
      }
      await new Promise((resolve) => setTimeout(resolve, 1500));
      assert.deepEqual(await watching.end(), []);
      await stopIt(replication);
    });

    it('tells what does not run at the beginning, and when it does', async () => {
      const replication = await running();
      await stopIt(replication);
      await deletePiece(pair.replica, 'queue', replication.queue);
      const watching = begin(wanted([replication]), brokers, { interval: 60_000 });
      assert.match((await watching.next('not-running')).message, /is absent\.$/);
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      assert.match((await watching.next('running')).message, /runs: in step, 3 messages/);
      await stopIt(replication);
      await watching.next('not-running');
      // On a busy machine a look may catch the link in its handshake.
      const rest = (await watching.end()).filter((other) => other !== 'link-down');
      assert.deepEqual(rest, ['watching']);
    });

    it('tells a replication that was stopped, half-stopped, or started by somebody else', async () => {
      const replication = await running();
      const { queue } = replication;
      const watching = begin(wanted([replication]), brokers);
      await watching.next('watching');
      const { bridges } = await viewOf(pair.replica, queue);
      await deletePiece(pair.replica, 'bridge', bridges[0]?.name ?? '');
      const half = await watching.next('half-stopped');
      assert.match(half.next ?? '', /qpidha rebuild --queue watch/);
      assert.deepEqual([half.queue, half.origin, half.replica], [queue, 'node1', 'node2']);
      await stopIt(replication);
      await watching.next('not-running');
      assert.deepEqual(await watching.end(), []);
    });

    it('tells what is wrong beside a replication that runs, once', async () => {
      const replication = await running();
      const watching = begin(wanted([replication]), brokers);
      await watching.next('watching');
      await replicateByHand(pair.replica, replication.queue, pair.origin).catch(() => undefined);
      await send(pair.origin, replication.queue, numbered(5));
      const remark = await watching.next('remark');
      assert.match(remark.message, /runs, and yet: a link that no bridge uses is left over on node2/);
      assert.match(remark.next ?? '', /qpidha start --queue/);
      await engine((context) => start(replication, context));
      await watching.next('running');
      assert.deepEqual(await watching.end(), []);
      await stopIt(replication);
    });

    it('tells an origin queue that was deleted, and created anew', async () => {
      const replication = await running();
      const watching = begin(wanted([replication]), brokers);
      await watching.next('watching');
      await deletePiece(pair.origin, 'queue', replication.queue);
      assert.match((await watching.next('queue-deleted')).message, /lost its queue on node1/);
      await watching.next('stale');
      await createQueue(pair.origin, replication.queue);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.deepEqual(
        (await watching.end()).filter((event) => event !== 'queue-recreated'),
        [],
      );
      await stopIt(replication);
    });

    it('tells who reads from a replica or sends to it, and how much', async () => {
      const replication = await running(10);
      const { queue } = replication;
      const watching = begin(wanted([replication]), brokers);
      await watching.next('watching');
      const shop = await connect({ ...pair.replica.ref, containerId: 'shop' });
      const receiver = await shop.openReceiver(queue, 'consume');
      const attached = await watching.next('foreign-traffic');
      assert.match(attached.message, /a client \(shop\) reads from the replica/);
      assert.equal((await receiver.take(2)).length, 2);
      const taken = await watching.next('foreign-consumer');
      assert.match(taken.message, /lost 2 messages to clients that consume from the replica/);
      await receiver.close();
      await watching.next('diverged');
      await shop.close();
      await watching.end();
      await stopIt(replication);
    });

    it('tells messages that came to a replica from elsewhere, though their sender has gone', async () => {
      const replication = await running(10);
      const watching = begin(wanted([replication]), brokers);
      await watching.next('watching');
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await send(pair.replica, replication.queue, numbered(3, 'foreign'));
      const brought = await watching.next('foreign-producer');
      assert.match(brought.message, /got 3 messages on the replica from somebody else than node1/);
      await watching.next('diverged');
      await watching.end();
      await stopIt(replication);
    });

    it('survives the restart of an origin, and tells it', async () => {
      const queue = `watch.${++number}`;
      const first = await startBroker(kind, { name: 'mortal' });
      await createQueue(first, queue);
      await send(first, queue, numbered(3, 'old'));
      const replication = replicationOf(queue, { origin: first, replica: pair.replica });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      const watching = begin(wanted([replication]), [first.ref, pair.replica.ref]);
      await watching.next('watching');
      await first.stop();
      const gone = await watching.next('broker-gone');
      assert.deepEqual([gone.broker, gone.severity], ['mortal', 'error']);
      await watching.next('link-down');
      const second = await startBroker(kind, { name: 'mortal', port: first.port });
      await createQueue(second, queue);
      await send(second, queue, numbered(3, 'new'));
      await watching.next('broker-back');
      assert.match(
        (await watching.next('origin-restarted')).message,
        /mortal, the origin of 1 replication, has been/,
      );
      assert.match((await watching.next('stale')).next ?? '', /qpidha rebuild/);
      assert.deepEqual(
        (await watching.end()).filter((event) => event !== 'running' && event !== 'link-down'),
        [],
      );
      await stopIt(replication);
      await second.stop();
    });

    it('survives the restart of a replica broker, and tells it', async () => {
      const mortal = await startBroker(kind, { name: 'mortal' });
      const replication = await running(3, { origin: pair.origin, replica: mortal });
      const watching = begin(wanted([replication]), [pair.origin.ref, mortal.ref]);
      await watching.next('watching');
      await mortal.stop();
      await watching.next('broker-gone');
      const again = await startBroker(kind, { name: 'mortal', port: mortal.port });
      await watching.next('broker-back');
      assert.match((await watching.next('replica-restarted')).message, /holds the replicas of 1 replication/);
      await watching.next('not-running');
      assert.deepEqual(await watching.end(), []);
      await again.stop();
    });

    it('waits for a broker that is not there at the beginning', async () => {
      const gone = await startBroker(kind, { name: 'late' });
      await gone.stop();
      const queue = `watch.${++number}`;
      await createQueue(pair.origin, queue);
      const replication = replicationOf(queue, { origin: pair.origin, replica: gone });
      const watching = begin(wanted([replication]), [pair.origin.ref, gone.ref]);
      await watching.next('broker-gone');
      const late = await startBroker(kind, { name: 'late', port: gone.port });
      await watching.next('broker-back');
      await watching.next('not-running');
      assert.deepEqual(await watching.end(), ['watching']);
      await late.stop();
    });

    it('tells what runs although the manifest wants it stopped', async () => {
      const replication = await running();
      const watching = begin(wanted([replication], 'stopped'), brokers);
      assert.match((await watching.next('not-stopped')).message, /the manifest wants it stopped/);
      assert.deepEqual(await watching.end(), ['watching']);
      await stopIt(replication);
    });

    it('heals what was stopped, when the replica is empty', async () => {
      const replication = await running(0);
      const watching = begin(wanted([replication]), brokers, { heal: [] });
      await watching.next('watching');
      await stopIt(replication);
      await watching.next('healing');
      assert.match((await watching.next('healed')).message, /was started again: .* in step/);
      assert.equal((await piecesOn(pair.replica, replication.queue)).length, 3);
      assert.deepEqual(
        (await watching.end()).filter((event) => event !== 'not-running'),
        [],
      );
      await stopIt(replication);
    });

    it('refuses to heal what would drop messages, once, and does it where that is accepted', async () => {
      const replication = await running(4);
      await stopIt(replication);
      const refusing = begin(wanted([replication]), brokers, { heal: [] });
      const refused = await refusing.next('heal-refused');
      assert.match(refused.message, /is not started again: .*holds 4 messages/);
      assert.match(refused.next ?? '', /Or accept the danger: --rebuild/);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.deepEqual([...(await refusing.end())].sort(), ['not-running', 'watching']);
      assert.deepEqual(await browse(pair.replica, replication.queue), numbered(4));
      const healing = begin(wanted([replication]), brokers, { heal: ['replaced-content'] });
      await healing.next('healed');
      await healing.end();
      assert.deepEqual(await browse(pair.replica, replication.queue), numbered(4));
      await stopIt(replication);
    });

    it('heals all replications of a replica broker that came back empty', async () => {
      const mortal = await startBroker(kind, { name: 'mortal' });
      const replications: Replication[] = [];
      for (let index = 0; index < 5; index += 1) {
        replications.push(await running(3, { origin: pair.origin, replica: mortal }));
      }
      const watching = begin(wanted(replications), [pair.origin.ref, mortal.ref], { heal: [] });
      await watching.next('watching');
      await mortal.stop();
      await watching.next('broker-gone');
      const again = await startBroker(kind, { name: 'mortal', port: mortal.port });
      for (const _replication of replications) await watching.next('healed');
      for (const { queue } of replications) assert.deepEqual(await browse(again, queue), numbered(3));
      await watching.end();
      await again.stop();
    });

    if (kind === 'qpidd') {
      it('tells a link that has failed for good', async () => {
        const replication = await running();
        const watching = begin(wanted([replication]), brokers);
        await watching.next('watching');
        const { qmf } = await pair.origin.connection();
        for (const { name, values } of await qmf.objects('connection')) {
          if (values.protocol === 'AMQP 0-10') await qmf.call(name, 'close', {});
        }
        const failed = await watching.next('link-failed');
        assert.match(failed.message, /is failed: .*[Cc]losed by [Mm]anagement/);
        await watching.end();
        await stopIt(replication);
      });

      it('lives with a broker that hangs', async () => {
        const frozen = await startBroker(kind, { name: 'frozen' });
        const replication = await running(1, { origin: pair.origin, replica: frozen });
        const watching = begin(wanted([replication]), [pair.origin.ref, frozen.ref]);
        await watching.next('watching');
        frozen.freeze?.();
        assert.match((await watching.next('broker-gone')).message, /frozen cannot be asked/);
        frozen.thaw?.();
        await watching.next('broker-back');
        await watching.end();
        await frozen.stop();
      });
    }
  });
}
