import { formatMember, parseEndpoint } from '../address/endpoint';
import { BrokerError } from '../amqp/broker-error';
import type { BrokerConnection, Connect, Credentials, TlsOptions } from '../amqp/contract';
import type { BrokerRef } from './contract';
import { observeBroker } from './observe/observe';

/**
 * Why credentials are asked for. `stored`: what is at hand without asking a person. `needed`: the broker wants
 * a login. `rejected`: what was given last is wrong.
 */
export type CredentialsReason = 'stored' | 'needed' | 'rejected';

export interface ConnectionsOptions {
  readonly connect: Connect;
  /** Undefined: there are none, or the person declined. */
  credentials(broker: BrokerRef, reason: CredentialsReason): Promise<Credentials | undefined>;
  /** For addresses with `amqps://`. Throws `BrokerError`. */
  tls?(broker: BrokerRef): TlsOptions;
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
          ...tlsFor(broker, options),
          ...(credentials === undefined ? {} : { credentials }),
        }),
      );
      if (credentials !== undefined) logins.set(key, credentials);
      return connection;
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error;
      if (error.kind === 'closed') throw (await backupError(broker, options, credentials)) ?? error;
      if (error.kind !== 'authentication' || attempt > attempts) throw error;
      credentials = await options.credentials(broker, credentials === undefined ? 'needed' : 'rejected');
      if (credentials === undefined) throw error;
    }
  }
}

function tlsFor(broker: BrokerRef, { tls }: ConnectionsOptions): { readonly tls?: TlsOptions } {
  const secure = broker.endpoint.members.some((member) => member.tls);
  return secure && tls !== undefined ? { tls: tls(broker) } : {};
}

/** Milliseconds to find out. */
const inquiry = 3000;

/** A backup closes the connection without a word. Asked as an administrator it tells what it is, and who is primary. */
async function backupError(
  broker: BrokerRef,
  options: ConnectionsOptions,
  credentials: Credentials | undefined,
): Promise<BrokerError | undefined> {
  const { connect, signal, allowPlainText } = options;
  const login = credentials === undefined ? {} : { credentials };
  const common = {
    name: broker.name,
    deadline: inquiry,
    signal,
    allowPlainText,
    ...tlsFor(broker, options),
    ...login,
  };
  const opened: BrokerConnection[] = [];
  try {
    const backup = await connect({ ...common, endpoint: broker.endpoint, admin: true });
    opened.push(backup);
    const { ha } = await observeBroker(backup);
    if (ha === undefined || !backups.has(ha.status)) return undefined;
    const members = ha.brokersUrl === undefined ? undefined : parseEndpoint(ha.brokersUrl);
    const primary = members?.ok
      ? await connect({ ...common, endpoint: members.endpoint }).catch(nobody)
      : undefined;
    if (primary !== undefined) opened.push(primary);
    const where =
      primary === undefined
        ? ', and no primary of it could be reached'
        : `; its primary is ${formatMember(primary.member)}`;
    return new BrokerError({
      kind: 'closed',
      broker: broker.name,
      step: 'connecting',
      text: `this is a backup of a cluster (${ha.status}), which lets no client in${where}`,
      advice:
        primary === undefined
          ? 'Wait until one of its members has been promoted: without a primary a cluster serves nobody.'
          : 'Name the address of the primary, or all addresses of the cluster separated by commas.',
    });
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return undefined;
  } finally {
    await Promise.all(opened.map((connection) => connection.close()));
  }
}

const backups: ReadonlySet<string> = new Set(['joining', 'catchup', 'ready']);

function nobody(error: unknown): undefined {
  if (!(error instanceof BrokerError)) throw error;
  return undefined;
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
