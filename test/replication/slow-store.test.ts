/** A broker that writes to its disk more seldom than by default, and is killed when the engine has moved messages. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BrokerError } from '../../server/amqp/broker-error';
import type { BrokerConnection } from '../../server/amqp/contract';
import { stopOrderly } from '../../server/replication/orderly-stop';
import { brokerKinds, startBroker, type TestBroker } from '../support/brokers';
import { browse, createQueue, depth, engine, numbered, sendMessages } from '../support/replication';

/** Seconds. A kill within them loses what was only moved in memory. */
const flushTimeout = 2;

const usable = { drain: false, keepUsable: true, accepted: new Set<never>() };

// The embedded broker stores at once.
if (brokerKinds.includes('qpidd')) {
  describe('a store that is flushed seldom', () => {
    let broker: TestBroker;
    before(async () => {
      const args = [`--journal-flush-timeout=${flushTimeout}s`];
      broker = await startBroker('qpidd', { name: 'node2', store: true, args });
    });
    after(() => broker.stop());

    async function filled(queue: string): Promise<readonly string[]> {
      const bodies = numbered(50);
      await createQueue(broker, queue, { durable: true });
      await sendMessages(
        broker,
        queue,
        bodies.map((body) => ({ body, durable: true })),
      );
      return bodies;
    }

    const keepUsable = (queue: string, intercept?: (connection: BrokerConnection) => BrokerConnection) =>
      engine((context) => stopOrderly({ queue, replica: broker.ref }, context, usable), {
        deadline: 60_000,
        ...(intercept === undefined ? {} : { intercept }),
      });

    const kills = [
      ['carries', ['%']],
      ['moves', ['%', '%~usable']],
    ] as const;
    for (const [way, deletions] of kills) {
      it(`loses nothing that the engine ${way}, when it is killed as a queue has been deleted`, async () => {
        for (const deleted of deletions) {
          const queue = `${way}.${deleted.length}`;
          const bodies = await filled(queue);
          let killed = false;
          const outcome = await keepUsable(queue, (connection) => ({
            ...connection,
            // A message that cannot be read can only be moved.
            openHolder: (name) =>
              way === 'moves' ? Promise.reject(unreadable) : connection.openHolder(name),
            qmf: {
              objects: (className) => connection.qmf.objects(className),
              object: (name) => connection.qmf.object(name),
              async call(object, method, args) {
                const result = await connection.qmf.call(object, method, args);
                if (method !== 'delete' || args.name !== deleted.replace('%', queue)) return result;
                killed = true;
                await broker.restart('kill');
                return result;
              },
            },
          }));
          assert.ok(killed, JSON.stringify(outcome));
          const again = await keepUsable(queue);
          assert.ok(again.kind === 'stopped' || again.kind === 'not-running', JSON.stringify(again));
          assert.deepEqual([...new Set(await browse(broker, queue))], bodies);
          assert.equal(await depth(broker, `${queue}~usable`), undefined);
          assert.equal(await depth(broker, `${queue}~stored`), undefined);
        }
      });
    }

    it('begins nothing that would not be stored within the time of a request', async () => {
      const queue = 'impatient';
      const bodies = await filled(queue);
      const outcome = await engine(
        (context) => stopOrderly({ queue, replica: broker.ref }, context, usable),
        { requestDeadline: 500 * flushTimeout },
      );
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.match(outcome.error.message, /not stored in time .*--timeout.* journal-flush-timeout/);
      assert.deepEqual(await browse(broker, queue), bodies);
      assert.equal(await depth(broker, `${queue}~usable`), 0, 'nothing was copied');
      assert.equal(await depth(broker, `${queue}~stored`), undefined);
      assert.match(outcome.left.join(), /0 messages on node2 in the queue "impatient~usable"/);
    });
  });
}

const unreadable = new BrokerError({
  kind: 'protocol',
  broker: 'node2',
  step: 'testing',
  text: 'a message cannot be read',
  advice: 'Move it.',
});
