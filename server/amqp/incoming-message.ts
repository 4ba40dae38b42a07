import { encodeValue } from './codec/encode';
import { type AmqpMessage, type Body, decodeMessage } from './codec/message';
import { type AmqpValue, numberOf, textOf } from './codec/value';
import type { IncomingMessage, QmfMap, QmfValue } from './contract';
import { fromAmqp, fromAmqpMap } from './qmf-values';

/** Throws `MalformedError`. */
export function toIncoming(encoded: Uint8Array): IncomingMessage {
  const { header, messageAnnotations, properties, applicationProperties, body } = decodeMessage(encoded);
  return {
    encoded,
    body: bodyBytes(body),
    bodyKind: body.kind,
    durable: header?.durable === true,
    // The standard's default.
    priority: numberOf(header?.priority) ?? 4,
    ttl: numberOf(header?.ttl),
    subject: textOf(properties?.subject),
    fields: fieldsOf(properties),
    properties: fromAmqpMap(applicationProperties),
    annotations: fromAmqpMap(messageAnnotations),
  };
}

function fieldsOf(properties: AmqpMessage['properties']): QmfMap {
  const fields: Record<string, QmfValue> = {};
  const set: readonly (readonly [string, AmqpValue])[] = Object.entries(properties ?? {});
  for (const [name, value] of set) if (name !== 'subject') fields[name] = fromAmqp(value);
  return fields;
}

/** The content of binary and text; the encoding of everything else. */
function bodyBytes(body: Body): Uint8Array {
  switch (body.kind) {
    case 'data':
      return body.bytes;
    case 'sequence':
      return encodeValue(body.elements);
    case 'value':
      if (body.value === null) return new Uint8Array();
      if (typeof body.value === 'string') return Buffer.from(body.value);
      return body.value instanceof Uint8Array ? body.value : encodeValue(body.value);
  }
}
