import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseEndpoint } from '../../server/address/endpoint';
import { connect } from '../../server/amqp/connect';
import type { BrokerConnection } from '../../server/amqp/contract';
import type { BrokerRef, EngineContext, StartOutcome, StopOutcome } from '../../server/replication/contract';
import { start } from '../../server/replication/start';
import { status, statusOfReplica } from '../../server/replication/status';
import { stop } from '../../server/replication/stop';
import { brokerKinds, freePort, startBroker, type TestBroker } from '../support/brokers';
import { promote, statusOf } from '../support/cluster';
import {
  browse,
  consume,
  createQueue,
  depth,
  engine,
  eventually,
  numbered,
  piecesOn,
  replicationOf,
  send,
} from '../support/replication';

for (const kind of brokerKinds) {
  describe(`a cluster, on ${kind} brokers`, () => {
    let members: readonly [TestBroker, TestBroker];
    let alone: TestBroker;
    /** Connections that look at backups too. */
    let admins: readonly [BrokerConnection, BrokerConnection];
    let east: BrokerRef;

    before(async () => {
      const ports = [await freePort(), await freePort()] as const;
      const url = ports.map((port) => `127.0.0.1:${port}`).join(',');
      const start = (name: string, port: number) => startBroker(kind, { name, port, cluster: url });
      members = [await start('east1', ports[0]), await start('east2', ports[1])];
      admins = [
        await connect({ ...members[0].ref, admin: true }),
        await connect({ ...members[1].ref, admin: true }),
      ];
      await promote(admins[0]);
      await eventually('the backup is ready', async () => (await statusOf(admins[1])) === 'ready');
      alone = await startBroker(kind, { name: 'node1' });
      const parsed = parseEndpoint(`127.0.0.1:${ports[1]},127.0.0.1:${ports[0]}`);
      assert.ok(parsed.ok);
      east = { name: 'east', endpoint: parsed.endpoint };
    });
    after(async () => {
      await Promise.all(admins.map((admin) => admin.close()));
      await Promise.all([...members, alone].map((broker) => broker.stop()));
    });

    it('lets nobody but the administrator in at a backup, and says so', async () => {
      await createQueue(alone, 'backup');
      const replication = replicationOf('backup', { origin: alone, replica: members[1] });
      const outcome = await engine((context) => start(replication, context));
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.equal(outcome.error.kind, 'closed');
      assert.match(outcome.error.message, /backup of a cluster/);
    });

    it('never touches a backup, even when it is let in', async () => {
      const replication = replicationOf('backup', { origin: alone, replica: members[1] });
      const asAdmin = (context: EngineContext): EngineContext => ({
        ...context,
        connection: async (broker) =>
          broker.name === members[1].ref.name ? admins[1] : context.connection(broker),
      });
      for (const verb of [start, stop]) {
        const outcome = await engine<StartOutcome | StopOutcome>((context) =>
          verb(replication, asAdmin(context)),
        );
        assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
        assert.equal(outcome.refusal.code, 'not-serving');
        assert.match(outcome.refusal.message, /east2 is ready, not the primary/);
      }
    });

    it('replicates from the primary, wherever it stands in the list', async () => {
      await engine(async (context) => {
        const connection = await context.connection(east);
        assert.equal(connection.member.port, members[0].port);
      });
      await createQueue(members[0], 'list');
      await send(members[0], 'list', numbered(4));
      const replication = replicationOf('list', { origin: east, replica: alone });
      const outcome = await engine((context) => start(replication, context));
      assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
      assert.deepEqual(await browse(alone, 'list'), numbered(4));
      const [seen] = await engine((context) => statusOfReplica(alone.ref, context));
      assert.deepEqual([seen?.queue, seen?.state], ['list', 'in-step']);
      assert.equal((await engine((context) => stop(replication, context))).kind, 'stopped');
      assert.deepEqual(await piecesOn(alone, 'list'), []);
    });

    it('replicates to the primary, and again to the new one after a failure', async () => {
      await createQueue(alone, 'over');
      await send(alone, 'over', numbered(5));
      const first = replicationOf('over', { origin: alone, replica: members[0] });
      assert.equal((await engine((context) => start(first, context))).kind, 'started');
      await eventually('the backup has it too', async () => {
        const queue = await admins[1].qmf.object('org.apache.qpid.broker:queue:over');
        return Number(queue?.values.msgDepth ?? 0) === 5;
      });
      await members[0].stop();
      await promote(admins[1]);
      const second = replicationOf('over', { origin: alone, replica: members[1] });
      const seen = await engine((context) => status(second, context));
      assert.equal(seen.state, 'half-stopped');
      const refused = await engine((context) => start(second, context));
      assert.ok(refused.kind === 'refused', JSON.stringify(refused));
      assert.equal(refused.refusal.code, 'unfinished-replicator');
      assert.equal((await engine((context) => stop(second, context))).kind, 'stopped');
      await consume(members[1], 'over', 5);
      assert.equal(await depth(members[1], 'over'), 0);
      assert.equal((await engine((context) => start(second, context))).kind, 'started');
      assert.deepEqual(await browse(members[1], 'over'), numbered(5));
      assert.equal((await engine((context) => stop(second, context))).kind, 'stopped');
    });
  });
}
