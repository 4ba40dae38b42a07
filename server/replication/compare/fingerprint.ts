/** What must be equal of a message and its copy, small enough to be kept for a while. */
import { createHash } from 'node:crypto';
import { type AmqpMessage, type Body, decodeMessage } from '../../amqp/codec/message';
import {
  type AmqpMap,
  type AmqpValue,
  isList,
  isMap,
  isTyped,
  numberOf,
  textOf,
} from '../../amqp/codec/value';

export type Fingerprint =
  | {
      readonly readable: true;
      /** A digest. */
      readonly body: string;
      /** Bytes of the body. */
      readonly size: number;
      /** The body is text, which becomes bytes with a content type on its way (04b, message fidelity). */
      readonly isText: boolean;
      readonly durable: boolean;
      readonly priority: number;
      readonly expires: boolean;
      readonly subject: string;
      /** A digest of the application properties. */
      readonly properties: string;
      readonly contentType: string | undefined;
      readonly contentEncoding: string | undefined;
      /** Identifiers of other types than text arrive as something else. */
      readonly correlationId: string | undefined;
    }
  /**
   * qpidd writes 8-bit integers among a copy's properties with the wrong code (amqp/Encoder.cpp, measured), and then
   * nobody can tell where the message's next part begins.
   */
  | { readonly readable: false };

/**
 * Never throws. `added`: names of properties that a broker has added on the way, and that say nothing about the
 * message.
 */
export function fingerprintOf(encoded: Uint8Array, added: ReadonlySet<string> = none): Fingerprint {
  let message: AmqpMessage;
  try {
    message = decodeMessage(Buffer.from(encoded.buffer, encoded.byteOffset, encoded.length));
  } catch {
    return { readable: false };
  }
  const { header, properties, applicationProperties, body } = message;
  const content = contentOf(body);
  return {
    readable: true,
    body: digest(content),
    size: content.length,
    isText: body.kind === 'value' && typeof body.value === 'string',
    durable: header?.durable === true,
    // The standard's default.
    priority: numberOf(header?.priority) ?? 4,
    expires: header?.ttl != null,
    subject: textOf(properties?.subject) ?? '',
    properties: propertiesDigest(applicationProperties, added),
    contentType: textOf(properties?.contentType),
    contentEncoding: textOf(properties?.contentEncoding),
    correlationId: typeof properties?.correlationId === 'string' ? properties.correlationId : undefined,
  };
}

/** One line for messages whose order counts for nothing. */
export function summaryOf(print: Fingerprint): string {
  if (!print.readable) return 'unreadable';
  const { body, durable, priority, subject, properties } = print;
  return JSON.stringify([body, durable, priority, subject, properties]);
}

/** What `copy` should have of `original` and has not; undefined when nothing. `names` of the two brokers. */
export function differenceBetween(
  original: Fingerprint,
  copy: Fingerprint,
  names: { readonly origin: string; readonly replica: string },
): string | undefined {
  if (!original.readable || !copy.readable) return undefined;
  const { origin, replica } = names;
  if (original.body !== copy.body) {
    return `its body differs (${original.size} bytes on ${origin}, ${copy.size} on ${replica})`;
  }
  if (original.durable !== copy.durable) {
    return `it is durable only on ${original.durable ? origin : replica}`;
  }
  if (original.priority !== copy.priority) {
    return `its priority is ${original.priority} on ${origin} and ${copy.priority} on ${replica}`;
  }
  if (original.subject !== copy.subject) return `its subject differs`;
  if (original.properties !== copy.properties) return 'its application properties differ';
  if (original.expires !== copy.expires) {
    return `it expires only on ${original.expires ? origin : replica}`;
  }
  return fieldThatDiffers(original, copy);
}

type Readable = Extract<Fingerprint, { readable: true }>;

/** Fields that arrive when they are set, and that may be set where they were not. */
function fieldThatDiffers(original: Readable, copy: Readable): string | undefined {
  const { contentType, contentEncoding, correlationId, isText } = original;
  const retyped = isText && copy.contentType === 'text/plain';
  if (isSet(contentType) && copy.contentType !== contentType && !retyped) return 'its content type differs';
  if (isSet(contentEncoding) && copy.contentEncoding !== contentEncoding)
    return 'its content encoding differs';
  return isSet(correlationId) && copy.correlationId !== correlationId
    ? 'its correlation id differs'
    : undefined;
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** The same for a body and for what replication makes of it: text becomes bytes, a scalar a list of one element. */
function contentOf(body: Body): Uint8Array {
  switch (body.kind) {
    case 'data':
      return body.bytes;
    case 'sequence':
      return listContent(body.elements);
    case 'value': {
      const { value } = body;
      if (value === null) return new Uint8Array();
      const text = bytesOf(value);
      if (text !== undefined) return text;
      if (isList(value)) return listContent(value);
      return isMap(value) ? Buffer.from(canonical(value)) : listContent([value]);
    }
  }
}

/** A sequence arrives as a list that holds a list. */
function listContent(elements: readonly AmqpValue[]): Uint8Array {
  const [first] = elements;
  return elements.length === 1 && isList(first) ? listContent(first) : Buffer.from(canonical(elements));
}

function bytesOf(value: AmqpValue): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  const text = textOf(value);
  return text === undefined ? undefined : Buffer.from(text);
}

const none: ReadonlySet<string> = new Set();

/** Added to every copy that has a subject. */
const addedSubject = 'qpid.subject';

function propertiesDigest(map: AmqpMap | undefined, added: ReadonlySet<string>): string {
  if (map === undefined || map.size === 0) return '';
  const kept = [...map].filter(([key]) => {
    const name = textOf(key);
    return name !== addedSubject && !(name !== undefined && added.has(name));
  });
  return kept.length === 0 ? '' : digest(Buffer.from(canonical(new Map(kept))));
}

/** Equal for values that replication does not tell apart: symbols and binary, time stamps and longs. */
function canonical(value: AmqpValue): string {
  if (value === null) return 'n';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (isMap(value)) {
    const entries = [...value].map(([key, item]) => `${canonical(key)}=${canonical(item)}`);
    return `{${entries.sort().join()}}`;
  }
  const bytes = bytesOf(value);
  if (bytes !== undefined) return `"${Buffer.from(bytes).toString('hex')}"`;
  if (!isTyped(value)) return '?';
  if (value.type === 'described') return canonical(value.value);
  if (value.type === 'decimal') return `d${Buffer.from(value.value).toString('hex')}`;
  return String(value.value);
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
