import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messages, TestBroker } from '../embedded-broker/brokers';
import { failureOf, kindOf } from './peers';

async function withBroker(test: (broker: TestBroker) => Promise<void>, deadline = 5_000): Promise<void> {
  const broker = await TestBroker.start({}, { client: { deadline } });
  try {
    await broker.create('q');
    await test(broker);
  } finally {
    await broker.end();
  }
}

describe('Sending', () => {
  it('keeps all that can be said of a message', async () => {
    await withBroker(async ({ client }) => {
      const sender = await client.openSender('q');
      const body = Uint8Array.from([0, 255, 128]);
      const properties = { colour: 'red', count: 3, negative: -1, share: 0.5, yes: true };
      await sender.send([{ body, durable: true, priority: 9, ttl: 60_000, subject: 'news', properties }]);
      const receiver = await client.openReceiver('q', 'browse');
      const [message] = await receiver.take(1);
      assert.deepEqual(message?.body, Buffer.from(body));
      assert.deepEqual(message && { ...message, body: undefined, encoded: undefined, ttl: undefined }, {
        body: undefined,
        encoded: undefined,
        ttl: undefined,
        bodyKind: 'data',
        fields: {},
        annotations: {},
        durable: true,
        priority: 9,
        subject: 'news',
        properties,
      });
    });
  });

  it('reports its progress, one by one', async () => {
    await withBroker(async ({ client }) => {
      const sender = await client.openSender('q');
      const seen: number[] = [];
      await sender.send(
        messages(2_500).map((body) => ({ body })),
        (accepted) => seen.push(accepted),
      );
      assert.deepEqual(
        seen,
        Array.from({ length: 2_500 }, (_, index) => index + 1),
      );
    });
  });

  it('takes messages only as it can send them', async () => {
    await withBroker(async (broker) => {
      await broker.create('narrow', { 'qpid.max_count': 100 });
      let made = 0;
      function* endless(): Generator<{ body: string }> {
        for (;;) {
          made += 1;
          yield { body: 'x' };
        }
      }
      const sender = await broker.client.openSender('narrow');
      await failureOf(sender.send(endless()));
      assert.ok(made < 3_000, String(made));
    }, 400);
  });

  it('nothing is done at once', async () => {
    await withBroker(async ({ client }) => {
      const sender = await client.openSender('q');
      await sender.send([]);
    });
  });

  it('to a queue that is not there fails with not-found', async () => {
    await withBroker(async ({ client }) => {
      const error = await failureOf(client.openSender('none'));
      assert.deepEqual([error.kind, error.text], ['not-found', 'Node not found: none']);
    });
  });

  it('to a full queue fails with limit, and says how many were accepted', async () => {
    await withBroker(async (broker) => {
      await broker.create('full', { 'qpid.max_count': 3, 'qpid.flow_stop_count': 0 });
      const sender = await broker.client.openSender('full');
      const error = await failureOf(sender.send(messages(5).map((body) => ({ body }))));
      assert.equal(error.kind, 'limit');
      assert.match(error.text ?? '', /after 3 accepted/);
    });
  });

  it('to a queue that holds its producers back fails with timeout', async () => {
    await withBroker(async (broker) => {
      await broker.create('slow', { 'qpid.max_count': 10 });
      const sender = await broker.client.openSender('slow');
      assert.equal(await kindOf(sender.send(messages(9).map((body) => ({ body })))), 'timeout');
    }, 400);
  });

  it('to a queue that is deleted meanwhile fails with closed', async () => {
    await withBroker(async (broker) => {
      const sender = await broker.client.openSender('q');
      await broker.delete('queue', 'q');
      const error = await failureOf(sender.send([{ body: 'x' }]));
      assert.equal(error.kind, 'closed');
      assert.match(error.text ?? '', /Queue q has been deleted/);
    });
  });

  it('fails with closed when the broker dies', async () => {
    const broker = await TestBroker.start();
    await broker.create('q');
    const sender = await broker.client.openSender('q');
    const sending = kindOf(sender.send(messages(50_000).map((body) => ({ body }))));
    setTimeout(() => broker.broker.kill(), 20);
    assert.equal(await sending, 'closed');
    await broker.end();
  });

  it('that throws on the way of a message ends with what it threw', async () => {
    await withBroker(async ({ client }) => {
      const sender = await client.openSender('q');
      function* failing(): Generator<{ body: string }> {
        yield { body: 'x' };
        throw new Error('no more');
      }
      assert.match((await failureOf(sender.send(failing()))).message, /no more/);
    });
  });
});

describe('Receiving', () => {
  it('by browsing leaves everything in place, and goes on where it was', async () => {
    await withBroker(async (broker) => {
      await broker.send('q', ...messages(5));
      const receiver = await broker.client.openReceiver('q', 'browse');
      const take = async (count: number): Promise<string[]> =>
        (await receiver.take(count, 20)).map(({ body }) => Buffer.from(body).toString());
      assert.deepEqual(await take(2), ['m0', 'm1']);
      assert.deepEqual(await take(10), ['m2', 'm3', 'm4']);
      assert.deepEqual(await take(10), []);
      await broker.send('q', 'late');
      assert.deepEqual(await take(10), ['late']);
      assert.equal(await broker.depth('q'), 6);
    });
  });

  it('by consuming takes exactly what it returns', async () => {
    await withBroker(async (broker) => {
      await broker.send('q', ...messages(3_000));
      assert.equal((await broker.consume('q', 1_500)).length, 1_500);
      assert.equal(await broker.depth('q'), 1_500);
      const receiver = await broker.client.openReceiver('q', 'consume');
      assert.equal((await receiver.take(10_000, 20)).length, 1_500);
      await broker.send('q', 'late');
      assert.equal(await broker.depth('q'), 1);
    });
  });

  it('loses nothing and never stalls, however impatient', async () => {
    await withBroker(async (broker) => {
      await broker.send('q', ...messages(3_000));
      const receiver = await broker.client.openReceiver('q', 'consume');
      const bodies: string[] = [];
      while (bodies.length < 3_000) {
        const taken = await receiver.take(100_000, 0);
        bodies.push(...taken.map(({ body }) => Buffer.from(body).toString()));
      }
      assert.deepEqual(bodies, messages(3_000));
    });
  });

  it('from a queue that is not there fails with not-found', async () => {
    await withBroker(async ({ client }) => {
      assert.equal(await kindOf(client.openReceiver('none', 'browse')), 'not-found');
    });
  });

  it('from a queue that is deleted meanwhile fails with closed', async () => {
    await withBroker(async (broker) => {
      const receiver = await broker.client.openReceiver('q', 'consume');
      const waiting = kindOf(receiver.take(1));
      await broker.delete('queue', 'q');
      assert.equal(await waiting, 'closed');
      assert.equal(await kindOf(receiver.take(1)), 'closed');
    });
  });

  it('ends when it is closed, and can be closed again', async () => {
    await withBroker(async ({ client }) => {
      const receiver = await client.openReceiver('q', 'consume');
      await receiver.close();
      await receiver.close();
      assert.equal(await kindOf(receiver.take(1)), 'closed');
    });
  });
});
