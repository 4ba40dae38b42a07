import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { parseEndpoint } from '../../server/address/endpoint';
import { connect } from '../../server/amqp/connect';
import type { BrokerConnection } from '../../server/amqp/contract';
import type { BrokerRef } from '../../server/replication/contract';
import { cutover } from '../../server/replication/cutover';
import { makePlan } from '../../server/replication/plan';
import { start } from '../../server/replication/start';
import { status } from '../../server/replication/status';
import { watch } from '../../server/replication/watch';
import type { WatchEvent } from '../../server/replication/watching/watch-event';
import { brokerKinds, freePort, startBroker, type TestBroker } from '../support/brokers';
import { promote, statusOf } from '../support/cluster';
import { wanted } from '../support/plans';
import {
  browse,
  createQueue,
  engine,
  eventually,
  numbered,
  replicationOf,
  send,
  viewOf,
} from '../support/replication';

for (const kind of brokerKinds) {
  describe(`the failover of a cluster, on ${kind} brokers`, () => {
    let first: TestBroker;
    let second: TestBroker;
    let third: TestBroker;
    let alone: TestBroker;
    let admins: BrokerConnection[];
    /** All members, the first primary last. */
    let east: BrokerRef;

    beforeEach(async () => {
      const ports = [await freePort(), await freePort(), await freePort()] as const;
      const url = ports.map((port) => `127.0.0.1:${port}`).join(',');
      const member = (name: string, port: number) => startBroker(kind, { name, port, cluster: url });
      first = await member('east1', ports[0]);
      second = await member('east2', ports[1]);
      third = await member('east3', ports[2]);
      admins = await Promise.all([first, second, third].map(({ ref }) => connect({ ...ref, admin: true })));
      await promote(admins[0] as BrokerConnection);
      for (const admin of admins.slice(1)) {
        await eventually('the backup is ready', async () => (await statusOf(admin)) === 'ready');
      }
      alone = await startBroker(kind, { name: 'node1' });
      const parsed = parseEndpoint(
        [...ports]
          .reverse()
          .map((port) => `127.0.0.1:${port}`)
          .join(','),
      );
      assert.ok(parsed.ok);
      east = { name: 'east', endpoint: parsed.endpoint };
    });
    afterEach(async () => {
      await Promise.all(admins.map((admin) => admin.close()));
      await Promise.all([first, second, third, alone].map((broker) => broker.stop()));
    });

    async function failOver(): Promise<void> {
      await first.stop();
      await promote(admins[1] as BrokerConnection);
    }

    function watching(replication: ReturnType<typeof replicationOf>, heal?: readonly 'replaced-content'[]) {
      const cancel = new AbortController();
      const events: WatchEvent[] = [];
      const running = engine(
        (context) =>
          watch(
            {
              desired: wanted([replication]),
              brokers: [alone.ref, east],
              interval: 300,
              backOff: { first: 100, longest: 400 },
              ...(heal === undefined ? {} : { heal: new Set(heal) }),
              onEvent: (event) => events.push(event),
            },
            context,
          ),
        { signal: cancel.signal },
      );
      const told = (type: WatchEvent['kind']) =>
        eventually(`${type} is told`, async () => events.some((event) => event.kind === type)).catch(
          (error) => {
            throw new Error(JSON.stringify(events), { cause: error });
          },
        );
      const end = async () => {
        cancel.abort();
        await running;
      };
      return { events, told, end };
    }

    it('of a replica is noticed and healed: on the new primary, with what it has moved aside', async () => {
      await createQueue(alone, 'orders');
      await send(alone, 'orders', numbered(5));
      const replication = replicationOf('orders', { origin: alone, replica: east });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await eventually('the backups have it too', async () => {
        const [, ...backups] = admins;
        const depths = backups.map(async ({ qmf }) => {
          const queue = await qmf.object('org.apache.qpid.broker:queue:orders');
          return Number(queue?.values.msgDepth ?? 0);
        });
        return (await Promise.all(depths)).every((depth) => depth === 5);
      });
      const watched = watching(replication, ['replaced-content']);
      try {
        await watched.told('watching');
        await failOver();
        await watched.told('failover');
        await watched.told('healed');
      } finally {
        await watched.end();
      }
      const failover = watched.events.find((event) => event.kind === 'failover');
      assert.match(failover?.message ?? '', new RegExp(`127.0.0.1:${second.port} is the primary now`));
      await send(alone, 'orders', ['after']);
      await eventually('it is copied', async () => (await browse(second, 'orders')).length === 6);
      const seen = await engine((context) => status(replication, context));
      assert.equal(seen.state, 'in-step', seen.cause);
    });

    it('of a cluster to which the work was cut over loses nothing of it', async () => {
      await createQueue(alone, 'moved');
      await send(alone, 'moved', numbered(5));
      const replication = replicationOf('moved', { origin: alone, replica: east });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      const outcome = await engine((context) => cutover(replication, context, { accepted: new Set() }));
      assert.equal(outcome.kind, 'cut-over', JSON.stringify(outcome));
      await send(first, 'moved', numbered(3, 'later'));
      await failOver();
      await eventually('it serves', async () => (await statusOf(admins[1] as BrokerConnection)) === 'active');
      assert.deepEqual(await browse(second, 'moved'), [...numbered(5), ...numbered(3, 'later')]);
    });

    it('of a replica without leave to rebuild is told with what makes replicate say Duplicate', async () => {
      await createQueue(alone, 'orders');
      await send(alone, 'orders', numbered(5));
      const replication = replicationOf('orders', { origin: alone, replica: east });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await failOver();
      const plan = await engine((context) =>
        makePlan({ desired: wanted([replication]), brokers: [alone.ref, east], unwanted: 'stop' }, context),
      );
      const [planned] = plan.steps;
      assert.equal(planned?.step.action, 'rebuild', planned?.step.reason);
      assert.match(planned?.step.reason ?? '', /makes every "replicate" say Duplicate/);
      assert.equal(plan.steps.length, 1);
    });

    it('of an origin is followed by the link, though only the primary was named', async () => {
      await createQueue(first, 'orders');
      await send(first, 'orders', numbered(5));
      const replication = replicationOf('orders', { origin: first, replica: alone });
      assert.equal((await engine((context) => start(replication, context))).kind, 'started');
      await failOver();
      await eventually('the link is at the new primary', async () => {
        const { links } = await viewOf(alone, 'orders');
        return links[0]?.port === second.port && links[0].opened;
      });
      await send(second, 'orders', ['after']);
      await eventually('it is copied', async () => (await browse(alone, 'orders')).length === 6);
      const whole = replicationOf('orders', { origin: east, replica: alone });
      const seen = await engine((context) => status(whole, context));
      assert.equal(seen.state, 'in-step', seen.cause);
    });

    it('leaves a backup that is named to find its primary', async () => {
      await createQueue(alone, 'orders');
      const replication = replicationOf('orders', { origin: alone, replica: third });
      const outcome = await engine((context) => start(replication, context));
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.match(outcome.error.message, new RegExp(`its primary is 127.0.0.1:${first.port}`));
    });
  });
}
