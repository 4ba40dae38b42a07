import { randomUUID } from 'node:crypto';
import type { Dialled, Feed } from '../../amqp/dial';
import type { AmqpFault, Incoming } from '../../amqp/peer';
import { now } from '../clock';
import {
  brokerReplicator,
  channelProperty,
  destinationProperty,
  idsProperty,
  infoProperty,
  replicatorType,
  sessionProperty,
  subscriptionProperty,
} from './feed';
import { encodeIds } from './id-set';
import type { Link, LinkedBridge } from './link';

/** More than the origin will ever have under way: it is held back by its own window. */
const feedCredit = 60_000;

/** Where a bridge delivers to. */
export interface FeedTarget {
  receive(incoming: Incoming): void;
}

/** Whoever wants the bridge. */
export interface BridgeOwner {
  /** The exchange to deliver to. */
  readonly name: string;
  /** Ids of all that is on the replica. */
  snapshot(): readonly number[];
  /** The origin has no such queue. */
  destroy(): void;
}

export interface BridgeOptions {
  readonly link: Link;
  readonly owner: BridgeOwner;
  /** The queue at the origin. */
  readonly source: string;
  /** It brings news of all queues, not the messages of one. */
  readonly isForBroker?: boolean;
  /** By name: after a deletion, and another `replicate`, that may be another's than the owner's. */
  target(): FeedTarget | undefined;
  closed(bridge: Bridge): void;
}

/** On a link, brings the messages of one queue of the origin to an exchange here (broker/Bridge.cpp). */
export class Bridge implements LinkedBridge {
  readonly created = now();
  readonly name: string;
  readonly destination: string;
  readonly channel: number;
  sessionCreated = 0n;
  #feed: Feed | undefined;

  constructor(readonly options: BridgeOptions) {
    const { link, owner } = options;
    this.destination = owner.name;
    this.name = `${owner.name}.${options.isForBroker ? 'bridge.' : ''}${randomUUID()}`;
    this.channel = link.nextChannel();
  }

  get link(): Link {
    return this.options.link;
  }

  get source(): string {
    return this.options.source;
  }

  get sessionName(): string {
    return `qpid.bridge_session_${this.name}_${this.link.host.federationTag}`;
  }

  get active(): boolean {
    return this.#feed !== undefined;
  }

  create(connection: Dialled): void {
    if (this.#feed !== undefined) return;
    this.sessionCreated = now();
    this.#feed = connection.receive({
      address: this.source,
      credit: feedCredit,
      properties: {
        [subscriptionProperty]: this.options.isForBroker ? brokerReplicator : replicatorType,
        [infoProperty]: this.link.host.systemId,
        [idsProperty]: encodeIds(this.options.owner.snapshot()),
        [destinationProperty]: this.destination,
        [sessionProperty]: this.sessionName,
        [channelProperty]: this.channel,
      },
      message: (incoming) => this.#arrived(incoming),
      ended: (fault) => this.#ended(fault),
    });
  }

  detach(): void {
    this.#feed?.close();
    this.#feed = undefined;
  }

  close(): void {
    this.link.remove(this);
    this.options.closed(this);
  }

  #arrived(incoming: Incoming): void {
    const target = this.options.target();
    if (target === undefined) this.#interrupt(`not-found: Exchange not found: ${this.destination}`);
    else if (!this.#mayDeliver()) this.#interrupt('unauthorized-access: ACL denied exchange publish request');
    else target.receive(incoming);
  }

  /** The link's own user brings the messages. */
  #mayDeliver(): boolean {
    const { access, haUsername } = this.link.host.settings;
    const request = { action: 'publish', object: 'exchange', name: this.destination } as const;
    return access?.allows(haUsername === '' ? 'anonymous' : haUsername, request) ?? true;
  }

  /** Until the next visit of the link. */
  #interrupt(reason: string): void {
    this.link.host.log('error', `Outgoing ${reason}`);
    this.detach();
  }

  #ended({ condition, description }: AmqpFault): void {
    this.#feed = undefined;
    if (condition === 'amqp:not-found' || condition === 'amqp:resource-deleted') this.options.owner.destroy();
    else this.link.host.log('error', `Incoming ${description || condition || 'detached'}`);
  }
}
