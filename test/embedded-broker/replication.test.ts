import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attachReceiver } from '../../server/amqp/link';
import type { RheaContext, RheaDelivery } from '../../server/amqp/rhea';
import { eventually, messages, pair, TestBroker } from './brokers';
import { open } from './raw-agent';

async function replicating(
  queue: string,
  test: (a: TestBroker, b: TestBroker) => Promise<void>,
  settings: Parameters<typeof pair>[1] = {},
): Promise<void> {
  const { a, b, end } = await pair(queue, settings);
  try {
    await b.replicate(queue, a.address);
    await eventually(
      () => a.objects('subscription'),
      ({ length }) => length === 1,
    );
    await test(a, b);
  } finally {
    await end();
  }
}

const inStep = (broker: TestBroker, queue: string, depth: number): Promise<unknown> =>
  eventually(
    () => broker.depth(queue),
    (found) => found === depth,
  );

describe('Replication between embedded brokers', () => {
  it('copies what is there and what comes, and removes what goes', async () => {
    const { a, b, end } = await pair('q');
    await a.send('q', ...messages(5));
    await b.replicate('q', a.address);
    assert.equal(await inStep(b, 'q', 5), 5);
    await a.send('q', 'late');
    assert.equal(await inStep(b, 'q', 6), 6);
    assert.deepEqual(await a.consume('q', 2), ['m0', 'm1']);
    assert.equal(await inStep(b, 'q', 4), 4);
    assert.deepEqual(await b.bodies('q'), ['m2', 'm3', 'm4', 'late']);
    await end();
  });

  it('copies five thousand messages in order', async () => {
    await replicating('q', async (a, b) => {
      const sender = await a.client.openSender('q');
      await sender.send(messages(5_000).map((body) => ({ body })));
      assert.equal(await inStep(b, 'q', 5_000), 5_000);
      assert.deepEqual(await b.bodies('q'), messages(5_000));
    });
  });

  it('counts two deliveries for each message, and no consumer', async () => {
    await replicating('q', async (a, b) => {
      await a.send('q', ...messages(5));
      await inStep(b, 'q', 5);
      const [subscription] = await a.values('subscription');
      assert.equal(subscription?.delivered, 10);
      assert.equal(subscription?.browsing, true);
      assert.equal(subscription?.name, 'qpid.ha-q:q');
      const [queue] = (await a.values('queue')).filter(({ name }) => name === 'q');
      assert.equal(queue?.consumerCount, 0);
    });
  });

  it('can be followed from the bridge to the connection at the origin', async () => {
    await replicating('q', async (a, b) => {
      const [bridge] = await b.values('bridge');
      const [link] = await b.values('link');
      const [session] = (await a.values('session')).filter(({ name }) =>
        String(name).includes('bridge_session'),
      );
      const [connection] = (await a.values('connection')).filter(({ protocol }) => protocol === 'AMQP 0-10');
      assert.equal(bridge?.src, 'q');
      assert.equal(bridge?.dest, 'qpid.ha-q:q');
      assert.match(JSON.stringify(bridge?.linkRef), new RegExp(String(link?.name)));
      assert.match(String(link?.name), /^qpid\.ha\.link\.[0-9a-f-]{36}$/);
      assert.ok(String(session?.name).includes(String(bridge?.name)));
      assert.match(JSON.stringify(session?.connectionRef), new RegExp(String(connection?.address)));
      assert.match(JSON.stringify(connection?.remoteProperties), /qpid\.fed_link/);
      const [ha] = await b.values('habroker');
      const [subscription] = await a.values('subscription');
      assert.ok(JSON.stringify(subscription?.arguments).includes(String(ha?.systemId)));
    });
  });

  it('keeps the replicator out of the list of exchanges', async () => {
    await replicating('q', async (_a, b) => {
      const names = (await b.values('exchange')).map(({ name }) => String(name));
      assert.equal(
        names.some((name) => name.startsWith('qpid.ha-q:')),
        false,
      );
      const sender = await b.client.openSender('qpid.ha-q:q');
      await sender.close();
      await b.call('delete', { type: 'binding', name: 'qpid.ha-q:q/q/nokey', options: {} });
    });
  });

  it('follows a purge, and the deletion of the origin queue', async () => {
    await replicating('q', async (a, b) => {
      await a.send('q', ...messages(5));
      await inStep(b, 'q', 5);
      await a.client.qmf.call('org.apache.qpid.broker:queue:q', 'purge', { request: 0 });
      assert.equal(await inStep(b, 'q', 0), 0);
      await a.send('q', ...messages(5));
      await inStep(b, 'q', 5);
      await a.delete('queue', 'q');
      assert.equal(await inStep(b, 'q', 0), 0);
      assert.equal(await b.remains(), '1 bridges, links: Operational');
    });
  });

  it('ignores an origin queue that was created again, though all looks well', async () => {
    await replicating('q', async (a, b) => {
      await a.delete('queue', 'q');
      await a.create('q');
      await a.send('q', ...messages(3));
      const [subscription] = await a.objects('subscription');
      const [queue] = (await a.objects('queue')).filter(({ values }) => values.name === 'q');
      assert.ok(subscription !== undefined && queue !== undefined && subscription.created < queue.created);
      assert.equal(await b.remains(), '1 bridges, links: Operational');
      assert.equal(await b.depth('q'), 0);
    });
  });

  it('keeps acquired messages on the replica until they are accepted', async () => {
    await replicating('q', async (a, b) => {
      await a.send('q', ...messages(3));
      await inStep(b, 'q', 3);
      const guard = await open(a.broker.port);
      const receiver = await attachReceiver(guard, { address: 'q' }, 'opening', () => {});
      const acquired = await new Promise<RheaDelivery | undefined>((resolve) => {
        receiver.on('message', ({ delivery }: RheaContext) => resolve(delivery));
        receiver.add_credit(1);
      });
      assert.equal(await b.depth('q'), 3);
      acquired?.accept();
      assert.equal(await inStep(b, 'q', 2), 2);
      await guard.close();
    });
  });

  it('passes on from replica to replica what was copied, but only the first of what was sent there', async () => {
    const { a, b, end } = await pair('q');
    const c = await TestBroker.start();
    await c.create('q');
    await b.replicate('q', a.address);
    await c.replicate('q', b.address);
    await eventually(
      () => b.objects('subscription'),
      ({ length }) => length === 1,
    );
    await a.send('q', ...messages(3));
    await inStep(c, 'q', 3);
    assert.deepEqual(await c.bodies('q'), messages(3));
    await c.end();
    await end();
  });

  it('from a queue that once was a replica copies only the first message', async () => {
    const { a, b, end } = await pair('q');
    await b.replicate('q', a.address);
    const [bridge] = await b.values('bridge');
    await b.delete('bridge', String(bridge?.name));
    await b.delete('exchange', 'qpid.ha-q:q');
    await b.send('q', ...messages(3));
    const c = await TestBroker.start();
    await c.create('q');
    await c.replicate('q', b.address);
    await eventually(
      () => c.depth('q'),
      (depth) => depth !== 0,
    );
    await eventually(
      () => b.values('subscription'),
      ([found]) => found?.delivered === 6,
    );
    assert.deepEqual(await c.bodies('q'), ['m0']);
    await c.end();
    await end();
  });

  it('translates messages on their way', async () => {
    await replicating('q', async (a, b) => {
      const sender = await a.client.openSender('q');
      const body = 'text';
      await sender.send([
        { body, subject: 'news', durable: true, priority: 7, properties: { colour: 'red' } },
      ]);
      await inStep(b, 'q', 1);
      const receiver = await b.client.openReceiver('q', 'browse');
      const [message] = await receiver.take(1);
      assert.equal(Buffer.from(message?.body ?? '').toString(), 'text');
      assert.equal(message?.subject, 'news');
      assert.equal(message?.durable, true);
      assert.equal(message?.priority, 7);
      assert.deepEqual(message?.properties, { colour: 'red', 'qpid.subject': 'news' });
      const sizes = await Promise.all(
        [a, b].map(
          async (broker) => (await broker.values('queue')).find(({ name }) => name === 'q')?.byteDepth,
        ),
      );
      assert.ok(Number(sizes[1]) > Number(sizes[0]));
    });
  });
});

describe('An origin makes producers wait for the replica', () => {
  it('until the replica has room again', async () => {
    const { a, b, end } = await pair('q');
    await b.delete('queue', 'q');
    await b.create('q', { 'qpid.max_count': 10 });
    await b.replicate('q', a.address);
    await eventually(
      () => a.objects('subscription'),
      ({ length }) => length === 1,
    );
    const sender = await a.client.openSender('q');
    let accepted = 0;
    const sending = sender.send(
      messages(9).map((body) => ({ body })),
      (count) => {
        accepted = count;
      },
    );
    await inStep(b, 'q', 9);
    assert.equal(accepted, 8);
    await a.consume('q', 5);
    await sending;
    assert.equal(accepted, 9);
    await end();
  });

  it('and no longer, when it stops', async () => {
    const { a, b, end } = await pair('q');
    await b.delete('queue', 'q');
    await b.create('q', { 'qpid.max_count': 10 });
    await b.replicate('q', a.address);
    await eventually(
      () => a.objects('subscription'),
      ({ length }) => length === 1,
    );
    const sender = await a.client.openSender('q');
    const sending = sender.send(messages(9).map((body) => ({ body })));
    await inStep(b, 'q', 9);
    b.broker.kill();
    await sending;
    await end();
  });
});

describe('A replica that is full', () => {
  it('stops its whole broker', async () => {
    const { a, b, end } = await pair('q');
    await b.delete('queue', 'q');
    await b.create('q', { 'qpid.max_count': 3, 'qpid.flow_stop_count': 0 });
    await b.replicate('q', a.address);
    await a.send('q', ...messages(5));
    assert.match((await b.broker.stopped) ?? '', /Replication failed: resource-limit-exceeded/);
    await end();
  });

  it('as a ring forgets silently', async () => {
    const { a, b, end } = await pair('q');
    await b.delete('queue', 'q');
    await b.create('q', { 'qpid.max_count': 3, 'qpid.policy_type': 'ring' });
    await b.replicate('q', a.address);
    await a.send('q', ...messages(5));
    await eventually(
      () => b.bodies('q'),
      (found) => found.includes('m4'),
    );
    assert.deepEqual(await b.bodies('q'), ['m2', 'm3', 'm4']);
    await end();
  });
});
