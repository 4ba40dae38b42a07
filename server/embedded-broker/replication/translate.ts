import { randomUUID } from 'node:crypto';
import { type AmqpMessage, type Body, decodeMessage, encodeMessage } from '../../amqp/codec/message';
import {
  type AmqpValue,
  binary,
  isList,
  isMap,
  isTyped,
  long,
  mapOf,
  symbol,
  textOf,
} from '../../amqp/codec/value';
import { replicatorPrefix } from './feed';

/**
 * What a message becomes on its way to a replica, which for real brokers leads through AMQP 0-10: annotations
 * and most identifiers are dropped, text becomes bytes with a content type, and it grows a little. What has gone
 * that way once does not change again. Throws `MalformedError`.
 */
export function translate(payload: Buffer, exchange: string): Buffer {
  const message = decodeMessage(payload);
  const { header, properties, applicationProperties, body } = message;
  if (textOf(properties?.to)?.startsWith(replicatorPrefix)) return payload;
  const subject = textOf(properties?.subject);
  const contentType = contentTypeOf(message);
  const added = subject === undefined ? {} : { 'qpid.subject': subject };
  const extended = [...(applicationProperties ?? []), ...mapOf(added)];
  return encodeMessage({
    ...(header === undefined ? {} : { header }),
    properties: {
      userId: properties?.userId ?? binary(''),
      to: exchange,
      ...(subject === undefined ? {} : { subject }),
      ...(properties?.replyTo === undefined ? {} : { replyTo: '' }),
      ...correlationOf(properties?.correlationId),
      ...(contentType === undefined ? {} : { contentType }),
      ...(properties?.contentEncoding == null ? {} : { contentEncoding: properties.contentEncoding }),
    },
    applicationProperties: new Map([...extended].map(([key, value]) => [key, translateValue(value)])),
    body: translateBody(body),
  });
}

/** One that is no text is told no more than that there was one. */
function correlationOf(id: AmqpValue | undefined): { readonly correlationId?: AmqpValue } {
  if (typeof id === 'string') return { correlationId: id };
  return isTyped(id) && id.type === 'uuid' ? { correlationId: randomUUID() } : {};
}

/** AMQP 0-10 knows neither symbols nor points in time. */
function translateValue(value: AmqpValue): AmqpValue {
  if (!isTyped(value)) return value;
  if (value.type === 'symbol') return binary(value.value);
  return value.type === 'timestamp' ? long(value.value) : value;
}

/** One that is set stays, on text too. */
function contentTypeOf({ properties, body }: AmqpMessage): AmqpValue | undefined {
  if (properties?.contentType != null) return properties.contentType;
  if (body.kind === 'data') return undefined;
  const value = body.kind === 'sequence' ? body.elements : body.value;
  if (typeof value === 'string') return symbol('text/plain');
  if (value === null || value instanceof Uint8Array) return undefined;
  return symbol(isMap(value) ? 'amqp/map' : 'amqp/list');
}

function translateBody(body: Body): Body {
  if (body.kind === 'data') return body;
  if (body.kind === 'sequence') return { kind: 'value', value: [body.elements] };
  const { value } = body;
  if (value === null) return { kind: 'data', bytes: new Uint8Array() };
  if (typeof value === 'string') return { kind: 'data', bytes: Buffer.from(value) };
  if (value instanceof Uint8Array) return { kind: 'data', bytes: value };
  return { kind: 'value', value: isList(value) || isMap(value) ? value : [value] };
}
