import { randomUUID } from 'node:crypto';
import { binary, mapOf } from '../amqp/codec/value';
import type { IncomingLink, Peer } from '../amqp/peer';
import { now, type Scheduler, systemScheduler } from './clock';
import { type HaHost, HaMember } from './cluster/ha-member';
import { Connection, type ConnectionHost } from './connection';
import { denials } from './denial';
import { by, type EventName, type EventValues } from './event';
import { RoutingExchange } from './queues/exchange';
import { ExchangeRegistry } from './queues/exchange-registry';
import type { Message } from './queues/message';
import { QueueRegistry } from './queues/queue-registry';
import { federationProperty } from './replication/feed';
import { LinkRegistry } from './replication/link-registry';
import type { Subscription } from './replication/subscription';
import type { EmbeddedBrokerSettings } from './settings';
import type { Store } from './store';

export type LogLevel = 'info' | 'error' | 'critical';

export interface BrokerOptions {
  readonly settings: EmbeddedBrokerSettings;
  /** Without, nothing outlives the broker. */
  readonly store?: Store;
  readonly scheduler?: Scheduler;
  log(level: LogLevel, text: string): void;
  /** The management agent, which knows the broker; not the other way round. */
  agent(broker: Broker, connection: Connection, link: IncomingLink, message: Message): void;
  /** Tells whoever listens to its events. */
  event(broker: Broker, name: EventName, values: EventValues): void;
  /** The broker can no longer go on. */
  stop(reason: string): void;
}

/** Everything that one broker has. Nothing of it outlives the broker but what is in its store. */
export class Broker implements ConnectionHost, HaHost {
  readonly created = now();
  readonly systemId: string;
  readonly federationTag: string;
  readonly store: Store | undefined;
  /** How often it has started with its data. */
  readonly epoch: number;
  readonly containerId = randomUUID();
  readonly settings: EmbeddedBrokerSettings;
  readonly scheduler: Scheduler;
  readonly exchanges = new ExchangeRegistry();
  readonly queues: QueueRegistry;
  readonly connections = new Set<Connection>();
  readonly links = new LinkRegistry();
  readonly subscriptions = new Set<Subscription>();
  readonly ha: HaMember;
  /** Once it listens. */
  port = 0;
  readonly #options: BrokerOptions;
  #sessions = 0;

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.settings = options.settings;
    this.scheduler = options.scheduler ?? systemScheduler;
    this.store = options.store;
    this.epoch = options.store?.open() ?? 1;
    this.systemId = options.store?.systemId ?? randomUUID();
    this.federationTag = options.store?.federationTag ?? randomUUID();
    this.queues = new QueueRegistry(this.exchanges, options.settings, options.store, (name, values) =>
      this.raise(name, values),
    );
    this.ha = new HaMember(this);
    this.#recover();
  }

  /** Undefined: it is not let in, and not told why. */
  accept(peer: Peer): Connection | undefined {
    const limit = this.settings.maxConnections;
    if (limit > 0 && this.connections.size >= limit) {
      // Only another broker is told.
      const description = 'connection-forced: User connection denied by configured limit';
      if (peer.properties[federationProperty] === undefined) return undefined;
      peer.close({ condition: 'amqp:connection:forced', description });
    } else if (!this.ha.admits(peer)) return undefined;
    const identity = peer.user === 'anonymous' ? peer.user : `${peer.user}@${this.settings.realm}`;
    const connection = new Connection(this, peer, identity);
    if (connection.isFederation && !connection.may({ action: 'create', object: 'link' })) {
      peer.close(denials.link(identity));
    }
    this.connections.add(connection);
    this.raise('clientConnect', { properties: connection.federationProperties, ...by(connection) });
    return connection;
  }

  get linkProperties(): Readonly<Record<string, unknown>> {
    return this.ha.linkProperties;
  }

  closed(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    const properties = connection.isFederation
      ? connection.federationProperties
      : mapOf({ 'container-id': binary(connection.peer.containerId) });
    this.raise('clientDisconnect', { properties, ...by(connection) });
  }

  #recover(): void {
    if (this.store === undefined) return;
    const { queues, bindings, exchanges } = this.store;
    for (const options of exchanges) this.exchanges.add(new RoutingExchange(options));
    for (const stored of queues) this.queues.recover(stored);
    for (const { exchange, queue, key, args } of bindings) {
      const bound = this.queues.get(queue);
      if (bound !== undefined) this.exchanges.get(exchange)?.bind(bound, key, args);
    }
  }

  /** It ends: nobody is told, and what happens to it from now on is of no consequence. */
  abandon(): void {
    this.store?.close();
    this.ha.abandon();
    this.links.abandon();
  }

  /** A real broker names them by their address in memory. */
  sessionName(): string {
    this.#sessions += 1;
    return `0x${(0x7f30_3c00_0bf0 + this.#sessions * 0x10).toString(16)}`;
  }

  manage(connection: Connection, link: IncomingLink, message: Message): void {
    this.#options.agent(this, connection, link, message);
  }

  raise(name: EventName, values: EventValues): void {
    this.#options.event(this, name, values);
  }

  log(level: LogLevel, text: string): void {
    this.#options.log(level, text);
  }

  shutDown(reason: string): void {
    this.log('critical', reason);
    this.#options.stop(reason);
  }
}
