import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type AmqpMessage, decodeMessage } from '../../server/amqp/codec/message';
import { isList, isMap, textOf } from '../../server/amqp/codec/value';
import type { BrokerEvent } from '../../server/amqp/contract';
import { attachReceiver } from '../../server/amqp/link';
import { type RheaContext, topicFilter } from '../../server/amqp/rhea';
import { clientOf, eventually, messages, pair, TestBroker } from './brokers';
import { messageNotation, type Notation, normalised, stable, toNotation } from './notation';
import { open } from './raw-agent';

interface Recorded {
  readonly messages: readonly { readonly name: string; readonly message: Notation }[];
  readonly federation: readonly {
    readonly case: string;
    readonly side: 'origin' | 'replica';
    readonly name: string;
    readonly values: Notation;
  }[];
}

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, 'recordings', 'events.json'), 'utf8'),
) as Recorded;

/** Everything about an event message, less what differs from run to run. */
function comparable(message: Notation): string {
  return normalised(stable(message))
    .replace(/bin:[\w*-]+_[\w*-]+"/g, 'bin:*"')
    .replace(/"bin:\*"/g, '"bin:*"')
    .replace(/"container-id":"bin:[^"]*"/g, '"container-id":"bin:*"');
}

async function listen(broker: TestBroker): Promise<{ seen: AmqpMessage[]; close(): Promise<void> }> {
  const guard = await open(broker.broker.port);
  const seen: AmqpMessage[] = [];
  const source = { address: 'qmf.default.topic', filter: topicFilter('agent.ind.event.#') };
  const receiver = await attachReceiver(guard, source, 'opening', () => {});
  receiver.on('message', ({ message, delivery }: RheaContext) => {
    delivery?.accept();
    receiver.add_credit(1);
    if (message !== undefined) seen.push(decodeMessage(message));
  });
  receiver.add_credit(1_000);
  return { seen, close: () => guard.close() };
}

function nameOf({ body }: AmqpMessage): string {
  const [event] = body.kind === 'value' && isList(body.value) ? body.value : [];
  const schema = isMap(event) ? event.get('_schema_id') : undefined;
  return (isMap(schema) ? textOf(schema.get('_class_name')) : undefined) ?? '';
}

describe('The embedded broker tells of events as qpidd did', () => {
  let seen: readonly AmqpMessage[];

  before(async () => {
    const { a, b, end } = await pair('eq');
    const { seen: heard, close } = await listen(b);
    await b.delete('queue', 'eq');
    await b.create('eq', { 'qpid.max_count': 5 });
    await b.replicate('eq', a.address);
    await eventually(
      () => a.objects('subscription'),
      (found) => found.length === 1,
    );
    await b.bodies('eq');
    await b.create('q9');
    // The origin has none of that name.
    await b.replicate('q9', a.address);
    await eventually(
      async () => heard.map(nameOf),
      (names) => names.includes('exchangeDelete'),
    );
    a.broker.kill();
    await b.call('create', { type: 'exchange', name: 'xx', properties: { 'exchange-type': 'fanout' } });
    await b.call('create', { type: 'binding', name: 'xx/q9/k', properties: {} });
    await b.delete('binding', 'xx/q9/k');
    await b.delete('exchange', 'xx');
    await b.create('lim', { 'qpid.max_count': 5, 'qpid.flow_stop_count': 0 });
    await b.send('lim', ...messages(4));
    await b.delete('queue', 'lim');
    await (await clientOf(b.broker)).close();
    await eventually(
      async () => heard.map(nameOf),
      (names) => recorded.messages.every(({ name }) => names.includes(name)),
    );
    seen = heard;
    await close();
    await end();
  });

  for (const { name, message } of recorded.messages) {
    it(`of ${name}`, () => {
      const own = seen.filter((candidate) => nameOf(candidate) === name).map(messageNotation);
      assert.notEqual(own.length, 0, `only ${seen.map(nameOf).join(' ')}`);
      const shapes = own.map((candidate) => blank(comparable(candidate)));
      assert.ok(
        shapes.includes(blank(comparable(message))),
        `${shapes.join('\n')}\n${blank(comparable(message))}`,
      );
    });
  }

  /** Names and sizes of the recorded queues and messages. */
  function blank(text: string): string {
    return text
      .replace(/"(byteDepth|msgDepth)":"ulong:\d+"/g, '"$1":"*"')
      .replace(/"(qName|exName)":"bin:[^"]*"/g, '"$1":"*"')
      .replace(/"qpid\.max_count":"uint:5"/, '');
  }
});

describe('Of a replication the embedded brokers tell as qpidd did', () => {
  const heard: Record<'origin' | 'replica', { case: string; event: AmqpMessage }[]> = {
    origin: [],
    replica: [],
  };
  let end: () => Promise<void> = async () => {};

  before(async () => {
    const { a, b, end: stop } = await pair('q');
    end = stop;
    const listeners = { origin: await listen(a), replica: await listen(b) };
    // What the tests themselves cause by connecting.
    await new Promise((resolve) => setTimeout(resolve, 50));
    let done = { origin: listeners.origin.seen.length, replica: listeners.replica.seen.length };
    const note = async (name: string, counts: typeof done): Promise<void> => {
      for (const side of ['origin', 'replica'] as const) {
        const { seen } = listeners[side];
        await eventually(
          async () => seen.length,
          (length) => length >= done[side] + counts[side],
        );
        heard[side].push(...seen.slice(done[side]).map((event) => ({ case: name, event })));
      }
      done = { origin: listeners.origin.seen.length, replica: listeners.replica.seen.length };
    };
    await b.replicate('q', a.address);
    await note('replicate', { origin: 2, replica: 1 });
    const [bridge] = await b.values('bridge');
    await b.delete('bridge', String(bridge?.name));
    await b.delete('exchange', 'qpid.ha-q:q');
    const [link] = await b.values('link');
    await b.delete('link', String(link?.name));
    await note('full stop', { origin: 2, replica: 1 });
    await Promise.all([listeners.origin.close(), listeners.replica.close()]);
  });
  after(() => end());

  for (const side of ['origin', 'replica'] as const) {
    for (const name of ['replicate', 'full stop']) {
      it(`at ${name}, on the ${side}`, () => {
        const own = heard[side]
          .filter((entry) => entry.case === name)
          .map(({ event }) => [nameOf(event), comparable(valuesOf(event))]);
        const wanted = recorded.federation
          .filter((entry) => entry.case === name && entry.side === side)
          .map((entry) => [entry.name, comparable(entry.values)]);
        assert.deepEqual(own, wanted);
      });
    }
  }

  function valuesOf({ body }: AmqpMessage): Notation {
    const [event] = body.kind === 'value' && isList(body.value) ? body.value : [];
    return toNotation((isMap(event) ? event.get('_values') : undefined) ?? null);
  }
});

describe('A replicator that ends', () => {
  it('since the origin has no such queue is told of without a causer', async () => {
    const { a, b, end } = await pair('q');
    await a.delete('queue', 'q');
    const events: BrokerEvent[] = [];
    const stream = await b.client.openEvents((event) => events.push(event));
    await b.replicate('q', a.address);
    const found = await eventually(
      async () => events.find(({ name }) => name === 'exchangeDelete'),
      (event) => event !== undefined,
    );
    assert.deepEqual(found?.values, { exName: 'qpid.ha-q:q', rhost: '', user: '' });
    await stream.close();
    assert.equal(await stream.ended, undefined);
    await end();
  });
});

describe('The events of a broker', () => {
  it('come in order, as many as there are', async () => {
    const broker = await TestBroker.start();
    const names: unknown[] = [];
    const stream = await broker.client.openEvents(({ name, values }) => {
      if (name === 'queueDeclare') names.push(values.qName);
    });
    const wanted = messages(3_000, 'q');
    await Promise.all(wanted.map((name) => broker.create(name)));
    await eventually(
      async () => names.length,
      (length) => length >= wanted.length,
    );
    assert.deepEqual(names.slice(-wanted.length), wanted);
    await stream.close();
    await broker.end();
  });

  it('end with the reason when the broker dies', async () => {
    const broker = await TestBroker.start();
    const stream = await broker.client.openEvents(() => {});
    broker.broker.kill();
    assert.equal((await stream.ended)?.kind, 'closed');
    assert.equal((await broker.client.ended).kind, 'closed');
    await broker.end();
  });
});
