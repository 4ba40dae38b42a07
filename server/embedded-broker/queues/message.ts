import { decodeHead, encodeHeader, type Header } from '../../amqp/codec/message';
import { type AmqpMap, numberOf, textOf, uint } from '../../amqp/codec/value';

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

/** The message for a consumer, which is to know how often it was delivered in vain. */
export function payloadFor({ payload, header, rest }: Message, failedDeliveries: number): Buffer {
  if (failedDeliveries === 0) return payload;
  return Buffer.concat([encodeHeader({ ...header, deliveryCount: uint(failedDeliveries) }), rest]);
}
