import { decodeHead, encodeHeader, encodeMessage } from './codec/message';
import { type AmqpValue, mapOf, ubyte, uint } from './codec/value';
import type { EncodedMessage, OutgoingMessage } from './contract';
import { toAmqp } from './qmf-values';

/** Throws `MalformedError` where a message that was given encoded is none. */
export function encodeOutgoing(message: OutgoingMessage | EncodedMessage): Buffer {
  return 'encoded' in message ? sendOn(message.encoded) : encode(message);
}

/** As it is, less what its last delivery added to its header. */
function sendOn(encoded: Uint8Array): Buffer {
  const { message, rest } = decodeHead(encoded);
  const { deliveryCount: _count, firstAcquirer: _first, ...header } = message.header ?? {};
  return Buffer.concat([encodeHeader(header), rest]);
}

function encode({ body, durable, priority, ttl, subject, properties }: OutgoingMessage): Buffer {
  const propertyMap: Record<string, AmqpValue> = {};
  for (const [key, value] of Object.entries(properties ?? {})) propertyMap[key] = toAmqp(value);
  return encodeMessage({
    header: {
      ...(durable === undefined ? {} : { durable }),
      ...(priority === undefined ? {} : { priority: ubyte(priority) }),
      ...(ttl === undefined ? {} : { ttl: uint(ttl) }),
    },
    ...(subject === undefined ? {} : { properties: { subject } }),
    ...(properties === undefined ? {} : { applicationProperties: mapOf(propertyMap) }),
    body: typeof body === 'string' ? { kind: 'value', value: body } : { kind: 'data', bytes: body },
  });
}
