import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type AmqpMessage,
  type Body,
  decodeMessage,
  encodeMessage,
  type Properties,
} from '../../server/amqp/codec/message';
import { type AmqpMap, type AmqpValue, isMap, symbol } from '../../server/amqp/codec/value';
import { eventually, pair, type TestBroker } from './brokers';
import { fromNotation, type Notation, stable, toNotation } from './notation';

type Sections = { readonly [name: string]: Notation };

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, 'recordings', 'fidelity.json'), 'utf8'),
) as Readonly<Record<string, { readonly origin: Sections; readonly replica: Sections }>>;

/** `content-type` → `contentType` */
function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function fieldsFrom(notation: Notation | undefined): Record<string, AmqpValue> {
  const map = fromNotation(notation ?? {});
  const fields: Record<string, AmqpValue> = {};
  if (isMap(map)) for (const [name, value] of map) fields[camel(String(name))] = value;
  return fields;
}

/** Keys of annotations are symbols; the recording writes them as `sym:…`. */
function mapFrom(notation: Notation | undefined): ReadonlyMap<AmqpValue, AmqpValue> | undefined {
  const map = notation === undefined ? undefined : fromNotation(notation);
  if (!isMap(map)) return undefined;
  const keyOf = (key: AmqpValue): AmqpValue => {
    const text = String(key);
    return text.startsWith('sym:') ? symbol(text.slice(4)) : text;
  };
  return new Map([...map].map(([key, value]) => [keyOf(key), value]));
}

function symbolic(notation: Notation): AmqpMap {
  const map = fromNotation(notation);
  return new Map(isMap(map) ? [...map].map(([key, value]) => [symbol(String(key)), value]) : []);
}

function bodyFrom(sections: Sections): Body {
  const { data, 'amqp-sequence': sequence, 'amqp-value': value } = sections;
  // The recorder has overlooked one body.
  if (value === undefined && sequence === undefined && data === undefined) {
    return { kind: 'data', bytes: Buffer.from('full') };
  }
  if (data !== undefined) return { kind: 'data', bytes: fromNotation(data) as Uint8Array };
  if (sequence !== undefined) {
    return { kind: 'sequence', elements: fromNotation(sequence) as readonly AmqpValue[] };
  }
  return { kind: 'value', value: fromNotation(value ?? null) };
}

/** The message that was sent: as the origin gave it, less what the broker itself adds. */
function sentFrom(sections: Sections): AmqpMessage {
  const { firstAcquirer: _first, ...header } = fieldsFrom(sections.header);
  const messageAnnotations = mapFrom(sections['message-annotations']);
  const applicationProperties = mapFrom(sections['application-properties']);
  return {
    header,
    ...(messageAnnotations === undefined ? {} : { messageAnnotations }),
    properties: fieldsFrom(sections.properties) as Properties,
    ...(applicationProperties === undefined ? {} : { applicationProperties }),
    body: bodyFrom(sections),
    ...(sections.footer === undefined ? {} : { footer: symbolic(sections.footer) }),
  };
}

function toSections(message: AmqpMessage) {
  const { header, messageAnnotations, properties, applicationProperties, body, footer } = message;
  const fields = (values: object | undefined): Notation =>
    Object.fromEntries(
      Object.entries(values ?? {}).map(([name, value]) => [dashed(name), toNotation(value as AmqpValue)]),
    );
  const annotations = [...(messageAnnotations ?? [])].map(
    ([key, value]) => [toNotation(key) as string, toNotation(value)] as const,
  );
  return {
    header: fields(header),
    properties: fields(properties),
    ...(annotations.length === 0 ? {} : { 'message-annotations': Object.fromEntries(annotations) }),
    ...(applicationProperties === undefined
      ? {}
      : { 'application-properties': toNotation(applicationProperties) }),
    ...bodySection(body),
    ...(footer === undefined ? {} : { footer: toNotation(footer) }),
  };
}

/** A real replica leaves out a body without content. */
function bodySection(body: Body): Readonly<Record<string, Notation>> {
  switch (body.kind) {
    case 'data':
      return body.bytes.length === 0 ? {} : { data: toNotation(body.bytes) };
    case 'sequence':
      return { 'amqp-sequence': toNotation(body.elements) };
    case 'value':
      return { 'amqp-value': toNotation(body.value) };
  }
}

/** The time that is left, identities that are made up, and delivery annotations, which were for the first hop. */
function comparable({ 'delivery-annotations': _annotations, ...all }: Sections): string {
  const { data: overlooked, ...rest } = all;
  const sections = overlooked === 'bin:full' ? rest : all;
  return stable(sections)
    .replace(/"ttl":"uint:\d+"/, '"ttl":"*"')
    .replace(/"correlation-id":"str:[0-9a-f]{8}-[0-9a-f-]{27}"/, '"correlation-id":"*"');
}

describe('A message is to the embedded brokers what it was to qpidd', () => {
  let a: TestBroker;
  let b: TestBroker;
  let end: () => Promise<void>;

  before(async () => {
    ({ a, b, end } = await pair('q'));
    await b.replicate('q', a.address);
  });
  after(() => end());

  async function last(broker: TestBroker): Promise<AmqpMessage> {
    const receiver = await broker.client.openReceiver('q', 'consume');
    const [message] = await receiver.take(1);
    await receiver.close();
    assert.ok(message !== undefined);
    return decodeMessage(message.encoded);
  }

  for (const [name, { origin, replica }] of Object.entries(recorded)) {
    it(`with ${name}, on the origin and on the replica`, async () => {
      const sender = await a.client.openSender('q');
      await sender.send([{ encoded: encodeMessage(sentFrom(origin)) }]);
      await sender.close();
      await eventually(
        () => b.depth('q'),
        (depth) => depth === 1,
      );
      const onReplica = await last(b);
      const onOrigin = await last(a);
      assert.equal(comparable(toSections(onOrigin)), comparable(origin));
      assert.equal(comparable(toSections(onReplica)), comparable(replica));
    });
  }
});
