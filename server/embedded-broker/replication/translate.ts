import { type AmqpMessage, type Body, decodeMessage, encodeMessage } from '../../amqp/codec/message';
import { type AmqpMap, type AmqpValue, isList, isMap, mapOf, symbol, textOf } from '../../amqp/codec/value';
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
  const added = subject === undefined ? undefined : mapOf({ 'qpid.subject': subject });
  const extended = merge(applicationProperties, added);
  return encodeMessage({
    ...(header === undefined ? {} : { header }),
    properties: {
      to: exchange,
      ...(subject === undefined ? {} : { subject }),
      ...(properties?.userId === undefined ? {} : { userId: properties.userId }),
      ...(typeof properties?.correlationId === 'string' ? { correlationId: properties.correlationId } : {}),
      ...(contentType === undefined ? {} : { contentType }),
      ...(properties?.contentEncoding == null ? {} : { contentEncoding: properties.contentEncoding }),
    },
    ...(extended === undefined ? {} : { applicationProperties: extended }),
    body: translateBody(body),
  });
}

function merge(properties: AmqpMap | undefined, added: AmqpMap | undefined): AmqpMap | undefined {
  if (added === undefined) return properties;
  return new Map<AmqpValue, AmqpValue>([...(properties ?? []), ...added]);
}

/** One that is set stays, on text too. */
function contentTypeOf({ properties, body }: AmqpMessage): AmqpValue | undefined {
  if (properties?.contentType != null) return properties.contentType;
  return body.kind === 'value' && typeof body.value === 'string' ? symbol('text/plain') : undefined;
}

function translateBody(body: Body): Body {
  if (body.kind === 'data') return body;
  if (body.kind === 'sequence') return { kind: 'value', value: body.elements };
  const { value } = body;
  if (value === null) return { kind: 'data', bytes: new Uint8Array() };
  if (typeof value === 'string') return { kind: 'data', bytes: Buffer.from(value) };
  if (value instanceof Uint8Array) return { kind: 'data', bytes: value };
  return { kind: 'value', value: isList(value) || isMap(value) ? value : [value] };
}
