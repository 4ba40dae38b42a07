import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RefusalCode, Replication } from '../../server/replication/contract';
import { start } from '../../server/replication/start';
import { stop } from '../../server/replication/stop';
import { brokerKinds, startBroker, type TestBroker, toRef } from '../support/brokers';
import {
  createQueue,
  deletePiece,
  depth,
  engine,
  numbered,
  type Pair,
  piecesOn,
  replicateByHand,
  replicationOf,
  send,
  startPair,
} from '../support/replication';

for (const kind of brokerKinds) {
  describe(`refusals of a start, on ${kind} brokers`, () => {
    let pair: Pair;
    let plain: TestBroker;
    let third: TestBroker;
    let number = 0;
    const fresh = () => `refused.${++number}`;
    before(async () => {
      pair = await startPair(kind);
      plain = await startBroker(kind, { name: 'plain', queueReplication: false });
      third = await startBroker(kind, { name: 'node3' });
    });
    after(() => Promise.all([pair.stop(), plain.stop(), third.stop()]));

    async function assertRefused(
      replication: Replication,
      code: RefusalCode,
      message: RegExp,
    ): Promise<void> {
      const changes: string[] = [];
      const outcome = await engine((context) => start(replication, context), {
        onEvent: (event) => {
          if (event.type === 'change') changes.push(event.text);
        },
      });
      assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
      assert.equal(outcome.refusal.code, code);
      assert.match(outcome.refusal.message, message);
      assert.match(outcome.refusal.advice, /\.$/);
      assert.deepEqual(changes, []);
    }

    it('names the broker that runs without HA', async () => {
      const queue = fresh();
      await createQueue(plain, queue);
      await createQueue(pair.origin, queue);
      await assertRefused(
        replicationOf(queue, { origin: plain, replica: pair.replica }),
        'ha-off-on-origin',
        /^plain runs without HA/,
      );
      await assertRefused(
        replicationOf(queue, { origin: pair.origin, replica: plain }),
        'ha-off-on-replica',
        /^plain runs without HA/,
      );
      assert.equal(await depth(pair.replica, queue), undefined);
    });

    it('wants the queue on the origin', async () => {
      const queue = fresh();
      await assertRefused(replicationOf(queue, pair), 'no-origin-queue', /node1 has no queue "refused/);
      assert.equal(await depth(pair.replica, queue), undefined);
    });

    it('creates no replica queue where it must not', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await assertRefused(
        { ...replicationOf(queue, pair), create: 'never' },
        'no-replica-queue',
        /node2 has no queue/,
      );
      await createQueue(pair.replica, queue);
      const replication: Replication = { ...replicationOf(queue, pair), create: 'never' };
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await engine((context) => stop(replication, context));
    });

    it('wants an empty replica queue', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue);
      await send(pair.replica, queue, ['old']);
      await assertRefused(replicationOf(queue, pair), 'replica-not-empty', /holds 1 message/);
      assert.equal(await depth(pair.replica, queue), 1);
    });

    it('tells one broker from two by identity, not by address', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const alias = toRef('alias', pair.origin.port);
      await assertRefused(
        replicationOf(queue, { origin: pair.origin, replica: alias }),
        'same-broker',
        /node1 and alias are one and the same broker/,
      );
    });

    it('leaves a replication from elsewhere alone', async () => {
      const queue = fresh();
      for (const broker of [pair.origin, third, pair.replica]) await createQueue(broker, queue);
      await replicateByHand(pair.replica, queue, third);
      const before = await piecesOn(pair.replica, queue);
      await assertRefused(
        replicationOf(queue, pair),
        'replicated-from-elsewhere',
        new RegExp(`node2 replicates "${queue}" from 127.0.0.1:${third.port}`),
      );
      assert.deepEqual(await piecesOn(pair.replica, queue), before);
      await engine((context) => stop(replicationOf(queue, { ...pair, origin: third }), context));
    });

    it('makes no cycle', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const forth = replicationOf(queue, pair);
      assert.equal((await engine((context) => start(forth, context))).kind, 'started');
      const back = replicationOf(queue, { origin: pair.replica, replica: pair.origin });
      await assertRefused(back, 'cycle', /node2 already replicates .* from node1/);
      await engine((context) => stop(forth, context));
      assert.equal((await engine((context) => start(back, context))).kind, 'started');
      await engine((context) => stop(back, context));
    });

    it('makes no cycle by way of a third broker, and leaves chains and fans alone', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const forth = replicationOf(queue, pair);
      const on = replicationOf(queue, { origin: pair.replica, replica: third });
      for (const replication of [forth, on]) {
        assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      }
      const round = replicationOf(queue, { origin: third, replica: pair.origin });
      await assertRefused(
        round,
        'cycle',
        new RegExp(`^node3 already replicates ".*" from node1 by way of 127.0.0.1:${pair.replica.port}:`),
      );
      await engine((context) => stop(on, context));
      await deletePiece(third, 'queue', queue);
      const fan = replicationOf(queue, { origin: pair.origin, replica: third });
      assert.equal((await engine((context) => start(fan, context))).kind, 'started');
      for (const replication of [fan, forth]) await engine((context) => stop(replication, context));
    });

    it('touches no broken replication while the replica queue holds messages', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(4));
      const replication = replicationOf(queue, pair);
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await createQueue(third, queue);
      const { qmf } = await pair.replica.connection();
      const bridges = await qmf.objects('bridge');
      const bridge = bridges.find(({ values }) => values.src === queue);
      await qmf.call('org.apache.qpid.broker:broker:amqp-broker', 'delete', {
        type: 'bridge',
        name: String(bridge?.values.name),
        options: {},
      });
      await assertRefused(replication, 'unfinished-replicator', /is broken: .*holds 4 messages/);
      await engine((context) => stop(replication, context));
    });

    it('keeps a connection free on both brokers', async () => {
      const queue = fresh();
      const small = await startBroker(kind, { name: 'small', maxConnections: 3 });
      try {
        await createQueue(small, queue);
        await createQueue(pair.origin, queue);
        await assertRefused(
          replicationOf(queue, { origin: small, replica: pair.replica }),
          'connection-limit',
          /^small has 2 of 3 connections in use/,
        );
        await assertRefused(
          replicationOf(queue, { origin: pair.origin, replica: small }),
          'connection-limit',
          /^small has/,
        );
      } finally {
        await small.stop();
      }
    });

    const names: readonly (readonly [name: string, message: RegExp])[] = [
      ['', /a queue has a name/],
      ['a\0b', /contains a NUL/],
      ['qpid.ha-q:x', /the broker's own/],
      ['x'.repeat(246), /has 246 bytes; replication works up to 245/],
      ['€'.repeat(82), /has 246 bytes/],
      ['half \ud83d pair', /well-formed/],
    ];
    for (const [name, message] of names) {
      it(`refuses the queue name ${JSON.stringify(name.slice(0, 20))}`, () =>
        assertRefused(replicationOf(name, pair), 'reserved-name', message));
    }

    for (const linkAddress of [
      '',
      'a b',
      'amqp://node1',
      'node1:70000',
      'node1,',
      '::1:5672',
      'node1:5672/x',
    ]) {
      it(`refuses the link address "${linkAddress}"`, () =>
        assertRefused(
          { ...replicationOf('q', pair), linkAddress },
          'invalid-link-address',
          /cannot be used/,
        ));
    }

    it('reports as such a link address that only the broker finds wrong', async () => {
      const queue = fresh();
      await createQueue(pair.origin, queue);
      const replication = { ...replicationOf(queue, pair), linkAddress: `ssl:127.0.0.1:${pair.origin.port}` };
      const outcome = await engine((context) => start(replication, context), { deadline: 1000 });
      // A broker built with TLS takes it and cannot connect; others know no such transport.
      if (outcome.kind === 'refused') assert.equal(outcome.refusal.code, 'invalid-link-address');
      else assert.equal(outcome.kind, 'failed');
      assert.deepEqual(await piecesOn(pair.replica, queue), []);
      assert.equal(await depth(pair.replica, queue), undefined);
    });
  });
}
