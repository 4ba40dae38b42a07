import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type AmqpMessage, type Body, decodeMessage, encodeMessage } from '../../server/amqp/codec/message';
import {
  type AmqpMap,
  type AmqpValue,
  binary,
  mapOf,
  symbol,
  ubyte,
  uint,
  ulong,
  uuid,
} from '../../server/amqp/codec/value';
import { connect } from '../../server/amqp/connect';
import type { BrokerConnection, IncomingMessage } from '../../server/amqp/contract';
import { brokerKinds, startBroker, type TestBroker } from '../support/brokers';
import { browse, createQueue, deletePiece, depth, eventually, numbered, send } from '../support/replication';
import { failureOf, kindOf } from './peers';

const bodies: Readonly<Record<string, Body>> = {
  text: { kind: 'value', value: 'text' },
  bytes: { kind: 'data', bytes: Uint8Array.from([1, 0, 255]) },
  nothing: { kind: 'value', value: null },
  'a map': { kind: 'value', value: mapOf({ id: uuid('00000000-0000-4000-8000-000000000001') }) },
  'a list': { kind: 'value', value: [uint(1), symbol('two')] },
  'a sequence': { kind: 'sequence', elements: [uint(1), 'two'] },
};

/** All that a message can have, with types that nothing but the bytes themselves would keep. */
function fullMessage(body: Body): AmqpMessage {
  const annotations: AmqpMap = new Map<AmqpValue, AmqpValue>([[symbol('x-opt-origin'), ulong(2n ** 63n)]]);
  return {
    header: { durable: true, priority: ubyte(7), ttl: uint(600_000) },
    messageAnnotations: annotations,
    properties: {
      messageId: uuid('00000000-0000-4000-8000-000000000002'),
      userId: binary('anonymous'),
      to: 'somewhere',
      subject: 'news',
      replyTo: 'elsewhere',
      correlationId: ulong(5),
      contentType: symbol('application/x-test'),
      contentEncoding: symbol('identity'),
      absoluteExpiryTime: { type: 'timestamp', value: 99_999_999_999_999n },
      creationTime: { type: 'timestamp', value: 1_700_000_000_000n },
      groupId: 'group',
      groupSequence: uint(3),
      replyToGroupId: 'other group',
    },
    applicationProperties: mapOf({ text: 'x', exact: ulong(2n ** 63n + 1n), small: ubyte(1) }),
    body,
    footer: new Map<AmqpValue, AmqpValue>([[symbol('x-opt-sum'), uint(1)]]),
  };
}

/** What the broker may say of its own: that it is the first delivery, and what time is left. */
function withoutHeader(encoded: Uint8Array): AmqpMessage {
  const { header: _header, ...rest } = decodeMessage(encoded);
  return rest;
}

function texts(messages: readonly IncomingMessage[]): readonly string[] {
  return messages.map(({ body }) => Buffer.from(body).toString());
}

for (const kind of brokerKinds) {
  describe(`Messages are moved without loss (${kind})`, () => {
    let broker: TestBroker;
    let connection: BrokerConnection;
    let count = 0;
    before(async () => {
      broker = await startBroker(kind, { name: 'node1' });
      connection = await broker.connection();
    });
    after(() => broker.stop());

    async function freshQueue(): Promise<string> {
      count += 1;
      await createQueue(broker, `q${count}`);
      return `q${count}`;
    }

    for (const [name, body] of Object.entries(bodies)) {
      it(`and stay what they are, with ${name} in them`, async () => {
        const [from, to] = [await freshQueue(), await freshQueue()];
        const message = fullMessage(body);
        await (await connection.openSender(from)).send([{ encoded: encodeMessage(message) }]);
        const holder = await connection.openHolder(from);
        const held = await holder.take(1);
        await (await connection.openSender(to)).send(held);
        await holder.remove(held);
        const [moved] = await (await connection.openReceiver(to, 'browse')).take(1);
        assert.ok(moved !== undefined);
        const { header: _header, ...wanted } = message;
        assert.deepEqual(withoutHeader(moved.encoded), decodeMessage(encodeMessage(wanted)));
        assert.deepEqual([moved.durable, moved.priority, moved.bodyKind], [true, 7, body.kind]);
        assert.ok(moved.ttl !== undefined && moved.ttl > 500_000 && moved.ttl <= 600_000, `${moved.ttl}`);
        assert.equal(await depth(broker, from), 0);
      });
    }

    it('since they are nobody else’s while they are held, and back when they are not removed', async () => {
      const queue = await freshQueue();
      await send(broker, queue, numbered(5));
      const holder = await connection.openHolder(queue);
      assert.deepEqual(texts(await holder.take(3)), ['m0', 'm1', 'm2']);
      assert.equal(await depth(broker, queue), 5);
      const consumer = await connection.openReceiver(queue, 'consume');
      assert.deepEqual(texts(await consumer.take(5, 50)), ['m3', 'm4']);
      await holder.close();
      assert.deepEqual(await browse(broker, queue), ['m0', 'm1', 'm2']);
    });

    it('since they are back when the connection is lost', async () => {
      const queue = await freshQueue();
      await send(broker, queue, numbered(5));
      const other = await connect(broker.ref);
      await (await other.openHolder(queue)).take(4);
      await other.close();
      await eventually('all are back', async () => (await browse(broker, queue)).length === 5);
      assert.deepEqual(await browse(broker, queue), numbered(5));
    });

    it('and are off the queue when their removal is confirmed, and only those', async () => {
      const queue = await freshQueue();
      await send(broker, queue, numbered(2_000));
      const holder = await connection.openHolder(queue);
      const held = await holder.take(2_000);
      // Every second one, so that removals and releases alternate in one turn.
      const removed = holder.remove(held.filter((_, index) => index % 2 === 0));
      const released = holder.release(held.filter((_, index) => index % 2 === 1));
      await Promise.all([removed, released]);
      assert.equal(await depth(broker, queue), 1_000);
      const expected = numbered(2_000).filter((_, index) => index % 2 === 1);
      assert.deepEqual(await browse(broker, queue), expected);
    });

    it('as many at a time as the broker has places for', async () => {
      const queue = await freshQueue();
      await send(broker, queue, numbered(9_000));
      const holder = await connection.openHolder(queue);
      const held = await holder.take(9_000);
      assert.equal(held.length, 5_000);
      await holder.remove(held.slice(1_000));
      // The oldest one is in the way, whatever has become of the others.
      assert.equal(await kindOf(holder.take(1)), 'limit');
      await holder.remove(held.slice(0, 500));
      const more = await holder.take(9_000);
      assert.equal(more.length, 500);
      await holder.remove([...held.slice(500, 1_000), ...more]);
      const rest = await holder.take(9_000, 100);
      await holder.remove(rest);
      assert.equal(rest.length, 3_500);
      assert.equal(await depth(broker, queue), 0);
    });

    it('and one that is removed beside one that is released takes none with it', async () => {
      const queue = await freshQueue();
      await send(broker, queue, numbered(2));
      const holder = await connection.openHolder(queue);
      const [first, second] = await holder.take(2);
      assert.ok(first !== undefined && second !== undefined);
      await Promise.all([holder.remove([first]), holder.release([second])]);
      assert.deepEqual(await browse(broker, queue), ['m1']);
    });

    it('and cannot be settled twice', async () => {
      const queue = await freshQueue();
      await send(broker, queue, numbered(1));
      const holder = await connection.openHolder(queue);
      const held = await holder.take(1);
      await holder.remove(held);
      assert.match((await failureOf(holder.remove(held))).text ?? '', /settled before/);
    });

    it('and no more can be had when the queue is deleted meanwhile', async () => {
      const queue = await freshQueue();
      await send(broker, queue, numbered(1));
      const holder = await connection.openHolder(queue);
      await holder.take(1);
      await deletePiece(broker, 'queue', queue);
      assert.equal(await kindOf(holder.take(1)), 'closed');
    });
  });
}
