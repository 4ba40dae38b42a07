import { type EndpointMember, formatMember } from '../../address/endpoint';
import { BrokerError } from '../../amqp/broker-error';
import { binary } from '../../amqp/codec/value';
import { type Dialled, dial } from '../../amqp/dial';
import type { Failure } from '../../amqp/errors';
import { now, type Scheduler } from '../clock';
import type { RaiseEvent } from '../event';
import type { EmbeddedBrokerSettings } from '../settings';
import { embeddedProperty, federationProperty, federationTagProperty } from './feed';
import { credentialsOf, describeFailure } from './link-failure';

export type LinkState = 'Waiting' | 'Connecting' | 'Operational' | 'Failed' | 'Closed' | 'Closing';

/** What a link needs of its broker. */
export interface LinkHost {
  readonly settings: EmbeddedBrokerSettings;
  readonly scheduler: Scheduler;
  readonly systemId: string;
  readonly containerId: string;
  readonly federationTag: string;
  /** More connection properties that tell the other broker who this is. */
  readonly linkProperties: Readonly<Record<string, unknown>>;
  log(level: 'info' | 'error', text: string): void;
  readonly raise: RaiseEvent;
}

/** What a link does with the bridges on it. */
export interface LinkedBridge {
  /** Subscribes at the origin, unless it has. */
  create(connection: Dialled): void;
  /** The connection is gone, or the bridge is no longer wanted. */
  detach(): void;
  /** For good. */
  close(): void;
}

export interface LinkOptions {
  readonly name: string;
  readonly members: readonly EndpointMember[];
  readonly durable: boolean;
}

/** Visits without a connection after which the waiting no longer grows (broker/Link.cpp MAX_INTERVAL). */
const longestInterval = 32;

/** A connection to another broker, made again whenever it is lost (broker/Link.cpp). */
export class Link {
  readonly created = now();
  readonly bridges = new Set<LinkedBridge>();
  /** Replicators that keep a deleted link in sight. */
  readonly holders = new Set<{ readonly isForgotten: boolean }>();
  state: LinkState = 'Waiting';
  lastError = '';
  /** When the handshake was done; undefined without a connection. */
  connectedSince: bigint | undefined;
  member: EndpointMember;
  #connection: Dialled | undefined;
  #dialling = new AbortController();
  readonly #stopVisits: () => void;
  #visits = 0;
  #interval = 1;
  #nextMember = 0;
  #channels = 0;

  constructor(
    readonly host: LinkHost,
    readonly options: LinkOptions,
  ) {
    this.member = options.members[0] ?? { host: '', port: 0, tls: false };
    const period = host.settings.linkMaintenanceInterval * 1_000;
    this.#stopVisits = host.scheduler.every(period, () => this.#visit());
    this.#connect();
  }

  get name(): string {
    return this.options.name;
  }

  /** Whether QMF still shows it. */
  get isGone(): boolean {
    return this.state === 'Closed' && [...this.holders].every(({ isForgotten }) => isForgotten);
  }

  nextChannel(): number {
    this.#channels += 1;
    return this.#channels;
  }

  add(bridge: LinkedBridge): void {
    this.bridges.add(bridge);
    if (this.#connection !== undefined) bridge.create(this.#connection);
  }

  remove(bridge: LinkedBridge): void {
    this.bridges.delete(bridge);
    bridge.detach();
  }

  /** Deleted on request. While a connection is being made, that has to end first. */
  close(): void {
    if (this.state === 'Closed' || this.state === 'Closing') return;
    if (this.state === 'Connecting' || (this.state === 'Operational' && this.#connection === undefined)) {
      this.state = 'Closing';
    } else this.#destroy();
  }

  /** The broker stops: no word to anybody. */
  abandon(): void {
    this.#stopVisits();
    this.state = 'Closed';
    this.#dialling.abort();
  }

  #connect(): void {
    this.state = 'Connecting';
    this.#dialling = new AbortController();
    const { host, member } = this;
    const { settings } = host;
    const credentials = credentialsOf(settings);
    const dialling = dial({
      broker: host.systemId,
      member,
      containerId: host.containerId,
      properties: {
        [embeddedProperty]: true,
        [federationProperty]: 1,
        [federationTagProperty]: host.federationTag,
        ...host.linkProperties,
      },
      deadline: settings.linkHeartbeatInterval * 2_000,
      signal: this.#dialling.signal,
      connected: () => this.#established(),
      ...(credentials === undefined ? {} : { credentials }),
    });
    dialling.then(
      (connection) => this.#opened(connection),
      (error: unknown) => {
        if (!(error instanceof BrokerError)) throw error;
        this.#lost(error);
      },
    );
  }

  /** TCP is connected, and the state already says that all is well. */
  #established(): void {
    if (this.state !== 'Connecting') return;
    this.state = 'Operational';
    this.#interval = 1;
    this.#visits = 0;
    this.#tell('brokerLinkUp');
  }

  #opened(connection: Dialled): void {
    connection.onEnd((reason) => this.#lost(reason));
    if (this.state === 'Closing') {
      void connection.close();
      this.#destroy();
      return;
    }
    if (this.state !== 'Operational') return;
    if (connection.properties[embeddedProperty] === undefined) {
      this.#fail('connection-forced: an embedded broker replicates from embedded brokers only');
      void connection.close();
      return;
    }
    this.#connection = connection;
    this.connectedSince = now();
    for (const bridge of this.bridges) bridge.create(connection);
  }

  #lost(reason: Failure): void {
    this.#connection = undefined;
    this.connectedSince = undefined;
    for (const bridge of this.bridges) bridge.detach();
    if (this.state === 'Closing') this.#destroy();
    if (this.state === 'Closed' || this.state === 'Failed') return;
    if (this.state === 'Operational') this.#tell('brokerLinkDown');
    const { text, final } = describeFailure(reason);
    if (final) this.#fail(text);
    else {
      this.state = 'Waiting';
      this.lastError = text;
    }
    this.host.log(
      'info',
      `Inter-broker link disconnected from ${this.member.host}:${this.member.port} ${text}`,
    );
  }

  #tell(name: 'brokerLinkUp' | 'brokerLinkDown'): void {
    this.host.raise(name, { rhost: binary(formatMember(this.member)) });
  }

  /** For ever: nothing but a deletion gets it out of this state. */
  #fail(text: string): void {
    this.state = 'Failed';
    this.lastError = text;
  }

  #visit(): void {
    if (this.state === 'Operational' && this.#connection !== undefined) {
      for (const bridge of this.bridges) bridge.create(this.#connection);
    }
    if (this.state !== 'Waiting') return;
    this.#visits += 1;
    if (this.#visits < this.#interval) return;
    this.#visits = 0;
    if (!this.#failOver()) this.#interval = Math.min(this.#interval * 2, longestInterval);
    this.#connect();
  }

  /** To the next address, where it is another than the one in use. */
  #failOver(): boolean {
    const { members } = this.options;
    const next = members[this.#nextMember % members.length];
    this.#nextMember = (this.#nextMember % members.length) + 1;
    if (next === undefined || (next.host === this.member.host && next.port === this.member.port))
      return false;
    this.member = next;
    this.lastError = `Failing over to ${next.tls ? 'ssl' : 'tcp'}:${next.host}:${next.port}`;
    return true;
  }

  #destroy(): void {
    this.#stopVisits();
    this.state = 'Closed';
    const connection = this.#connection;
    this.#connection = undefined;
    this.connectedSince = undefined;
    for (const bridge of [...this.bridges]) bridge.close();
    void connection?.close();
    this.#dialling.abort();
  }
}
