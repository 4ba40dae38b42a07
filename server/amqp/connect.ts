import type { Socket } from 'node:net';
import { type EndpointMember, formatMember } from '../address/endpoint';
import { BrokerError, type BrokerErrorKind } from './broker-error';
import { GuardedConnection } from './connection';
import type { BrokerConnection, Connect, ConnectOptions } from './contract';
import { failure, toError } from './errors';
import { openEvents } from './events';
import { openHolder } from './holder';
import { QmfClient } from './qmf';
import { readingOnly } from './reading-only';
import { openReceiver } from './receiver';
import { openSender } from './sender';
import { isLoopback, openSocket } from './socket';
import { Waiters } from './waiting';

const defaultDeadline = 10_000;

/** See `Connect`. Whatever goes wrong, no socket and no timer is left behind. */
export const connect: Connect = async (options) => {
  const { endpoint, deadline = defaultDeadline, signal } = options;
  const end = performance.now() + deadline;
  const errors: BrokerError[] = [];
  for (const [index, member] of endpoint.members.entries()) {
    if (signal?.aborted) throw toError(options.name, 'connecting', cancelled);
    // A member that hangs must leave time for those after it.
    const share = (end - performance.now()) / (endpoint.members.length - index);
    try {
      return await connectTo(member, options, Math.max(1, Math.round(share)));
    } catch (error) {
      if (!(error instanceof BrokerError) || error.kind === 'cancelled') throw error;
      errors.push(error);
    }
  }
  throw mostTelling(options.name, errors);
};

const cancelled = failure('cancelled', 'cancelled');

async function connectTo(
  member: EndpointMember,
  options: ConnectOptions,
  share: number,
): Promise<BrokerConnection> {
  const { name, credentials, signal, admin, containerId, deadline = defaultDeadline } = options;
  const end = performance.now() + share;
  const socket = await dial(member, options, share);
  if (credentials !== undefined && !member.tls && !options.allowPlainText && !isLoopback(socket)) {
    socket.destroy();
    throw toError(name, 'connecting', exposed);
  }
  const guard = new GuardedConnection({
    broker: name,
    member,
    socket,
    deadline,
    ...(credentials === undefined ? {} : { credentials }),
    certified: member.tls && options.tls?.certificate !== undefined,
    ...(containerId === undefined ? {} : { containerId }),
    ...(admin ? { properties: { 'qpid.ha-admin': 1 } } : {}),
  });
  const abort = (): void => guard.fail(cancelled);
  signal?.addEventListener('abort', abort);
  socket.once('close', () => signal?.removeEventListener('abort', abort));
  const opened = guard.wait<void>(
    `connecting to ${formatMember(member)}`,
    Math.max(1, Math.round(end - performance.now())),
  );
  guard.handshake(opened);
  if (signal?.aborted) abort();
  try {
    await opened.promise;
  } catch (error) {
    throw member.tls ? uncertain(error, options.tls?.certificate !== undefined) : error;
  }
  const connection = toConnection(guard, name, member);
  return admin ? readingOnly(connection) : connection;
}

/** A broker that wants another certificate, or one at all, often closes the connection before its reason has been read. */
function uncertain(error: unknown, certified: boolean): unknown {
  if (!(error instanceof BrokerError) || error.kind !== 'closed') return error;
  const guess = certified ? refusedCertificate : 'Or it asks for a certificate of its clients.';
  return new BrokerError({ ...error, advice: `${error.advice} ${guess}` });
}

const refusedCertificate =
  'Or it refuses our certificate: check which file QPIDHA_<BROKER>_TLS_CERTIFICATE names, and whether the broker trusts its authority.';

const exposed = failure('plain-text', 'the password would travel unencrypted');

async function dial(
  member: EndpointMember,
  { name, tls, signal }: ConnectOptions,
  share: number,
): Promise<Socket> {
  const waiters = new Waiters(name);
  const abort = (): void => waiters.end(cancelled);
  const opened = waiters.wait<Socket>(`connecting to ${formatMember(member)}`, share);
  signal?.addEventListener('abort', abort);
  try {
    openSocket(member, tls, opened);
    return await opened.promise;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function toConnection(guard: GuardedConnection, name: string, member: EndpointMember): BrokerConnection {
  return {
    name,
    member,
    qmf: new QmfClient(guard),
    openSender: (queue) => openSender(guard, queue),
    openReceiver: (queue, mode) => openReceiver(guard, queue, mode),
    openHolder: (queue) => openHolder(guard, queue),
    openEvents: (listener) => openEvents(guard, listener),
    ended: new Promise((resolve) =>
      guard.onEnd((reason) => resolve(toError(name, 'using the connection', reason))),
    ),
    close: () => guard.close(),
  };
}

/** Of several members' errors the one that is most likely the user's to cure. */
const telling: readonly BrokerErrorKind[] = [
  'authentication',
  'forbidden',
  'tls',
  'limit',
  'protocol',
  'not-amqp',
  'closed',
  'timeout',
  'unreachable',
];

function mostTelling(broker: string, errors: readonly BrokerError[]): BrokerError {
  const [first, ...others] = [...errors].sort((a, b) => telling.indexOf(a.kind) - telling.indexOf(b.kind));
  if (first === undefined)
    return toError(broker, 'connecting', failure('unreachable', 'no address to connect to'));
  if (others.length === 0) return first;
  const texts = errors.map(
    (error) => `${error.step.replace('connecting to ', '')}: ${error.text ?? error.kind}`,
  );
  return toError(broker, 'connecting', {
    kind: first.kind,
    text: `no member lets us in (${texts.join('; ')})`,
    advice: first.advice,
  });
}
