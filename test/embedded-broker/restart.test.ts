import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brokerKinds, startBroker, type TestBroker } from '../support/brokers';
import {
  browse,
  consume,
  createQueue,
  depth,
  eventually,
  numbered,
  piecesOn,
  replicateByHand,
  send,
  sendMessages,
} from '../support/replication';

async function sendDurable(broker: TestBroker, queue: string, bodies: readonly string[]): Promise<void> {
  await sendMessages(
    broker,
    queue,
    bodies.map((body) => ({ body, durable: true })),
  );
}

async function systemIdOf(broker: TestBroker): Promise<unknown> {
  const object = await (await broker.connection()).qmf.object('org.apache.qpid.ha:habroker:ha-broker');
  return object?.values.systemId;
}

async function inStep(replica: TestBroker, queue: string, count: number): Promise<void> {
  await eventually(`${count} messages`, async () => (await depth(replica, queue)) === count);
}

/** The same on both kinds, so that what the embedded broker does is what the real one does. */
for (const kind of brokerKinds) {
  describe(`A broker that is started again (${kind})`, () => {
    it('without a store has nothing, and is somebody else', async () => {
      const broker = await startBroker(kind, { name: 'node1' });
      await createQueue(broker, 'q', { durable: true });
      await sendDurable(broker, 'q', ['m0']);
      const before = await systemIdOf(broker);
      await broker.restart();
      assert.equal(await depth(broker, 'q'), undefined);
      assert.notEqual(await systemIdOf(broker), before);
      await broker.stop();
    });

    it('with a store has what is durable, in order, and nothing else', async () => {
      const broker = await startBroker(kind, { name: 'node1', store: true });
      const { qmf } = await broker.connection();
      await createQueue(broker, 'kept', { durable: true });
      await createQueue(broker, 'lost');
      const call = (method: string, args: Record<string, string | { durable: boolean }>) =>
        qmf.call('org.apache.qpid.broker:broker:amqp-broker', method, args);
      await call('create', { type: 'exchange', name: 'ex', properties: { durable: true } });
      await call('create', { type: 'binding', name: 'ex/kept/key', properties: { durable: true } });
      await sendDurable(broker, 'kept', numbered(4));
      await send(broker, 'kept', ['not durable']);
      assert.deepEqual(await consume(broker, 'kept', 1), ['m0']);
      const before = await systemIdOf(broker);
      await broker.restart('shut down');
      assert.deepEqual(await browse(broker, 'kept'), ['m1', 'm2', 'm3']);
      assert.equal(await depth(broker, 'lost'), undefined);
      assert.equal(await systemIdOf(broker), before);
      await sendMessages(broker, 'ex', [{ body: 'bound', subject: 'key' }]);
      assert.equal((await browse(broker, 'kept')).at(-1), 'bound');
      await broker.stop();
    });

    it('has forgotten its replications, not their messages', async () => {
      const origin = await startBroker(kind, { name: 'node1' });
      const replica = await startBroker(kind, { name: 'node2', store: true });
      await createQueue(origin, 'q', { durable: true });
      await createQueue(replica, 'q', { durable: true });
      await sendDurable(origin, 'q', numbered(3));
      await replicateByHand(replica, 'q', origin);
      await inStep(replica, 'q', 3);
      await replica.restart();
      assert.deepEqual(await piecesOn(replica, 'q'), []);
      assert.deepEqual(await browse(replica, 'q'), numbered(3));
      await Promise.all([origin.stop(), replica.stop()]);
    });

    it('as an origin corrupts its replicas, since it counts its messages anew', async () => {
      const origin = await startBroker(kind, { name: 'node1', store: true });
      const replica = await startBroker(kind, { name: 'node2' });
      await createQueue(origin, 'q', { durable: true });
      await createQueue(replica, 'q');
      await sendDurable(origin, 'q', numbered(6));
      assert.deepEqual(await consume(origin, 'q', 2), ['m0', 'm1']);
      await replicateByHand(replica, 'q', origin);
      await inStep(replica, 'q', 4);
      await origin.restart('shut down');
      // m2 to m5 were 3 to 6, and are 1 to 4 now: 5 and 6 are taken for gone, 1 and 2 for new.
      const wrong = ['m2', 'm3', 'm2', 'm3'];
      await eventually('it has happened', async () => (await browse(replica, 'q')).join() === wrong.join());
      assert.deepEqual(await browse(origin, 'q'), ['m2', 'm3', 'm4', 'm5']);
      await Promise.all([origin.stop(), replica.stop()]);
    });

    it('lets a queue that was a replica be an origin again', async () => {
      const origin = await startBroker(kind, { name: 'node1' });
      const middle = await startBroker(kind, { name: 'node2', store: true });
      const last = await startBroker(kind, { name: 'node3' });
      await createQueue(origin, 'q');
      await createQueue(middle, 'q', { durable: true });
      await createQueue(last, 'q');
      await replicateByHand(middle, 'q', origin);
      await middle.restart();
      await sendDurable(middle, 'q', numbered(3));
      await replicateByHand(last, 'q', middle);
      await inStep(last, 'q', 3);
      assert.deepEqual(await browse(last, 'q'), numbered(3));
      await Promise.all([origin.stop(), middle.stop(), last.stop()]);
    });
  });
}
