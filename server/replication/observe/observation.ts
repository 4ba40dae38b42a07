/** A replication as both brokers showed it at one moment, and how its pieces belong together. */
import type { BrokerError } from '../../amqp/broker-error';
import { addressesOf, comparable } from '../addresses';
import type { BrokerRef } from '../contract';
import { replicatorName } from '../names';
import type { BridgeView, LinkView, OriginView, ReplicaView, SubscriptionView } from './observe';
import type { Traffic } from './traffic';

/** The replica broker is looked at before the origin broker. */
export interface Observation {
  readonly queue: string;
  readonly replica: { readonly broker: BrokerRef; readonly view: ReplicaView };
  /** Undefined where the origin is not known: nothing says where the replica would get its messages. */
  readonly origin: ObservedOrigin | undefined;
  readonly linkAddress: string | undefined;
  /** Clients of the replica queue; undefined where nobody has looked, or an ACL forbids to. */
  readonly traffic?: Traffic | undefined;
  /** Brokers that have hardly a connection to spare, as clauses. */
  readonly shortages?: readonly string[];
}

export interface ObservedOrigin {
  readonly broker: BrokerRef;
  /** Undefined when the broker could not be asked. */
  readonly view: OriginView | undefined;
  readonly error: BrokerError | undefined;
}

/** The replicating subscription of this replica broker on the origin, by the replica's identity or its bridge. */
export function subscriptionOf({ replica, origin }: Observation): SubscriptionView | undefined {
  const systemId = replica.view.ha?.systemId;
  return origin?.view?.subscriptions.find(
    (subscription) =>
      (systemId !== undefined && subscription.systemId === systemId) ||
      replica.view.bridges.some(({ name }) => subscription.session.includes(name)),
  );
}

/** Links without a bridge that lead to this origin: left over from an unclean stop, or from a second replicate. */
export function spareLinks(observation: Observation): readonly LinkView[] {
  const { replica, origin, linkAddress } = observation;
  const addresses = addressesOf({ origin: origin?.broker, linkAddress });
  return replica.view.spareLinks.filter(
    (link) => !isGoing(link) && (addresses.size === 0 || addresses.has(comparable(link))),
  );
}

/** `Closed` vanishes with its replicator, `Closing` when its last connection attempt ends. Neither needs us. */
export function isGoing({ state }: LinkView): boolean {
  return state === 'Closed' || state === 'Closing';
}

/** What of a replication is on the replica broker, piece by piece, in words. */
export function piecesOf(observation: Observation): readonly string[] {
  const { queue, replica } = observation;
  const { bridges, replicator } = replica.view;
  const links = bridges.flatMap((bridge) => linkOf(replica.view, bridge) ?? []);
  return [
    ...bridges.map(({ name }) => `bridge ${name}`),
    ...(replicator === 'present' ? [`replicator ${replicatorName(queue)}`] : []),
    ...[...links, ...spareLinks(observation)].map(({ name }) => `link ${name}`),
  ];
}

export function linkOf({ links }: Pick<ReplicaView, 'links'>, bridge: BridgeView): LinkView | undefined {
  return links.find(({ name }) => name === bridge.link);
}

/** The link of the only bridge. */
export function currentLink(view: ReplicaView): LinkView | undefined {
  const [bridge] = view.bridges;
  return bridge && linkOf(view, bridge);
}
