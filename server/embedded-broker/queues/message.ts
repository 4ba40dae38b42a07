import { decodeHead, encodeHeader, type Header } from '../../amqp/codec/message';
import { type AmqpMap, numberOf, textOf, ubyte, uint } from '../../amqp/codec/value';

/** A message as it is kept: the bytes as they came, and what the broker itself looks at. */
export interface Message {
  readonly payload: Buffer;
  readonly header: Header;
  /** All that follows the header. */
  readonly rest: Uint8Array;
  readonly durable: boolean;
  readonly subject: string;
  readonly to: string;
  readonly applicationProperties: AmqpMap | undefined;
  /** Milliseconds since the epoch. */
  readonly expires: number | undefined;
}

/** Throws `MalformedError`. */
export function parseMessage(payload: Buffer): Message {
  const { message, rest } = decodeHead(payload);
  const { header = {}, properties, applicationProperties } = message;
  const ttl = numberOf(header.ttl);
  return {
    payload,
    header,
    rest,
    durable: header.durable === true,
    subject: textOf(properties?.subject) ?? '',
    to: textOf(properties?.to) ?? '',
    applicationProperties,
    expires: ttl === undefined ? undefined : Date.now() + ttl,
  };
}

/** The standard's default. */
const priority = ubyte(4);

/**
 * The message for a consumer, which is to know how long it has to live and how often it was delivered in vain.
 * Its header is the broker's own; all the rest is as it came (recorded).
 */
export function payloadFor({ header, rest, expires }: Message, failedDeliveries: number): Buffer {
  const left = expires === undefined ? undefined : Math.max(0, expires - Date.now());
  const own = encodeHeader({
    durable: header.durable === true,
    priority: header.priority ?? priority,
    ...(left === undefined ? {} : { ttl: uint(left) }),
    firstAcquirer: failedDeliveries === 0,
    ...(failedDeliveries === 0 ? {} : { deliveryCount: uint(failedDeliveries) }),
  });
  return Buffer.concat([own, rest]);
}
