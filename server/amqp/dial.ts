import type { Socket } from 'node:net';
import type { EndpointMember } from '../address/endpoint';
import { GuardedConnection } from './connection';
import type { Credentials } from './contract';
import type { Failure } from './errors';
import { linkName } from './link';
import type { AmqpFault, Incoming } from './peer';
import { toIncoming } from './peer-links';
import type { RheaContext } from './rhea';
import { openSocket } from './socket';
import { Waiters } from './waiting';

export interface DialOptions {
  readonly broker: string;
  readonly member: EndpointMember;
  readonly containerId: string;
  readonly credentials?: Credentials;
  /** Connection properties. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Milliseconds for the TCP connection and the handshake together. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** TCP is connected; the handshake is still to come. */
  connected(): void;
}

/** A connection from one broker to another. */
export interface Dialled {
  /** The peer's connection properties. */
  readonly properties: Readonly<Record<string, unknown>>;
  receive(options: ReceiveOptions): Feed;
  /** Called once, whatever ends the connection. */
  onEnd(listener: (reason: Failure) => void): void;
  close(): Promise<void>;
}

export interface ReceiveOptions {
  readonly address: string;
  /** Link properties. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Renewed for every message, whether it is settled or not. */
  readonly credit: number;
  message(incoming: Incoming): void;
  /** The peer ended or refused it; not called after `close`. */
  ended(fault: AmqpFault): void;
}

export interface Feed {
  close(): void;
}

/** Throws `BrokerError`. */
export async function dial(options: DialOptions): Promise<Dialled> {
  const { broker, member, deadline, signal, credentials, containerId, properties } = options;
  const end = performance.now() + deadline;
  const waiters = new Waiters(broker);
  const abort = (): void => waiters.end({ kind: 'cancelled', advice: '' });
  signal.addEventListener('abort', abort);
  const dialled = waiters.wait<Socket>('connecting', deadline);
  openSocket(member, undefined, dialled);
  const socket = await dialled.promise.finally(() => signal.removeEventListener('abort', abort));
  options.connected();
  const guard = new GuardedConnection({
    broker,
    member,
    socket,
    containerId,
    properties,
    deadline,
    ...(credentials === undefined ? {} : { credentials }),
  });
  const fail = (): void => guard.fail({ kind: 'cancelled', advice: '' });
  signal.addEventListener('abort', fail);
  guard.onEnd(() => signal.removeEventListener('abort', fail));
  const opened = guard.wait<void>('connecting', Math.max(1, Math.round(end - performance.now())));
  guard.handshake(opened);
  if (signal.aborted) fail();
  await opened.promise;
  return {
    properties: guard.remoteProperties,
    receive: (feed) => receive(guard, feed),
    onEnd: (listener) => guard.onEnd(listener),
    close: () => guard.close(),
  };
}

function receive(guard: GuardedConnection, options: ReceiveOptions): Feed {
  const session = guard.openSession();
  const receiver = session.attach_receiver({
    name: linkName('feed'),
    source: { address: options.address, distribution_mode: 'copy' },
    properties: options.properties,
    credit_window: 0,
    autoaccept: false,
  });
  let over = false;
  const end = (fault: AmqpFault): void => {
    if (over) return;
    over = true;
    setImmediate(() => session.close());
    options.ended(fault);
  };
  receiver.on('receiver_error', () => end(toFault(receiver.error)));
  receiver.on('receiver_close', () => end(toFault(undefined)));
  session.on('session_close', () => end(toFault(session.error)));
  receiver.on('message', ({ delivery, message }: RheaContext) => {
    if (over || delivery === undefined || message === undefined) return;
    receiver.add_credit(1);
    options.message(toIncoming(delivery, message));
  });
  receiver.add_credit(options.credit);
  return {
    close: () => {
      over = true;
      session.close();
    },
  };
}

function toFault(
  error: { readonly condition?: string; readonly description?: string } | undefined,
): AmqpFault {
  return { condition: error?.condition ?? '', description: error?.description ?? '' };
}
