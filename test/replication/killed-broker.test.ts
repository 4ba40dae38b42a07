/** Verbs that move messages, on a replica broker with a store that is killed at each of their changes. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrokerConnection } from '../../server/amqp/contract';
import { cutover } from '../../server/replication/cutover';
import type { Accepted } from '../../server/replication/dangers';
import { stopOrderly } from '../../server/replication/orderly-stop';
import { rebuild } from '../../server/replication/rebuild';
import { start } from '../../server/replication/start';
import { stop } from '../../server/replication/stop';
import { breakingAt, lost } from '../support/broken-connections';
import { brokerKinds, startBroker, type TestBroker } from '../support/brokers';
import {
  browse,
  createQueue,
  depth,
  engine,
  numbered,
  replicationOf,
  sendMessages,
} from '../support/replication';

const accepted: Accepted = new Set();
const usable = { drain: false, keepUsable: true, accepted };

for (const kind of brokerKinds) {
  describe(`a replica broker that is killed, on ${kind} brokers`, () => {
    let origin: TestBroker;
    let replica: TestBroker;
    let number = 0;
    const fresh = () => `killed.${++number}`;
    before(async () => {
      [origin, replica] = await Promise.all([
        startBroker(kind, { name: 'node1' }),
        startBroker(kind, { name: 'node2', store: true }),
      ]);
    });
    after(() => Promise.all([origin.stop(), replica.stop()]));

    const durably = (bodies: readonly string[]) => bodies.map((body) => ({ body, durable: true }));
    const pair = () => ({ origin, replica });

    async function started(count = 30): Promise<string> {
      const queue = fresh();
      await createQueue(origin, queue, { durable: true });
      await sendMessages(origin, queue, durably(numbered(count)));
      const outcome = await engine((context) => start(replicationOf(queue, pair()), context));
      assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
      return queue;
    }

    /** All are there, in their order; a broker that is killed may show some that have just been moved once more. */
    async function assertComplete(name: string, bodies: readonly string[], step: string) {
      const found = await browse(replica, name);
      assert.deepEqual([...new Set(found)], bodies, `${step}: ${found.join()}`);
      assert.ok(found.length <= 2 * bodies.length, step);
    }

    const killing = (at: number, moment: 'before' | 'after') =>
      breakingAt(at, moment, () => replica.restart('kill'));

    for (const moment of ['before', 'after'] as const) {
      it(`${moment} any change of a stop that keeps the queue usable keeps all messages in order`, async () => {
        for (let at = 1; ; at += 1) {
          const queue = await started();
          const target = { queue, replica: replica.ref };
          const breaking = killing(at, moment);
          const outcome = await engine((context) => stopOrderly(target, context, usable), breaking);
          if (!breaking.broken()) {
            assert.ok(outcome.kind === 'stopped' && at > 7, JSON.stringify(outcome));
            return;
          }
          assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
          const again = await engine((context) => stopOrderly(target, context, usable));
          assert.ok(again.kind === 'stopped', `${at}: ${JSON.stringify(again)}`);
          await assertComplete(queue, numbered(30), `${at}`);
          assert.equal(await depth(replica, `${queue}~usable`), undefined);
        }
      });
    }

    it('is not needed for doubles: a run that ends between a copy and its original has them told', async () => {
      const queue = await started();
      const target = { queue, replica: replica.ref };
      const intercept = (connection: BrokerConnection): BrokerConnection => ({
        ...connection,
        qmf: connection.qmf,
        openSender: async (name) => {
          const sender = await connection.openSender(name);
          if (!name.endsWith('~usable')) return sender;
          return {
            close: () => sender.close(),
            async send(messages, progress) {
              await sender.send(messages, progress);
              throw lost('node2');
            },
          };
        },
      });
      const outcome = await engine((context) => stopOrderly(target, context, usable), { intercept });
      assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
      const again = await engine((context) => stopOrderly(target, context, usable));
      assert.ok(again.kind === 'stopped', JSON.stringify(again));
      await assertComplete(queue, numbered(30), 'send');
      assert.equal(await depth(replica, queue), 60);
      assert.match(String(again.warnings), /broken off while messages were moved/);
    });

    if (kind === 'qpidd') {
      for (const turn of [1, 2]) {
        it(`amid move ${turn} of a stop that keeps the queue usable loses nothing`, async () => {
          const queue = await started(3000);
          const target = { queue, replica: replica.ref };
          let opened = 0;
          let killed: Promise<void> | undefined;
          const intercept = (connection: BrokerConnection): BrokerConnection => ({
            ...connection,
            qmf: connection.qmf,
            openHolder: async (name) => {
              opened += 1;
              if (opened === turn) {
                killed = new Promise((resolve) => setTimeout(resolve, 300)).then(() =>
                  replica.restart('kill'),
                );
              }
              return connection.openHolder(name);
            },
          });
          const outcome = await engine((context) => stopOrderly(target, context, usable), { intercept });
          await killed;
          assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
          const again = await engine((context) => stopOrderly(target, context, usable));
          assert.equal(again.kind, 'stopped', JSON.stringify(again));
          await assertComplete(queue, numbered(3000), `${turn}`);
        });
      }
    }

    it('after any change of a cutover keeps all messages in order', async () => {
      for (let at = 5; at <= 7; at += 1) {
        const queue = await started();
        const cut = () => (context: Parameters<typeof cutover>[1]) =>
          cutover(replicationOf(queue, pair()), context, { accepted });
        const outcome = await engine(cut(), killing(at, 'after'));
        assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
        const again = await engine(cut());
        assert.ok(
          again.kind === 'cut-over' || (at === 7 && again.kind === 'not-running'),
          JSON.stringify(again),
        );
        await assertComplete(queue, numbered(30), `${at}`);
        assert.equal(await depth(replica, `${queue}~usable`), undefined);
      }
    });

    it('after any change of a rebuild keeps the old content and copies all anew', async () => {
      for (let at = 1; at <= 5; at += 1) {
        const queue = fresh();
        await createQueue(origin, queue, { durable: true });
        await createQueue(replica, queue, { durable: true });
        await sendMessages(replica, queue, durably(numbered(20, 'old')));
        await sendMessages(origin, queue, durably(numbered(30)));
        const again = () => (context: Parameters<typeof rebuild>[1]) =>
          rebuild(replicationOf(queue, pair()), context, { accepted, discard: false });
        await engine(again(), killing(at, 'after'));
        const outcome = await engine(again());
        assert.ok(
          outcome.kind === 'rebuilt' || outcome.kind === 'healthy',
          `${at}: ${JSON.stringify(outcome)}`,
        );
        assert.deepEqual(await browse(replica, queue), numbered(30), `${at}`);
        const { qmf } = await replica.connection();
        const names = (await qmf.objects('queue')).map(({ values }) => String(values.name));
        const asides = names.filter((name) => name.startsWith(`${queue}.20`));
        const kept = (await Promise.all(asides.map((name) => browse(replica, name)))).flat();
        const old = new Set(kept.filter((body) => body.startsWith('old')));
        assert.deepEqual([...old], numbered(20, 'old'), `${at}`);
        await engine((context) => stop(replicationOf(queue, pair()), context));
      }
    });
  });
}
