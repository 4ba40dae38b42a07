import { randomUUID } from 'node:crypto';
import { binary, mapOf } from '../amqp/codec/value';
import type { IncomingLink, Peer } from '../amqp/peer';
import { now } from './clock';
import { Connection, type ConnectionHost } from './connection';
import { by, type EventName, type EventValues } from './event';
import { ExchangeRegistry } from './queues/exchange-registry';
import type { Message } from './queues/message';
import { QueueRegistry } from './queues/queue-registry';
import { federationProperty } from './replication/feed';
import type { LinkHost } from './replication/link';
import { LinkRegistry } from './replication/link-registry';
import type { ReplicatorHost } from './replication/replicator';
import type { Subscription } from './replication/subscription';
import type { EmbeddedBrokerSettings } from './settings';

export type LogLevel = 'info' | 'error' | 'critical';

export interface BrokerOptions {
  readonly settings: EmbeddedBrokerSettings;
  log(level: LogLevel, text: string): void;
  /** The management agent, which knows the broker; not the other way round. */
  agent(broker: Broker, connection: Connection, link: IncomingLink, message: Message): void;
  /** Tells whoever listens to its events. */
  event(broker: Broker, name: EventName, values: EventValues): void;
  /** The broker can no longer go on. */
  stop(reason: string): void;
}

export type HaStatus = 'standalone' | 'joining' | 'active';

/** Everything that one broker has. Nothing of it outlives the process. */
export class Broker implements ConnectionHost, LinkHost, ReplicatorHost {
  readonly created = now();
  readonly systemId = randomUUID();
  readonly federationTag = randomUUID();
  readonly containerId = randomUUID();
  readonly settings: EmbeddedBrokerSettings;
  readonly exchanges = new ExchangeRegistry();
  readonly queues: QueueRegistry;
  readonly connections = new Set<Connection>();
  readonly links = new LinkRegistry();
  readonly subscriptions = new Set<Subscription>();
  haStatus: HaStatus;
  haBrokersUrl: string;
  haPublicUrl: string;
  /** Once it listens. */
  port = 0;
  readonly #options: BrokerOptions;
  #sessions = 0;

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.settings = options.settings;
    this.queues = new QueueRegistry(this.exchanges, options.settings, (name, values) =>
      this.raise(name, values),
    );
    this.haStatus = options.settings.ha === 'cluster' ? 'joining' : 'standalone';
    this.haBrokersUrl = options.settings.haBrokersUrl;
    this.haPublicUrl = options.settings.haPublicUrl;
  }

  /** Undefined: it is not let in, and not told why. */
  accept(peer: Peer): Connection | undefined {
    const limit = this.settings.maxConnections;
    if (limit > 0 && this.connections.size >= limit) {
      // Only another broker is told.
      const description = 'connection-forced: User connection denied by configured limit';
      if (peer.properties[federationProperty] === undefined) return undefined;
      peer.close({ condition: 'amqp:connection:forced', description });
    } else if (this.haStatus === 'joining' && peer.properties['qpid.ha-admin'] === undefined)
      return undefined;
    const identity = peer.user === 'anonymous' ? peer.user : `${peer.user}@${this.settings.realm}`;
    const connection = new Connection(this, peer, identity);
    this.connections.add(connection);
    this.raise('clientConnect', { properties: connection.federationProperties, ...by(connection) });
    return connection;
  }

  closed(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    const properties = connection.isFederation
      ? connection.federationProperties
      : mapOf({ 'container-id': binary(connection.peer.containerId) });
    this.raise('clientDisconnect', { properties, ...by(connection) });
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
