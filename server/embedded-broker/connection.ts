import { type AmqpMap, int, mapOf } from '../amqp/codec/value';
import type { AmqpFault, IncomingLink, OutgoingLink, Peer, PeerHandler } from '../amqp/peer';
import type { AccessRequest } from './access';
import { now } from './clock';
import type { HaMember } from './cluster/ha-member';
import { backupProperty, introducedBy } from './cluster/introduction';
import { encodeMember } from './cluster/membership';
import { type RaiseEvent, subscribed, unsubscribed } from './event';
import { denyConsumer, denyNode, denyToExchange, denyToQueue } from './link-access';
import { Consumer, queueDeleted } from './queues/consumer';
import type { ExchangeRegistry } from './queues/exchange-registry';
import type { Message } from './queues/message';
import { LinkFault, Producer, type Route } from './queues/producer';
import type { Queue } from './queues/queue';
import type { QueueRegistry } from './queues/queue-registry';
import {
  brokerReplicator,
  federationProperty,
  federationTagProperty,
  subscriptionProperty,
} from './replication/feed';
import { type FeedHost, isFeedRequest, serveFeed } from './replication/serve-feed';
import type { Subscription } from './replication/subscription';
import type { EmbeddedBrokerSettings } from './settings';

/** Messages that a client may send ahead of any answer. */
const producerCredit = 500;

const agentAddress = 'qmf.default.direct';

export interface Session {
  /** `user.qpid.bridge_session_…` of a replicating broker, a hexadecimal number otherwise. */
  readonly name: string;
  readonly created: bigint;
  readonly channel: number;
}

/** A link of a client, as QMF shows it. */
export interface Attached {
  readonly direction: 'incoming' | 'outgoing';
  readonly name: string;
  readonly session: number;
  readonly address: string;
  readonly created: bigint;
  transfers(): bigint;
}

/** What a connection needs of its broker. */
export interface ConnectionHost {
  readonly settings: EmbeddedBrokerSettings;
  readonly queues: QueueRegistry;
  readonly exchanges: ExchangeRegistry;
  readonly subscriptions: Set<Subscription>;
  readonly ha: HaMember;
  /** A name for the next session of a client. */
  sessionName(): string;
  /** A message for the management agent. */
  manage(connection: Connection, link: IncomingLink, message: Message): void;
  closed(connection: Connection): void;
  readonly raise: RaiseEvent;
}

/** One client, or another broker, that is connected to this one. */
export class Connection implements PeerHandler, FeedHost {
  readonly created = now();
  readonly sessions = new Map<number, Session>();
  readonly attached = new Set<Attached>();
  messagesIn = 0n;
  messagesOut = 0n;

  constructor(
    readonly host: ConnectionHost,
    readonly peer: Peer,
    readonly identity: string,
  ) {}

  /** `qpid.127.0.0.1:5672-127.0.0.1:40000` */
  get address(): string {
    return `qpid.${this.peer.local}-${this.peer.remote}`;
  }

  get isFederation(): boolean {
    return this.peer.properties[federationProperty] !== undefined;
  }

  /** Of a broker that replicates; a client has none. */
  get federationProperties(): AmqpMap {
    if (!this.isFederation) return mapOf({});
    const tag = String(this.peer.properties[federationTagProperty]);
    const backup = introducedBy(this.peer.properties);
    return mapOf({
      [federationProperty]: int(1),
      [federationTagProperty]: tag,
      ...(backup === undefined ? {} : { [backupProperty]: encodeMember(backup) }),
    });
  }

  may(request: AccessRequest): boolean {
    return this.settings.access?.allows(this.identity, request) ?? true;
  }

  get settings(): EmbeddedBrokerSettings {
    return this.host.settings;
  }

  get queues(): QueueRegistry {
    return this.host.queues;
  }

  get subscriptions(): Set<Subscription> {
    return this.host.subscriptions;
  }

  caughtUp(systemId: string, queue: string): void {
    this.host.ha.caughtUp(systemId, queue);
  }

  get raise(): RaiseEvent {
    return (name, values) => this.host.raise(name, values);
  }

  nameSession(session: number, name: string, channel: number): void {
    const created = this.sessions.get(session)?.created ?? now();
    this.sessions.set(session, { name, channel, created });
  }

  sessionOpened(session: number): void {
    this.sessions.set(session, { name: this.host.sessionName(), created: now(), channel: session });
  }

  sessionClosed(session: number): void {
    this.sessions.delete(session);
  }

  closed(): void {
    this.host.closed(this);
  }

  outgoing(link: OutgoingLink): void {
    if (isFeedRequest(link)) {
      serveFeed(this, link);
      return;
    }
    if (link.properties[subscriptionProperty] === brokerReplicator) {
      this.host.ha.serve(this.peer, link);
      return;
    }
    const denied = this.#denyNode(link) ?? this.#denyConsumer(link);
    if (denied !== undefined) {
      link.refuse(denied);
      return;
    }
    const queue = this.#queueFor(link);
    if (queue === undefined) {
      link.refuse(notFound(link.node.address));
      return;
    }
    const consumer = new Consumer(queue, link, (last) => {
      this.attached.delete(attached);
      if (last) this.queues.remove(queue);
      this.raise('unsubscribe', unsubscribed());
    });
    const attached = toAttached('outgoing', link, link.node.address ?? queue.name, () => consumer.sent);
    this.attached.add(attached);
    link.accept(queue.name, consumer);
    this.raise('subscribe', subscribed(queue.name, queue.options.exclusive));
  }

  incoming(link: IncomingLink): void {
    const denied = this.#denyNode(link);
    if (denied !== undefined) {
      link.refuse(denied);
      return;
    }
    const route = this.#routeFor(link);
    if (route === undefined) {
      link.refuse(notFound(link.node.address));
      return;
    }
    const counted: Route = (message, completion) => {
      this.#checkPublish(link.node.address ?? message.to, message.subject);
      this.messagesIn += 1n;
      route(message, completion);
    };
    const address = link.node.dynamic ? this.#dynamicName(link) : link.node.address;
    const producer = new Producer(link, counted, () => this.attached.delete(attached));
    const attached = toAttached('incoming', link, address ?? '', () => producer.received);
    this.attached.add(attached);
    link.accept(address, producerCredit, producer);
  }

  #denyNode(link: OutgoingLink | IncomingLink): AmqpFault | undefined {
    const { address, dynamic } = link.node;
    const name = dynamic ? this.#dynamicName(link) : address;
    return name === undefined ? undefined : denyNode(this, name, dynamic);
  }

  /** What comes from an exchange, comes by way of a queue. */
  #denyConsumer(link: OutgoingLink): AmqpFault | undefined {
    const { address = '', dynamic } = link.node;
    const isOwn = dynamic || this.queues.get(address) === undefined;
    return denyConsumer(this, isOwn ? this.#dynamicName(link) : address);
  }

  #checkPublish(address: string, subject: string): void {
    const isQueue = this.queues.get(address) !== undefined;
    const denied = isQueue ? denyToQueue(this, address) : denyToExchange(this, address, subject);
    if (denied !== undefined) throw new LinkFault(denied);
  }

  #queueFor(link: OutgoingLink): Queue | undefined {
    const { address, dynamic, capabilities, durable } = link.node;
    if (dynamic) return this.#createDynamic(link);
    if (address === undefined) return undefined;
    const queue = this.queues.get(address);
    if (queue !== undefined) return queue;
    const exchange = this.host.exchanges.get(address);
    if (exchange !== undefined && !exchange.hidden) {
      const own = this.#createDynamic(link, true);
      const keys = link.node.bindingKeys.length === 0 ? [''] : link.node.bindingKeys;
      for (const key of keys) exchange.bind(own, key, mapOf({}));
      return own;
    }
    return this.#createOnDemand(address, capabilities, durable);
  }

  #routeFor(link: IncomingLink): Route | undefined {
    const { address, dynamic, capabilities, durable } = link.node;
    if (dynamic) return this.#toQueue(this.#createDynamic(link));
    if (address === undefined) return (message, completion) => this.#relay(message.to)?.(message, completion);
    if (address === agentAddress) {
      return (message) => this.host.manage(this, link, message);
    }
    const route = this.#relay(address);
    if (route !== undefined) return route;
    const created = this.#createOnDemand(address, capabilities, durable);
    return created && this.#toQueue(created);
  }

  /** To a queue or an exchange by name; what is unknown is dropped. */
  #relay(name: string): Route | undefined {
    const queue = this.queues.get(name);
    if (queue !== undefined) return this.#toQueue(queue);
    const exchange = this.host.exchanges.get(name);
    return exchange && ((message, completion) => exchange.route(message, completion));
  }

  #toQueue(queue: Queue): Route {
    return (message, completion) => {
      if (this.queues.get(queue.name) !== queue) throw new LinkFault(queueDeleted(queue.name));
      queue.enqueue(message, completion);
    };
  }

  #createOnDemand(name: string, capabilities: readonly string[], durable: boolean): Queue | undefined {
    if (!capabilities.includes('create-on-demand')) return undefined;
    return this.queues.create({ name, durable, creator: this });
  }

  #createDynamic(link: OutgoingLink | IncomingLink, exclusive = false): Queue {
    const name = this.#dynamicName(link);
    const known = this.queues.get(name);
    return known ?? this.queues.create({ name, autoDelete: true, exclusive, creator: this });
  }

  #dynamicName(link: OutgoingLink | IncomingLink): string {
    return `${this.peer.containerId}_${link.name}`;
  }
}

function notFound(address: string | undefined): { condition: string; description: string } {
  return { condition: 'amqp:not-found', description: `Node not found: ${address ?? ''}` };
}

function toAttached(
  direction: Attached['direction'],
  { name, session }: IncomingLink | OutgoingLink,
  address: string,
  transfers: () => bigint,
): Attached {
  return { direction, name, session, address, created: now(), transfers };
}
