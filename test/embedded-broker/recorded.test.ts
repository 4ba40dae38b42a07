import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isMap, mapOf } from '../../server/amqp/codec/value';
import { eventually, messages, pair, type TestBroker } from './brokers';
import {
  fromNotation,
  messageNotation,
  type Notation,
  normalised,
  shape,
  stable,
  toNotation,
} from './notation';
import { opcodeOf, type RawAgent, rawAgent } from './raw-agent';

interface Recorded {
  readonly name: string;
  readonly opcode: string;
  readonly request: Notation;
  readonly reply?: Notation;
  readonly replied?: boolean;
  readonly events?: readonly { readonly condition: string; readonly description: string }[];
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'recordings', name), 'utf8')) as T;
}

/** Replies of this broker to what a real one was asked, in the same order and state. */
describe('The embedded broker answers as qpidd did', () => {
  let a: TestBroker;
  let b: TestBroker;
  let agent: RawAgent;
  let end: () => Promise<void>;

  before(async () => {
    ({ a, b, end } = await pair('repl.q'));
    await a.send('repl.q', ...messages(5));
    await b.replicate('repl.q', a.address);
    await eventually(
      () => b.depth('repl.q'),
      (depth) => depth === 5,
    );
    agent = await rawAgent(b.broker.port);
  });

  after(async () => {
    await agent.close();
    await end();
  });

  /** Its text depends on how the recorded broker was started. */
  const differing = new Set(['getLogLevel']);

  for (const { name, opcode, request, reply } of read<Recorded[]>('methods.json')) {
    it(`to the method request ${name}`, async () => {
      const text = stable(request).replaceAll('127.0.0.1:25101', a.address);
      const [answer] = await agent.ask({ opcode, body: fromNotation(JSON.parse(text) as Notation) });
      assert.ok(answer !== undefined && reply !== undefined);
      const own = messageNotation(answer);
      if (differing.has(name)) assert.equal(stable(shape(own)), stable(shape(reply)));
      else assert.equal(normalised(stable(own)), normalised(stable(reply)));
    });
  }

  for (const { name, opcode, request, reply } of read<Recorded[]>('queries.json')) {
    it(`to the query ${name}`, async () => {
      const [answer] = await agent.ask({ opcode, body: fromNotation(request) });
      assert.ok(answer !== undefined && reply !== undefined);
      // setBrokersUrl and setPublicUrl have been called in between.
      const blank = (text: string): string =>
        text.replace(/"(brokersUrl|publicUrl)":"bin:[^"]*"/g, '"$1":"*"');
      assert.equal(blank(normalised(stable(messageNotation(answer)))), blank(normalised(stable(reply))));
    });
  }

  const properties: Readonly<Record<string, { readonly subject?: string; readonly appId?: string }>> = {
    other_subject: { subject: 'other' },
    no_subject: { subject: '' },
    no_appid: { appId: '' },
  };
  for (const { name, opcode, request, reply, replied, events } of read<Recorded[]>('malformed.json')) {
    it(`to the malformed request ${name}`, async () => {
      const own = await rawAgent(b.broker.port);
      const [answer] = await own.ask({
        opcode,
        body: fromNotation(request),
        patience: replied ? 3_000 : 150,
        ...properties[name],
      });
      await own.close();
      assert.equal(answer !== undefined, replied);
      if (answer !== undefined && reply !== undefined) {
        const blank = (text: string): string =>
          text.replace(/"(brokersUrl|publicUrl)":"bin:[^"]*"/g, '"$1":"*"');
        assert.equal(blank(normalised(stable(messageNotation(answer)))), blank(normalised(stable(reply))));
      }
      for (const { condition, description } of events ?? []) {
        const seen = own.ended.map((failure) => [failure.condition, failure.text]);
        assert.ok(
          seen.some((pair) => pair[0] === condition && pair[1] === description),
          JSON.stringify(seen),
        );
      }
    });
  }

  it('with the parts that it used for many objects', async () => {
    await Promise.all(messages(250, 'many').map((name) => b.create(name)));
    const body = mapOf({ _what: 'OBJECT', _schema_id: mapOf({ _class_name: 'queue' }) });
    const parts = await agent.ask({ opcode: '_query_request', body });
    const counts = parts.map(({ body: part }) =>
      part.kind === 'value' && Array.isArray(part.value) ? part.value.length : -1,
    );
    const partial = parts.map(({ applicationProperties }) => applicationProperties?.get('partial'));
    assert.equal(
      parts.map(opcodeOf).every((opcode) => opcode === '_query_response'),
      true,
    );
    assert.deepEqual(counts.slice(0, -1), [100, 100]);
    assert.deepEqual(partial, ['', '', undefined]);
  });
});

describe('The embedded broker shows objects as qpidd did', () => {
  let a: TestBroker;
  let b: TestBroker;
  let agents: readonly RawAgent[];
  let end: () => Promise<void>;

  before(async () => {
    ({ a, b, end } = await pair('repl.q'));
    await a.create('alt.q', { 'alternate-exchange': 'amq.fanout' });
    await a.call('create', { type: 'exchange', name: 'my.ex', properties: { 'exchange-type': 'direct' } });
    await b.replicate('repl.q', a.address);
    await eventually(
      () => a.objects('subscription'),
      (found) => found.length === 1,
    );
    agents = await Promise.all([rawAgent(a.broker.port), rawAgent(b.broker.port)]);
  });

  after(async () => {
    await Promise.all(agents.map((agent) => agent.close()));
    await end();
  });

  /** Which of several objects of a class is meant. */
  const choose: Readonly<Record<string, (object: string) => boolean>> = {
    queue: (object) => object.includes('queue:repl.q'),
    'queue:altExchange': (object) => object.includes('altExchange'),
    exchange: (object) => object.includes('my.ex'),
    'exchange:builtin': (object) => object.includes('amq.direct'),
    'connection:client': (object) => object.includes('AMQP 1.0'),
    'connection:federation': (object) => object.includes('qpid.federation_tag'),
    'connection:out': (object) => object.includes('"incoming":false'),
    session: (object) => object.includes('0x'),
  };

  for (const [name, recorded] of Object.entries(read<Record<string, Notation>>('objects.json'))) {
    it(`of ${name}`, async () => {
      const [className = ''] = name.split(':');
      const body = mapOf({ _what: 'OBJECT', _schema_id: mapOf({ _class_name: className }) });
      const objects: Notation[] = [];
      for (const agent of agents) {
        const [answer] = await agent.ask({ opcode: '_query_request', body });
        const list = answer?.body.kind === 'value' ? answer.body.value : null;
        if (Array.isArray(list)) objects.push(...list.filter(isMap).map(toNotation));
      }
      const own = objects.find((object) => choose[name]?.(stable(object)) ?? true);
      assert.ok(own !== undefined, `none of ${objects.length}`);
      const arguments_ = (text: string): string =>
        text.replace(/"arguments":\{[^{}]*\},"auto/, '"arguments":{},"auto');
      assert.equal(arguments_(stable(shape(own))), arguments_(stable(shape(recorded))));
      const schema = (object: Notation): Notation => (object as { _schema_id: Notation })._schema_id;
      assert.equal(stable(schema(own)), stable(schema(recorded)));
    });
  }
});
