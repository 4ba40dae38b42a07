import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect } from '../../server/amqp/connect';
import type { Replication, ReplicationStatus } from '../../server/replication/contract';
import { start } from '../../server/replication/start';
import { status, statusOfReplica } from '../../server/replication/status';
import { stop } from '../../server/replication/stop';
import { brokerKinds, startBroker, toRef } from '../support/brokers';
import {
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

function look(replication: Replication): Promise<ReplicationStatus> {
  return engine((context) => status(replication, context));
}

for (const kind of brokerKinds) {
  describe(`status, on ${kind} brokers`, () => {
    let pair: Pair;
    let number = 0;
    const fresh = () => `status.${++number}`;
    before(async () => {
      pair = await startPair(kind);
    });
    after(() => pair.stop());

    async function started(
      messages = 5,
      brokers: Parameters<typeof replicationOf>[1] = pair,
    ): Promise<Replication> {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(messages));
      const replication = replicationOf(queue, brokers);
      const outcome = await engine((context) => start(replication, context));
      assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
      return replication;
    }

    const end = (replication: Replication) => engine((context) => stop(replication, context));

    it('tells that nothing is there', async () => {
      const seen = await look(replicationOf(fresh(), pair));
      assert.equal(seen.state, 'absent');
      assert.equal(seen.originDepth, undefined);
      assert.equal(seen.replicaDepth, undefined);
      assert.deepEqual(seen.links, []);
    });

    it('tells a replication in step, with both depths and the link', async () => {
      const replication = await started(7);
      const seen = await look(replication);
      assert.equal(seen.state, 'in-step');
      assert.deepEqual([seen.originDepth, seen.replicaDepth, seen.lag], [7, 7, 0]);
      assert.deepEqual([seen.origin, seen.replica], ['node1', 'node2']);
      assert.equal(seen.links[0]?.state, 'Operational');
      assert.equal(seen.links[0]?.address, `127.0.0.1:${pair.origin.port}`);
      await end(replication);
      assert.equal((await look(replication)).state, 'absent');
    });

    it('calls a replication under traffic healthy', async () => {
      const replication = await started(0);
      const producing = send(pair.origin, replication.queue, numbered(20_000));
      const states = new Set<string>();
      let over = false;
      producing.finally(() => {
        over = true;
      });
      while (!over) states.add((await look(replication)).state);
      await producing;
      for (const state of states) assert.ok(state === 'in-step' || state === 'catching-up', state);
      await end(replication);
    });

    it('tells that the link cannot reach the origin', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue);
      const { qmf } = await pair.replica.connection();
      await qmf.call('org.apache.qpid.ha:habroker:ha-broker', 'replicate', { broker: '127.0.0.1:1', queue });
      await eventually('refused', async () =>
        (await viewOf(pair.replica, queue)).links.some(({ lastError }) => lastError !== ''),
      );
      const seen = await look(replicationOf(queue, pair));
      assert.equal(seen.state, 'connecting');
      assert.match(seen.cause ?? '', /127.0.0.1:1 is (Waiting|Connecting).*[Cc]onnection refused/);
      assert.match(seen.next ?? '', /node2 can reach 127.0.0.1:1/);
      await engine((context) => stop({ queue, replica: pair.replica.ref }, context));
    });

    it('tells that the origin cannot be asked', async () => {
      const replication = await started();
      const seen = await look({ ...replication, origin: toRef('gone', 1) });
      assert.equal(seen.state, 'unverified');
      assert.equal(seen.originError?.kind, 'unreachable');
      assert.equal(seen.replicaDepth, 5);
      assert.equal(seen.lag, undefined);
      await end(replication);
    });

    it('fails when the replica broker cannot be asked', async () => {
      const gone = toRef('gone', 1);
      const replication = replicationOf(fresh(), { origin: pair.origin, replica: gone });
      await assert.rejects(look(replication), { name: 'BrokerError', kind: 'unreachable', broker: 'gone' });
      await assert.rejects(
        engine((context) => statusOfReplica(gone, context)),
        { kind: 'unreachable' },
      );
    });

    it('tells half of a replicator, by what is left of it', async () => {
      for (const [type, cause] of [
        ['bridge', /is there without its bridge/],
        ['link', /is there without its bridge/],
        ['exchange', /without its replicator/],
      ] as const) {
        const replication = await started();
        const { bridges } = await viewOf(pair.replica, replication.queue);
        const names = {
          bridge: bridges[0]?.name,
          link: bridges[0]?.link,
          exchange: `qpid.ha-q:${replication.queue}`,
        };
        await deletePiece(pair.replica, type, names[type] ?? '');
        const seen = await look(replication);
        assert.equal(seen.state, 'half-stopped', `${type}: ${seen.cause}`);
        assert.match(seen.cause ?? '', cause);
        assert.match(seen.next ?? '', /`qpidha rebuild --queue status\.\d+ --origin 127/);
        const found = await engine((context) => statusOfReplica(pair.replica.ref, context));
        assert.deepEqual(
          found.map(({ queue, state }) => [queue, state]),
          [[replication.queue, 'half-stopped']],
        );
        await end(replication);
      }
    });

    it('tells two bridges on one replicator', async () => {
      const replication = await started();
      await deletePiece(pair.replica, 'exchange', `qpid.ha-q:${replication.queue}`);
      await replicateByHand(pair.replica, replication.queue, pair.origin);
      const seen = await look(replication);
      assert.equal(seen.state, 'doubled');
      assert.equal(seen.links.length, 2);
      await end(replication);
    });

    it('tells a link left over by a second replicate', async () => {
      const replication = await started();
      await assert.rejects(replicateByHand(pair.replica, replication.queue, pair.origin));
      assert.equal((await look(replication)).state, 'in-step');
      const { bridges } = await viewOf(pair.replica, replication.queue);
      for (const piece of ['bridge', 'exchange', 'link'] as const) {
        const name = {
          bridge: bridges[0]?.name,
          link: bridges[0]?.link,
          exchange: `qpid.ha-q:${replication.queue}`,
        };
        await deletePiece(pair.replica, piece, name[piece] ?? '');
      }
      await eventually('one link is left', async () => (await piecesOn(pair.replica, 'x')).length === 1);
      const seen = await look(replication);
      assert.equal(seen.state, 'absent');
      assert.match(seen.cause ?? '', /a link is left over on node2/);
      await end(replication);
    });

    it('tells an origin queue that was created anew', async () => {
      const replication = await started();
      await deletePiece(pair.origin, 'queue', replication.queue);
      await eventually(
        'the replica is emptied',
        async () => (await depth(pair.replica, replication.queue)) === 0,
      );
      const deleted = await look(replication);
      assert.equal(deleted.state, 'stale', deleted.cause);
      assert.match(deleted.cause ?? '', /has been deleted on node1/);
      await createQueue(pair.origin, replication.queue);
      await send(pair.origin, replication.queue, ['new']);
      const seen = await look(replication);
      assert.equal(seen.state, 'stale', seen.cause);
      assert.match(seen.cause ?? '', /was created anew on node1/);
      // The replica is empty: starting again is the cure, and needs no stop.
      const outcome = await engine((context) => start(replication, context));
      assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
      assert.equal(await depth(pair.replica, replication.queue), 1);
      await end(replication);
    });

    it('tells an origin broker that was restarted, and refuses to go on from there', async () => {
      const queue = fresh();
      const first = await startBroker(kind, { name: 'mortal' });
      const { port } = first;
      await createQueue(first, queue);
      await send(first, queue, numbered(3, 'old'));
      const replication = replicationOf(queue, { origin: first, replica: pair.replica });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await first.stop();
      const dead = await look(replication);
      assert.ok(dead.state === 'connecting' || dead.state === 'unverified', dead.state);
      assert.equal(dead.originError?.kind, 'unreachable');
      assert.equal(dead.replicaDepth, 3);

      const second = await startBroker(kind, { name: 'mortal', port });
      await createQueue(second, queue);
      await send(second, queue, numbered(3, 'new'));
      await eventually('the link is up again', async () => (await look(replication)).state === 'stale');
      assert.match((await look(replication)).cause ?? '', /mortal has been restarted/);
      const outcome = await engine((context) => start(replication, context));
      assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
      assert.equal(outcome.refusal.code, 'unfinished-replicator');

      assert.equal((await end(replication)).kind, 'stopped');
      await consume(pair.replica, queue, 10);
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      assert.equal((await look(replication)).state, 'in-step');
      await end(replication);
      await second.stop();
    });

    it('tells a replication without its queue after the restart of the origin', async () => {
      const queue = fresh();
      const first = await startBroker(kind, { name: 'mortal' });
      await createQueue(first, queue);
      const replication = replicationOf(queue, { origin: first, replica: pair.replica });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await first.stop();
      const second = await startBroker(kind, { name: 'mortal', port: first.port });
      await eventually(
        'the replicator has ended itself',
        async () => (await viewOf(pair.replica, queue)).replicator === 'absent',
      );
      const seen = await look(replication);
      assert.equal(seen.state, 'absent');
      assert.match(seen.cause ?? '', /left over/);
      await end(replication);
      await second.stop();
    });

    it('tells a replica that holds or lacks messages of its own', async () => {
      const replication = await started();
      await send(pair.replica, replication.queue, ['foreign']);
      const more = await look(replication);
      assert.equal(more.state, 'diverged', more.cause);
      assert.match(more.cause ?? '', /holds 1 message more than node1/);
      await consume(pair.replica, replication.queue, 3);
      const less = await look(replication);
      assert.ok(less.state === 'diverged' || less.state === 'stalled', less.cause);
      assert.match(less.cause ?? '', /lacks 2 messages/);
      assert.equal(less.lag, 2);
      await end(replication);
    });

    it('tells who reads from a replica or sends to it, and is silent about our own tools', async () => {
      const replication = await started();
      const { queue } = replication;
      const own = await (await pair.replica.connection()).openReceiver(queue, 'browse');
      assert.equal((await look(replication)).state, 'in-step');
      await own.close();
      const shop = await connect({ ...pair.replica.ref, containerId: 'shop' });
      const receiver = await shop.openReceiver(queue, 'consume');
      const read = await look(replication);
      assert.equal(read.state, 'foreign-traffic', read.cause);
      assert.match(
        read.cause ?? '',
        /^a client \(shop\) reads from the replica: what is taken is missing there/,
      );
      assert.match(read.next ?? '', /^Move them to node1\. Look again/);
      assert.equal((await receiver.take(2)).length, 2);
      const taken = await look(replication);
      assert.match(taken.cause ?? '', /reads from the replica.*; the replica lacks 2 messages/);
      await receiver.close();
      const after = await look(replication);
      assert.equal(after.state, 'diverged', after.cause);
      assert.match(after.cause ?? '', /clients have taken 2 messages from it/);
      const sender = await shop.openSender(queue);
      const sent = await look(replication);
      assert.equal(sent.state, 'foreign-traffic', sent.cause);
      assert.match(sent.cause ?? '', /a client \(shop\) sends to the replica: that is not on node1/);
      await sender.close();
      await shop.close();
      await end(replication);
    });

    it('tells a broker that has hardly a connection to spare', async () => {
      const queue = fresh();
      const tight = await startBroker(kind, { name: 'tight', maxConnections: 6 });
      await createQueue(pair.origin, queue);
      const replication = replicationOf(queue, { origin: pair.origin, replica: tight });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      const roomy = await look(replication);
      assert.deepEqual([roomy.state, roomy.cause], ['in-step', undefined]);
      const others = [];
      for (let index = 0; index < 3; index += 1) others.push(await connect(tight.ref));
      const seen = await look(replication);
      assert.equal(seen.state, 'in-step');
      assert.match(
        seen.cause ?? '',
        /^tight has [56] of 6 connections in use: at the limit nobody can log in/,
      );
      assert.match(seen.next ?? '', /max-connections/);
      for (const other of others) await other.close();
      await tight.stop();
    });

    it('tells an origin without HA', async () => {
      const queue = fresh();
      const plain = await startBroker(kind, { name: 'plain', queueReplication: false });
      await createQueue(plain, queue);
      await createQueue(pair.replica, queue);
      await send(plain, queue, numbered(2));
      await replicateByHand(pair.replica, queue, plain);
      await eventually('copied', async () => (await depth(pair.replica, queue)) === 2);
      const replication = replicationOf(queue, { origin: plain, replica: pair.replica });
      const seen = await look(replication);
      assert.equal(seen.state, 'origin-without-ha');
      assert.match(seen.next ?? '', /ha-queue-replication=yes on plain/);
      await end(replication);
      await plain.stop();
    });

    it('tells that the replica is fed by another origin', async () => {
      const third = await startBroker(kind, { name: 'node3' });
      const replication = await started();
      const seen = await look({ ...replication, origin: third.ref });
      assert.equal(seen.state, 'absent');
      assert.match(seen.cause ?? '', new RegExp(`from 127.0.0.1:${pair.origin.port} instead`));
      await end(replication);
      await third.stop();
    });

    it('finds every replication of a replica broker', async () => {
      const replications = [await started(1), await started(2), await started(3)];
      const found = await engine((context) => statusOfReplica(pair.replica.ref, context));
      assert.deepEqual(
        found.map(({ queue, state, replicaDepth, origin }) => [queue, state, replicaDepth, origin]).sort(),
        replications.map(({ queue }, index) => [
          queue,
          'in-step',
          index + 1,
          `127.0.0.1:${pair.origin.port}`,
        ]),
      );
      for (const replication of replications) await end(replication);
      assert.deepEqual(await engine((context) => statusOfReplica(pair.replica.ref, context)), []);
    });

    it('finds the replications of a dead origin too', async () => {
      const queue = fresh();
      const mortal = await startBroker(kind, { name: 'mortal' });
      await createQueue(mortal, queue);
      const replication = replicationOf(queue, { origin: mortal, replica: pair.replica });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await mortal.stop();
      await eventually(
        'the link is down',
        async () => (await viewOf(pair.replica, queue)).links[0]?.state !== 'Operational',
      );
      const [seen] = await engine((context) => statusOfReplica(pair.replica.ref, context));
      assert.equal(seen?.state, 'connecting');
      assert.equal(seen?.originError?.kind, 'unreachable');
      await end(replication);
    });

    if (kind === 'qpidd') {
      it('tells a link that has failed for good', async () => {
        const replication = await started();
        const { qmf } = await pair.origin.connection();
        for (const { name, values } of await qmf.objects('connection')) {
          if (values.protocol === 'AMQP 0-10') await qmf.call(name, 'close', {});
        }
        await eventually('failed', async () => (await look(replication)).state === 'failed');
        const seen = await look(replication);
        assert.match(seen.cause ?? '', /is Failed: .*[Cc]losed by [Mm]anagement/);
        assert.match(seen.next ?? '', /qpidha rebuild/);
        await end(replication);
      });

      it('tells a copy that flow control has brought to a halt', async () => {
        const queue = fresh();
        await createQueue(pair.origin, queue);
        await createQueue(pair.replica, queue, {
          'qpid.max_count': 100_000,
          'qpid.flow_stop_count': 50,
          'qpid.flow_resume_count': 10,
        });
        await send(pair.origin, queue, numbered(3000));
        await replicateByHand(pair.replica, queue, pair.origin);
        await eventually(
          'it stands',
          async () => (await look(replicationOf(queue, pair))).state === 'stalled',
        );
        assert.match((await look(replicationOf(queue, pair))).cause ?? '', /lacks .* and nothing moves/);
        await engine((context) => stop(replicationOf(queue, pair), context));
      });
    }
  });
}
