/** Messages that name their user, on a broker that lets nobody else send them, and that stores. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { encodeMessage } from '../../server/amqp/codec/message';
import { connect } from '../../server/amqp/connect';
import { stopOrderly } from '../../server/replication/orderly-stop';
import { brokerKinds, startBroker, type TestBroker } from '../support/brokers';
import { createQueue, engine } from '../support/replication';
import { createUsers } from '../support/sasl';

const users = brokerKinds.includes('qpidd') ? createUsers(['tests', 'engine', 'app']) : undefined;

if (users !== undefined) {
  describe('messages of other users', () => {
    let broker: TestBroker;
    before(async () => {
      broker = await startBroker('qpidd', {
        name: 'node2',
        store: true,
        args: users.args('tests'),
        acl: ['acl allow all all'],
        credentials: users.credentials('tests'),
      });
    });
    after(() => broker.stop());

    async function sendAs(user: string, queue: string, count: number, named = true): Promise<void> {
      const connection = await connect({ ...broker.ref, credentials: users?.credentials(user) ?? never() });
      const sender = await connection.openSender(queue);
      const encoded = encodeMessage({
        header: { durable: true },
        ...(named ? { properties: { userId: Buffer.from(user) } } : {}),
        body: { kind: 'data', bytes: Buffer.from(user) },
      });
      await sender.send(Array.from({ length: count }, () => ({ encoded })));
      await connection.close();
    }

    async function content(queue: string): Promise<readonly string[]> {
      const receiver = await (await broker.connection()).openReceiver(queue, 'browse');
      const messages = await receiver.take(100, 300);
      await receiver.close();
      return messages.map(({ body, fields }) => `${Buffer.from(body)} ${String(fields.userId)}`);
    }

    for (const mixture of [['app'], ['engine'], ['engine', 'app', 'engine']]) {
      it(`stay what they are when their queue is created anew: ${mixture.join(', ')}`, async () => {
        const queue = mixture.join('.');
        await createQueue(broker, queue, { durable: true });
        for (const user of mixture) {
          await sendAs(user, queue, 2, false);
          await sendAs(user, queue, 3);
        }
        const earlier = await content(queue);
        assert.equal(earlier.length, 5 * mixture.length);
        const options = { drain: false, keepUsable: true, accepted: new Set<never>() };
        const outcome = await engine(
          (context) => stopOrderly({ queue, replica: broker.ref }, context, options),
          { credentials: users.credentials('engine') },
        );
        assert.equal(outcome.kind, 'stopped', JSON.stringify(outcome));
        assert.deepEqual(await content(queue), earlier);
      });
    }
  });
}

function never(): never {
  throw new Error('no such user');
}
