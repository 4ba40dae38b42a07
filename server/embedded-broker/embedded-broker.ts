import { hostname } from 'node:os';
import { type Listener, listen } from '../amqp/listen';
import { Broker, type LogLevel } from './broker';
import type { Scheduler } from './clock';
import { handleRequest } from './management/agent';
import { publishEvent } from './management/events';
import { embeddedProperty } from './replication/feed';
import type { EmbeddedBrokerSettings } from './settings';
import type { Store } from './store';

export interface EmbeddedBrokerOptions {
  readonly settings: EmbeddedBrokerSettings;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Instead of the setting; 0: any free one. */
  readonly port?: number;
  /** What it finds when it starts, and leaves for the next. */
  readonly store?: Store;
  /** Instead of the system's clock, for what the broker does by time: retries of links, waiting for backups. */
  readonly scheduler?: Scheduler;
  log?(level: LogLevel, text: string): void;
}

export interface EmbeddedBroker {
  readonly port: number;
  /** `host:port` */
  readonly name: string;
  /** Settles when it stops, with the reason where it stopped by itself. */
  readonly stopped: Promise<string | undefined>;
  /** As a broker that is told to stop: its connections end without AMQP's `close`. */
  stop(): Promise<void>;
  /** As a broker that crashes. */
  kill(): void;
}

/** A practice broker inside this process. Rejects with the system's error when it cannot listen. */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const { settings, host = '127.0.0.1', port = settings.port, store, scheduler, log = () => {} } = options;
  let ended: (reason: string | undefined) => void = () => {};
  const stopped = new Promise<string | undefined>((resolve) => {
    ended = resolve;
  });
  let listener: Listener | undefined;
  const broker = new Broker({
    settings,
    ...(store === undefined ? {} : { store }),
    ...(scheduler === undefined ? {} : { scheduler }),
    log,
    agent: (owner, connection, link, message) => handleRequest({ broker: owner, connection, link }, message),
    event: publishEvent,
    stop: (reason) => {
      ended(reason);
      void end();
    },
  });
  const end = async (): Promise<void> => {
    broker.abandon();
    await listener?.close();
    ended(undefined);
  };
  listener = await listen({
    host,
    port,
    backlog: settings.connectionBacklog,
    containerId: broker.containerId,
    properties: { ...product, host: hostname(), [embeddedProperty]: true },
    offeredCapabilities: ['ANONYMOUS-RELAY'],
    authentication: authentication(settings),
    negotiationTime: settings.maxNegotiateTime,
    admit: () => true,
    accept: (peer) => broker.accept(peer),
  });
  broker.port = listener.port;
  await broker.ha.start();
  return {
    port: listener.port,
    name: `${host}:${listener.port}`,
    stopped,
    stop: end,
    kill: () => {
      broker.abandon();
      listener.destroy();
      ended(undefined);
    },
  };
}

/** The broker that this one stands in for. */
const product = { product: 'qpid-cpp', version: '1.40.0', platform: 'Linux' };

/** Without authentication everybody is who they say, whatever the password. */
function authentication({ authentication: required, users }: EmbeddedBrokerSettings) {
  return {
    anonymous: !required,
    required,
    plain: (username: string, password: string) => !required || users.get(username)?.reveal() === password,
  };
}
