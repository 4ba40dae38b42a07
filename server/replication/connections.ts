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

/**
 * The connections of one run of a verb: one a broker, opened when first needed, closed together. One that has ended
 * is opened anew when it is needed again, with the login that was good before.
 */
export function openConnections(options: ConnectionsOptions): Connections {
  const open = new Map<string, Promise<BrokerConnection>>();
  const logins = new Map<string, Credentials>();
  return {
    connection(broker) {
      const key = broker.endpoint.text;
      const known = open.get(key);
      if (known !== undefined) return known;
      const opening = login(broker, options, logins);
      open.set(key, opening);
      const forget = () => {
        if (open.get(key) === opening) open.delete(key);
      };
      opening.then(({ ended }) => ended.then(forget), forget);
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

/** `logins`: those that were good before, by the brokers' addresses. */
async function login(
  broker: BrokerRef,
  options: ConnectionsOptions,
  logins: Map<string, Credentials>,
): Promise<BrokerConnection> {
  const key = broker.endpoint.text;
  let credentials = logins.get(key) ?? (await options.credentials(broker, 'stored'));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const connection = await connectUnless(options.signal, (signal) =>
        options.connect({
          name: broker.name,
          endpoint: broker.endpoint,
          deadline: options.deadline,
          allowPlainText: options.allowPlainText,
          signal,
          ...(credentials === undefined ? {} : { credentials }),
        }),
      );
      if (credentials !== undefined) logins.set(key, credentials);
      return connection;
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
