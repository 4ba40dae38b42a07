/**
 * How an embedded origin feeds an embedded replica. The real brokers use AMQP 0-10 federation; here the same
 * travels in an AMQP 1.0 link that only embedded brokers open to each other. The delivery tag says what each
 * transfer is.
 */
export type FeedItem =
  /** The payload is a message, which has this replication id at the origin. */
  | { readonly kind: 'message'; readonly id: number }
  /** The payload is a set of ids whose messages are gone at the origin. */
  | { readonly kind: 'dequeue' }
  /** A message of an origin without HA: it has no ids, and says nothing when messages go. */
  | { readonly kind: 'plain' };

/** Connection properties that tell an embedded broker from a real one, and federation from a client. */
export const embeddedProperty = 'qpid.embedded';
export const federationProperty = 'qpid.fed_link';
export const federationTagProperty = 'qpid.federation_tag';

/** Link properties of a subscription; the first three are the arguments that real brokers use. */
export const subscriptionProperty = 'qpid.ha-repsub';
export const infoProperty = 'qpid.ha-info';
export const idsProperty = 'qpid.ha-ids';
export const destinationProperty = 'qpid.bridge-dest';
export const sessionProperty = 'qpid.bridge-session';
export const channelProperty = 'qpid.bridge-channel';

export const replicatorType = 'qpid.ha-qrep';
export const replicatorPrefix = 'qpid.ha-q:';

/** Address and type of what tells a backup of its primary's queues (ha/BrokerReplicator.cpp). */
export const brokerReplicator = 'qpid.broker-replicator';

const codes = { message: 1, dequeue: 2, plain: 3 } as const;
let serial = 0;

export function encodeItem(item: FeedItem): Buffer {
  const tag = Buffer.alloc(13);
  tag.writeUInt8(codes[item.kind]);
  tag.writeBigUInt64BE(item.kind === 'message' ? BigInt(item.id) : 0n, 1);
  // Tags must differ as long as their deliveries are unsettled.
  serial = (serial + 1) >>> 0;
  tag.writeUInt32BE(serial, 9);
  return tag;
}

export function decodeItem(tag: Buffer): FeedItem {
  switch (tag[0]) {
    case codes.message:
      return { kind: 'message', id: Number(tag.readBigUInt64BE(1)) };
    case codes.dequeue:
      return { kind: 'dequeue' };
    default:
      return { kind: 'plain' };
  }
}
