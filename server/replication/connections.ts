import { BrokerError } from '../amqp/broker-error';
import type { BrokerConnection, Connect, Credentials } from '../amqp/contract';
import type { BrokerRef } from './contract';

/**
 * Why credentials are asked for. `stored`: what is at hand without asking a person. `needed`: the broker wants
 * a login. `rejected`: what was given last is wrong.
 */
export type CredentialsReason = 'stored' | 'needed' | 'rejected';

export interface ConnectionsOptions {
  readonly connect: Connect;
  /** Undefined: there are none, or the person declined. */
  credentials(broker: BrokerRef, reason: CredentialsReason): Promise<Credentials | undefined>;
  /** Milliseconds for connecting, and for every request. */
  readonly deadline: number;
  /** Sends passwords unencrypted to brokers on other machines. */
  readonly allowPlainText: boolean;
  /** Cancels connecting. What is open stays open, so that a cancelled verb can take back what it has begun. */
  readonly signal: AbortSignal;
}

export interface Connections {
  /** Opens a broker's connection once and hands it out again. Throws `BrokerError`. */
  connection(broker: BrokerRef): Promise<BrokerConnection>;
  close(): Promise<void>;
}

/** How often a person may mistype a password before the connection fails. */
const attempts = 3;

/** The connections of one run of a verb: one a broker, opened when first needed, closed together. */
export function openConnections(options: ConnectionsOptions): Connections {
  const open = new Map<string, Promise<BrokerConnection>>();
  return {
    connection(broker) {
      const key = broker.endpoint.text;
      const known = open.get(key);
      if (known !== undefined) return known;
      const opening = login(broker, options);
      open.set(key, opening);
      opening.catch(() => open.delete(key));
      return opening;
    },
    async close() {
      const opened = await Promise.allSettled(open.values());
      open.clear();
      await Promise.all(
        opened.map((result) => (result.status === 'fulfilled' ? result.value.close() : undefined)),
      );
    },
  };
}

async function login(broker: BrokerRef, options: ConnectionsOptions): Promise<BrokerConnection> {
  let credentials = await options.credentials(broker, 'stored');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connectUnless(options.signal, (signal) =>
        options.connect({
          name: broker.name,
          endpoint: broker.endpoint,
          deadline: options.deadline,
          allowPlainText: options.allowPlainText,
          signal,
          ...(credentials === undefined ? {} : { credentials }),
        }),
      );
    } catch (error) {
      if (!(error instanceof BrokerError) || error.kind !== 'authentication' || attempt > attempts)
        throw error;
      credentials = await options.credentials(broker, credentials === undefined ? 'needed' : 'rejected');
      if (credentials === undefined) throw error;
    }
  }
}

async function connectUnless(
  cancelled: AbortSignal,
  connect: (signal: AbortSignal) => Promise<BrokerConnection>,
): Promise<BrokerConnection> {
  const connecting = new AbortController();
  const forward = () => connecting.abort();
  if (cancelled.aborted) forward();
  cancelled.addEventListener('abort', forward);
  try {
    return await connect(connecting.signal);
  } finally {
    cancelled.removeEventListener('abort', forward);
  }
}
