import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeMessage } from '../../server/amqp/codec/message';
import { numberOf } from '../../server/amqp/codec/value';
import { attachReceiver, attachSender } from '../../server/amqp/link';
import type { RheaContext, RheaDelivery, RheaReceiver } from '../../server/amqp/rhea';
import { failureOf, kindOf } from '../amqp/peers';
import { clientOf, eventually, messages, TestBroker } from './brokers';
import { open } from './raw-agent';

async function withBroker(test: (broker: TestBroker) => Promise<void>): Promise<void> {
  const broker = await TestBroker.start();
  try {
    await broker.create('q');
    await test(broker);
  } finally {
    await broker.end();
  }
}

interface Received {
  readonly delivery: RheaDelivery;
  readonly body: string;
  readonly failures: number;
}

function receiveOne(receiver: RheaReceiver): Promise<Received> {
  return new Promise((resolve) => {
    receiver.once('message', ({ delivery, message }: RheaContext) => {
      if (delivery === undefined || message === undefined) return;
      const { header, body } = decodeMessage(message);
      const text = body.kind === 'value' ? String(body.value) : body.kind;
      resolve({ delivery, body: text, failures: numberOf(header?.deliveryCount) ?? 0 });
    });
    receiver.add_credit(1);
  });
}

describe('A queue', () => {
  it('gives a message again that was released, and counts those that failed', async () => {
    await withBroker(async (broker) => {
      await broker.send('q', 'r0', 'r1');
      const guard = await open(broker.broker.port);
      const receiver = await attachReceiver(guard, { address: 'q' }, 'opening', () => {});
      const first = await receiveOne(receiver);
      assert.deepEqual([first.body, first.failures], ['r0', 0]);
      first.delivery.release();
      const second = await receiveOne(receiver);
      assert.deepEqual([second.body, second.failures], ['r0', 0]);
      second.delivery.release({ delivery_failed: true });
      const third = await receiveOne(receiver);
      assert.deepEqual([third.body, third.failures], ['r0', 1]);
      third.delivery.reject({ condition: 'x:y', description: 'no' });
      const fourth = await receiveOne(receiver);
      assert.equal(fourth.body, 'r1');
      await guard.close();
      // The rejected one is gone, the one that was held is back.
      assert.deepEqual(await broker.bodies('q'), ['r1']);
    });
  });

  it('divides its messages among consumers', async () => {
    await withBroker(async (broker) => {
      await broker.send('q', ...messages(10));
      const halves = await Promise.all([broker.consume('q', 5), broker.consume('q', 5)]);
      assert.deepEqual(halves.flat().sort(), [...messages(10)].sort());
    });
  });

  it('counts what happens to it', async () => {
    await withBroker(async (broker) => {
      await broker.send('q', ...messages(4));
      await broker.consume('q', 1);
      await broker.client.qmf.call('org.apache.qpid.broker:queue:q', 'purge', { request: 2 });
      const [values] = (await broker.values('queue')).filter(({ name }) => name === 'q');
      const { msgDepth, msgTotalEnqueues, msgTotalDequeues, discardsPurge, acquires, consumerCount } =
        values ?? {};
      assert.deepEqual(
        { msgDepth, msgTotalEnqueues, msgTotalDequeues, discardsPurge, acquires, consumerCount },
        {
          msgDepth: 1,
          msgTotalEnqueues: 4,
          msgTotalDequeues: 3,
          discardsPurge: 2,
          acquires: 1,
          consumerCount: 0,
        },
      );
    });
  });

  it('drops messages whose time has passed', async () => {
    await withBroker(async (broker) => {
      const sender = await broker.client.openSender('q');
      await sender.send([
        { body: 'short', ttl: 1 },
        { body: 'long', ttl: 60_000 },
      ]);
      await eventually(
        () => broker.bodies('q'),
        (bodies) => bodies.length === 1,
      );
      assert.deepEqual(await broker.bodies('q'), ['long']);
    });
  });

  it('holds producers back at its threshold, and lets them go on below', async () => {
    await withBroker(async (broker) => {
      await broker.create('slow', { 'qpid.max_count': 10 });
      const sender = await broker.client.openSender('slow');
      let accepted = 0;
      const sending = sender.send(
        messages(10).map((body) => ({ body })),
        (count) => {
          accepted = count;
        },
      );
      await eventually(
        () => broker.depth('slow'),
        (depth) => depth === 10,
      );
      const [values] = (await broker.values('queue')).filter(({ name }) => name === 'slow');
      assert.deepEqual([accepted, values?.flowStopped], [8, true]);
      await broker.consume('slow', 4);
      await sending;
    });
  });

  it('moves its messages to another on request', async () => {
    await withBroker(async (broker) => {
      await broker.create('other');
      await broker.send('q', ...messages(5));
      await broker.call('queueMoveMessages', { srcQueue: 'q', destQueue: 'other', qty: 3, filter: {} });
      assert.deepEqual(await broker.bodies('other'), ['m0', 'm1', 'm2']);
      assert.deepEqual(await broker.bodies('q'), ['m3', 'm4']);
      await broker.call('queueMoveMessages', { srcQueue: 'q', destQueue: 'other', qty: 0, filter: {} });
      assert.deepEqual(await broker.bodies('other'), messages(5));
      const unknown = { srcQueue: 'none', destQueue: 'other', qty: 0 };
      assert.equal((await failureOf(broker.call('queueMoveMessages', unknown))).text, 'InvalidParameter');
    });
  });

  it('is deleted only when empty or unused, where that is asked for', async () => {
    await withBroker(async (broker) => {
      await broker.send('q', 'x');
      const options = (option: string) => ({ type: 'queue', name: 'q', options: { [option]: true } });
      assert.match((await failureOf(broker.call('delete', options('if_empty')))).text ?? '', /not empty/);
      const receiver = await broker.client.openReceiver('q', 'browse');
      assert.match((await failureOf(broker.call('delete', options('if_unused')))).text ?? '', /in use/);
      await receiver.close();
      await broker.call('delete', options('if_unused'));
      assert.equal(await broker.depth('q'), undefined);
    });
  });

  it('of names with any characters can be made, used and asked for', async () => {
    await withBroker(async (broker) => {
      for (const name of ['a b', 'a/b', 'a:b', 'ä€', 'a,b', '#*', 'qpid.x']) {
        await broker.create(name);
        await broker.send(name, 'x');
        assert.equal(await broker.depth(name), 1, name);
      }
    });
  });
});

describe('Exchanges', () => {
  const cases: readonly (readonly [
    type: string,
    key: string,
    hits: readonly string[],
    misses: readonly string[],
  ])[] = [
    ['direct', 'red', ['red'], ['green', '']],
    ['fanout', '', ['red', ''], []],
    ['topic', 'a.*.c', ['a.b.c'], ['a.c', 'a.b.b.c', 'a.b']],
    ['topic', 'a.#', ['a', 'a.b', 'a.b.c'], ['b.a']],
    ['topic', '#.c', ['c', 'a.b.c'], ['c.d']],
  ];
  for (const [type, key, hits, misses] of cases) {
    it(`of type ${type} with key "${key}" pass on ${hits.length} of ${hits.length + misses.length}`, async () => {
      await withBroker(async (broker) => {
        const properties = { 'exchange-type': type };
        await broker.call('create', { type: 'exchange', name: 'ex', properties });
        await broker.call('create', { type: 'binding', name: `ex/q/${key}`, properties: {} });
        const sender = await broker.client.openSender('ex');
        await sender.send([...hits, ...misses].map((subject) => ({ body: subject, subject })));
        assert.deepEqual(await broker.bodies('q'), hits);
        await broker.call('delete', { type: 'binding', name: `ex/q/${key}`, options: {} });
        await broker.delete('exchange', 'ex');
        assert.equal(await kindOf(broker.client.openSender('ex')), 'not-found');
      });
    });
  }
});

describe('Links of clients', () => {
  it('get queues of their own, that go with them', async () => {
    await withBroker(async (broker) => {
      const guard = await open(broker.broker.port);
      const receiver = await attachReceiver(guard, { dynamic: true }, 'opening', () => {});
      const address = receiver.source?.address ?? '';
      assert.equal(address, `qpid-ha_${receiver.name}`);
      assert.equal(receiver.source?.dynamic, false);
      const [values] = (await broker.values('queue')).filter(({ name }) => name === address);
      assert.deepEqual([values?.autoDelete, values?.consumerCount], [true, 1]);
      await guard.close();
      await eventually(
        () => broker.depth(address),
        (depth) => depth === undefined,
      );
      assert.equal(await broker.depth(address), undefined);
    });
  });

  it('are refused with the words of the broker', async () => {
    await withBroker(async (broker) => {
      const guard = await open(broker.broker.port);
      const error = await failureOf(attachSender(guard, 'nosuch', 'opening', () => {}));
      assert.deepEqual([error.kind, error.text], ['not-found', 'Node not found: nosuch']);
      await guard.close();
    });
  });

  it('are ended with a reason when their queue is deleted', async () => {
    await withBroker(async (broker) => {
      const guard = await open(broker.broker.port);
      const ended = new Promise<string | undefined>((resolve) => {
        void attachReceiver(guard, { address: 'q' }, 'opening', ({ condition }) => resolve(condition));
      });
      await eventually(
        () => broker.values('queue'),
        (queues) => queues.some((queue) => queue.consumerCount === 1),
      );
      await broker.delete('queue', 'q');
      assert.equal(await ended, 'amqp:resource-deleted');
      await guard.close();
    });
  });
});

describe('Connections', () => {
  it('are shown as long as they are there', async () => {
    await withBroker(async (broker) => {
      const other = await clientOf(broker.broker);
      await other.qmf.objects('broker');
      assert.equal((await broker.objects('connection')).length, 2);
      await other.close();
      await eventually(
        () => broker.objects('connection'),
        ({ length }) => length === 1,
      );
      assert.equal((await broker.objects('connection')).length, 1);
    });
  });

  it('end without a word when the broker stops', async () => {
    const broker = await TestBroker.start();
    const guard = await open(broker.broker.port);
    const reason = new Promise((resolve) => guard.onEnd(resolve));
    await broker.broker.stop();
    assert.match(JSON.stringify(await reason), /without saying why/);
    await broker.end();
  });
});
