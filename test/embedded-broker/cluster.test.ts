import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect } from '../../server/amqp/connect';
import type { BrokerConnection, BrokerEvent, QmfMap } from '../../server/amqp/contract';
import { failureOf, kindOf } from '../amqp/peers';
import { type BrokerKind, brokerKinds, freePort, startBroker, type TestBroker } from '../support/brokers';
import {
  browse,
  createQueue,
  deletePiece,
  depth,
  eventually,
  numbered,
  replicateByHand,
  send,
} from '../support/replication';

const haBroker = 'org.apache.qpid.ha:habroker:ha-broker';

/** A member and a connection that may look at it whatever it is. */
class ClusterMember {
  constructor(
    readonly broker: TestBroker,
    readonly admin: BrokerConnection,
  ) {}

  static async start(kind: BrokerKind, name: string, port: number, cluster: string): Promise<ClusterMember> {
    const broker = await startBroker(kind, { name, port, cluster });
    return new ClusterMember(broker, await connect({ ...broker.ref, admin: true }));
  }

  async ha(): Promise<QmfMap> {
    return (await this.admin.qmf.object(haBroker))?.values ?? {};
  }

  async becomes(status: string): Promise<void> {
    await eventually(`${this.broker.ref.name} is ${status}`, async () => (await this.ha()).status === status);
  }

  async promote(): Promise<void> {
    await this.admin.qmf.call(haBroker, 'promote', {});
  }

  async depth(queue: string): Promise<unknown> {
    return (await this.admin.qmf.object(`org.apache.qpid.broker:queue:${queue}`))?.values.msgDepth;
  }

  async names(className: string): Promise<readonly string[]> {
    return (await this.admin.qmf.objects(className)).map(({ values }) => String(values.name));
  }

  async end(): Promise<void> {
    await this.admin.close();
    await this.broker.stop();
  }
}

for (const kind of brokerKinds) {
  describe(`A cluster of brokers (${kind})`, () => {
    let url = '';
    let ports: readonly [number, number];
    let first: ClusterMember;
    let second: ClusterMember;
    const events: BrokerEvent[] = [];

    before(async () => {
      ports = [await freePort(), await freePort()];
      url = ports.map((port) => `127.0.0.1:${port}`).join(',');
      first = await ClusterMember.start(kind, 'east1', ports[0], url);
      second = await ClusterMember.start(kind, 'east2', ports[1], url);
      await first.admin.openEvents((event) => events.push(event));
    });
    after(() => Promise.all([first.end(), second.end()]));

    it('lets in nobody but administrators before one is promoted', async () => {
      assert.equal((await first.ha()).status, 'joining');
      assert.equal(await kindOf(connect(first.broker.ref)), 'closed');
    });

    it('has one primary afterwards, and a backup that has caught up', async () => {
      await first.promote();
      await first.becomes('active');
      await second.becomes('ready');
      assert.equal(await kindOf(connect(second.broker.ref)), 'closed');
      const { members } = await first.ha();
      const statuses = (members as readonly QmfMap[]).map(({ port, status }) => `${port} ${status}`).sort();
      assert.deepEqual(statuses, [`${ports[0]} 4`, `${ports[1]} 2`].sort());
      const told = events.filter(({ name }) => name === 'membersUpdate');
      assert.deepEqual([told.length > 1, told[0]?.package], [true, 'org.apache.qpid.ha']);
    });

    it('copies the queues of the primary, by pieces that look like those of a replication', async () => {
      await createQueue(first.broker, 'q');
      await send(first.broker, 'q', numbered(5));
      await eventually('the backup has them', async () => (await second.depth('q')) === 5);
      const queue = await first.admin.qmf.object('org.apache.qpid.broker:queue:q');
      const { 'qpid.replicate': level } = (queue?.values.arguments ?? {}) as QmfMap;
      assert.equal(level, 'all');
      const bridges = (await second.names('bridge')).map((name) => name.replace(/\.[0-9a-f-]{36}$/, ''));
      assert.ok(bridges.includes('qpid.broker-replicator.bridge'), bridges.join());
      assert.ok(bridges.includes('qpid.ha-q:q'), bridges.join());
      assert.match((await second.names('link')).join(), /^qpid\.ha\.link\.[0-9a-f-]{36}$/);
    });

    it('deletes on the backup what is deleted on the primary', async () => {
      await createQueue(first.broker, 'gone');
      await eventually('it is there', async () => (await second.depth('gone')) === 0);
      await deletePiece(first.broker, 'queue', 'gone');
      await eventually('it is gone', async () => (await second.depth('gone')) === undefined);
    });

    it('lets no backup replicate what it has from its primary', async () => {
      const args = { broker: `127.0.0.1:${ports[0]}`, queue: 'q' };
      const error = await failureOf(second.admin.qmf.call(haBroker, 'replicate', args));
      assert.equal(error.text, 'Duplicate queue replicator qpid.ha-q:q');
    });

    it('follows the primary with a link that knows all addresses', async () => {
      const alone = await startBroker(kind, { name: 'node1' });
      await createQueue(alone, 'q');
      const { qmf } = await alone.connection();
      await qmf.call(haBroker, 'replicate', {
        broker: `127.0.0.1:${ports[1]},127.0.0.1:${ports[0]}`,
        queue: 'q',
      });
      await eventually('it has the messages', async () => (await depth(alone, 'q')) === 5);
      assert.deepEqual(await browse(alone, 'q'), numbered(5));
      await alone.stop();
    });

    it('has everything on the new primary when the old one dies, and a name left over', async () => {
      await first.broker.stop();
      await second.promote();
      await second.becomes('active');
      assert.deepEqual(await browse(second.broker, 'q'), numbered(5));
      assert.deepEqual(await second.names('bridge'), []);
      const alone = await startBroker(kind, { name: 'node1' });
      await createQueue(alone, 'q');
      await assert.rejects(replicateByHand(second.broker, 'q', alone), /Duplicate queue replicator/);
      await deletePiece(second.broker, 'exchange', 'qpid.ha-q:q');
      await alone.stop();
    });

    it('takes the old primary back as a backup, and lets it not be promoted beside the new', async () => {
      first = await ClusterMember.start(kind, 'east1', ports[0], url);
      await eventually('it knows of the other', async () => {
        const error = await first.promote().catch((reason: Error) => reason.message);
        return /cannot be promoted/.test(String(error));
      });
      await first.becomes('ready');
      await send(second.broker, 'q', ['after']);
      await eventually('it has everything', async () => (await first.depth('q')) === 6);
    });
  });
}
