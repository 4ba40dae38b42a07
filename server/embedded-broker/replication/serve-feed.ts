import { type AmqpValue, binary, int, mapOf, ushort, uuid } from '../../amqp/codec/value';
import type { OutgoingLink } from '../../amqp/peer';
import type { AccessRequest } from '../access';
import { denials } from '../denial';
import { by, type RaiseEvent } from '../event';
import type { QueueRegistry } from '../queues/queue-registry';
import type { EmbeddedBrokerSettings } from '../settings';
import {
  channelProperty,
  destinationProperty,
  idsProperty,
  infoProperty,
  replicatorType,
  sessionProperty,
  subscriptionProperty,
} from './feed';
import { decodeIds } from './id-set';
import { PlainSubscription, ReplicatingSubscription, type Subscription } from './subscription';

/** What a feed needs of the broker and the connection that it is served on. */
export interface FeedHost {
  readonly settings: EmbeddedBrokerSettings;
  readonly queues: QueueRegistry;
  readonly subscriptions: Set<Subscription>;
  /** Who has logged in. */
  readonly identity: string;
  readonly address: string;
  readonly raise: RaiseEvent;
  may(request: AccessRequest): boolean;
  /** A replica of a queue has all that was on it when it came. */
  caughtUp(systemId: string, queue: string): void;
  /** Names the session of a link as the replica wants it. */
  nameSession(session: number, name: string, channel: number): void;
}

export function isFeedRequest({ properties }: OutgoingLink): boolean {
  return properties[subscriptionProperty] === replicatorType;
}

/** Another embedded broker wants to replicate a queue of this one. */
export function serveFeed(host: FeedHost, link: OutgoingLink): void {
  const { properties } = link;
  const address = link.node.address ?? '';
  const queue = host.queues.get(address);
  if (queue === undefined) {
    link.refuse({ condition: 'amqp:not-found', description: `not-found: Queue not found: ${address}` });
    return;
  }
  if (!host.may({ action: 'consume', object: 'queue', name: address })) {
    link.refuse(denials.replicate(host.identity));
    return;
  }
  const sessionName = `${host.identity}.${String(properties[sessionProperty])}`;
  host.nameSession(link.session, sessionName, Number(properties[channelProperty]));
  const name = String(properties[destinationProperty]);
  const options = {
    name,
    queue,
    sessionName,
    registry: host.subscriptions,
    args: subscriptionArguments(properties),
    link,
    onCaughtUp: () => host.caughtUp(String(properties[infoProperty]), address),
    onClosed: () => host.raise('unsubscribe', { dest: binary(name), ...by(host) }),
  };
  const { ha, haFlowMessages } = host.settings;
  const ids = new Set(decodeIds(idsOf(properties)));
  link.accept(
    address,
    ha === 'off' ? new PlainSubscription(options) : new ReplicatingSubscription(options, ids, haFlowMessages),
  );
  const { args } = options;
  const qName = binary(address);
  host.raise('subscribe', { args, dest: binary(name), excl: false, qName, ...by(host) });
}

function idsOf(properties: Readonly<Record<string, unknown>>): Buffer {
  const ids = properties[idsProperty];
  return Buffer.isBuffer(ids) ? ids : Buffer.alloc(2);
}

/** As a subscription of a real replica has them. */
function subscriptionArguments(
  properties: Readonly<Record<string, unknown>>,
): ReadonlyMap<AmqpValue, AmqpValue> {
  return mapOf({
    [idsProperty]: idsOf(properties),
    [infoProperty]: mapOf({
      'host-name': binary(''),
      port: ushort(0),
      protocol: binary(''),
      status: int(5),
      'system-id': uuid(String(properties[infoProperty])),
    }),
    [subscriptionProperty]: replicatorType,
    'qpid.sync_frequency': int(1),
  });
}
