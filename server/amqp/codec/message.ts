import { Decoder, MalformedError } from './decode';
import { Encoder } from './encode';
import { type AmqpMap, type AmqpValue, isList, isMap, isTyped, ulong } from './value';

/** The sections of an AMQP 1.0 message, with types kept. What is absent on the wire is absent here. */
export interface AmqpMessage {
  readonly header?: Header;
  readonly deliveryAnnotations?: AmqpMap;
  readonly messageAnnotations?: AmqpMap;
  readonly properties?: Properties;
  readonly applicationProperties?: AmqpMap;
  readonly body: Body;
  readonly footer?: AmqpMap;
}

export interface Header {
  readonly durable?: AmqpValue;
  readonly priority?: AmqpValue;
  /** Milliseconds, uint. */
  readonly ttl?: AmqpValue;
  readonly firstAcquirer?: AmqpValue;
  readonly deliveryCount?: AmqpValue;
}

export interface Properties {
  readonly messageId?: AmqpValue;
  readonly userId?: AmqpValue;
  readonly to?: AmqpValue;
  readonly subject?: AmqpValue;
  readonly replyTo?: AmqpValue;
  readonly correlationId?: AmqpValue;
  readonly contentType?: AmqpValue;
  readonly contentEncoding?: AmqpValue;
  readonly absoluteExpiryTime?: AmqpValue;
  readonly creationTime?: AmqpValue;
  readonly groupId?: AmqpValue;
  readonly groupSequence?: AmqpValue;
  readonly replyToGroupId?: AmqpValue;
}

export type Body =
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'value'; readonly value: AmqpValue }
  | { readonly kind: 'sequence'; readonly elements: readonly AmqpValue[] };

const sections = {
  header: 0x70,
  deliveryAnnotations: 0x71,
  messageAnnotations: 0x72,
  properties: 0x73,
  applicationProperties: 0x74,
  data: 0x75,
  sequence: 0x76,
  value: 0x77,
  footer: 0x78,
} as const;

const headerFields = ['durable', 'priority', 'ttl', 'firstAcquirer', 'deliveryCount'] as const;
const propertyFields = [
  'messageId',
  'userId',
  'to',
  'subject',
  'replyTo',
  'correlationId',
  'contentType',
  'contentEncoding',
  'absoluteExpiryTime',
  'creationTime',
  'groupId',
  'groupSequence',
  'replyToGroupId',
] as const;

export function encodeMessage(message: AmqpMessage): Buffer {
  const encoder = new Encoder();
  if (message.header) section(encoder, sections.header, toFields(headerFields, message.header));
  for (const name of ['deliveryAnnotations', 'messageAnnotations'] as const) {
    const annotations = message[name];
    if (annotations) section(encoder, sections[name], annotations);
  }
  if (message.properties) section(encoder, sections.properties, toFields(propertyFields, message.properties));
  if (message.applicationProperties) {
    section(encoder, sections.applicationProperties, message.applicationProperties);
  }
  const { body } = message;
  switch (body.kind) {
    case 'data':
      section(encoder, sections.data, body.bytes);
      break;
    case 'value':
      section(encoder, sections.value, body.value);
      break;
    case 'sequence':
      section(encoder, sections.sequence, body.elements);
      break;
  }
  if (message.footer) section(encoder, sections.footer, message.footer);
  return encoder.toBuffer();
}

export function encodeHeader(header: Header): Buffer {
  const encoder = new Encoder();
  section(encoder, sections.header, toFields(headerFields, header));
  return encoder.toBuffer();
}

function section(encoder: Encoder, code: number, value: AmqpValue): void {
  encoder.value({ type: 'described', descriptor: ulong(code), value });
}

function toFields<Name extends string>(
  names: readonly Name[],
  fields: Readonly<Partial<Record<Name, AmqpValue>>>,
): AmqpValue[] {
  const values = names.map((name) => fields[name] ?? null);
  while (values.length > 0 && values.at(-1) === null) values.pop();
  return values;
}

/** Throws `MalformedError`. */
export function decodeMessage(bytes: Uint8Array): AmqpMessage {
  return readSections(bytes, Number.POSITIVE_INFINITY);
}

/** Header and properties only; the body stays unread, and `rest` is all that follows the header. */
export function decodeHead(bytes: Uint8Array): { readonly message: AmqpMessage; readonly rest: Uint8Array } {
  const decoder = new Decoder(bytes);
  let rest = bytes;
  if (bytes[0] === 0x00) {
    const first = decoder.value();
    if (codeOf(first) === sections.header) rest = decoder.slice(decoder.at, bytes.length);
  }
  return { message: readSections(bytes, sections.applicationProperties), rest };
}

type Draft = { -readonly [Name in keyof AmqpMessage]?: AmqpMessage[Name] };

function readSections(bytes: Uint8Array, last: number): AmqpMessage {
  const decoder = new Decoder(bytes);
  const draft: Draft = {};
  while (!decoder.atEnd && (bytes[decoder.at + 2] ?? 0) <= last) {
    const part = decoder.value();
    if (!isTyped(part) || part.type !== 'described') throw new MalformedError('a section has no descriptor');
    addSection(draft, codeOf(part), part.value);
  }
  return { ...draft, body: draft.body ?? { kind: 'value', value: null } };
}

/** Symbolic descriptors are allowed by the standard; no known peer sends them in messages. */
function codeOf(part: AmqpValue): number {
  if (!isTyped(part) || part.type !== 'described') throw new MalformedError('a section has no descriptor');
  const { descriptor } = part;
  return isTyped(descriptor) && descriptor.type === 'ulong' ? Number(descriptor.value) : -1;
}

function addSection(draft: Draft, code: number, value: AmqpValue): void {
  switch (code) {
    case sections.header:
      draft.header = fromFields(headerFields, value);
      return;
    case sections.properties:
      draft.properties = fromFields(propertyFields, value);
      return;
    case sections.deliveryAnnotations:
      if (isMap(value)) draft.deliveryAnnotations = value;
      return;
    case sections.messageAnnotations:
      if (isMap(value)) draft.messageAnnotations = value;
      return;
    case sections.applicationProperties:
      if (isMap(value)) draft.applicationProperties = value;
      return;
    case sections.footer:
      if (isMap(value)) draft.footer = value;
      return;
    case sections.data:
      draft.body = { kind: 'data', bytes: appendData(draft.body, value) };
      return;
    case sections.sequence:
      draft.body = { kind: 'sequence', elements: appendSequence(draft.body, value) };
      return;
    case sections.value:
      draft.body = { kind: 'value', value };
      return;
    default: // Of a later standard, or a symbolic descriptor.
  }
}

function appendData(body: Body | undefined, value: AmqpValue): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new MalformedError('a data section holds no bytes');
  return body?.kind === 'data' ? Buffer.concat([body.bytes, value]) : value;
}

function appendSequence(body: Body | undefined, value: AmqpValue): readonly AmqpValue[] {
  if (!isList(value)) throw new MalformedError('a sequence section holds no list');
  return body?.kind === 'sequence' ? [...body.elements, ...value] : value;
}

function fromFields<Name extends string>(
  names: readonly Name[],
  value: AmqpValue,
): Partial<Record<Name, AmqpValue>> {
  if (!isList(value)) throw new MalformedError('a section is no list of fields');
  const fields: Partial<Record<Name, AmqpValue>> = {};
  for (const [index, name] of names.entries()) {
    const field = value[index];
    if (field !== undefined && field !== null) fields[name] = field;
  }
  return fields;
}
