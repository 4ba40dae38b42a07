import type { Socket } from 'node:net';
import type { EndpointMember } from '../address/endpoint';
import { type Credentials, ownContainerId } from './contract';
import { conditionFailure, type Failure, failure, socketFailure, toError } from './errors';
import { FrameGuard, largestFrame } from './frame-guard';
import {
  batchWrites,
  createContainer,
  deliverBytes,
  ignoreUnheardEvents,
  preferMechanism,
  type RheaConnection,
  type RheaContext,
  type RheaSession,
} from './rhea';
import { type Waiter, Waiters } from './waiting';

/** Milliseconds without a frame after which the peer is taken for dead; rhea waits twice as long. */
const idleTimeOut = 10_000;

/** Deliveries that may be under way in a session, in each direction. */
const sessionBuffer = 65_536;

/** Milliseconds that a peer has to answer our `close`. */
const closingTime = 1_000;

export interface GuardOptions {
  readonly broker: string;
  readonly member: EndpointMember;
  readonly socket: Socket;
  readonly credentials?: Credentials;
  /** We have shown a certificate, and may be who it says (EXTERNAL). */
  readonly certified?: boolean;
  readonly containerId?: string;
  /** Connection properties. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Milliseconds for everything that is waited for on this connection. */
  readonly deadline: number;
}

/** A connection of which nothing throws, hangs or stays behind, whatever the peer does. */
export class GuardedConnection {
  readonly broker: string;
  readonly deadline: number;
  readonly #waiters: Waiters;
  readonly #connection: RheaConnection;
  readonly #socket: Socket;
  readonly #certified: boolean;
  #ended: Failure | undefined;
  #closing: Promise<void> | undefined;
  readonly #endListeners: ((reason: Failure) => void)[] = [];

  constructor(options: GuardOptions) {
    const { broker, member, socket, credentials, properties, deadline } = options;
    const { containerId = ownContainerId, certified = false } = options;
    this.#certified = certified && credentials === undefined;
    this.broker = broker;
    this.deadline = deadline;
    this.#socket = socket;
    this.#waiters = new Waiters(broker);
    this.#guard();
    // An options object always: without, rhea reads connect.json from the working directory.
    this.#connection = createContainer(containerId).create_connection({
      container_id: containerId,
      hostname: member.host,
      reconnect: false,
      idle_time_out: idleTimeOut,
      max_frame_size: largestFrame,
      sasl_mechanisms: mechanisms(credentials, this.#certified),
      properties: properties ?? {},
      connection_details: () => ({
        host: member.host,
        port: member.port,
        connect: (_port: number, _host: string, _options: unknown, connected: () => void) => {
          setImmediate(connected);
          return socket;
        },
      }),
    });
    this.#listen();
  }

  /** SASL and the exchange of `open`. */
  handshake(opened: Waiter<void>): void {
    this.#connection.on('connection_open', () => opened.resolve());
    opened.promise.catch(() => this.fail(failure('closed')));
    this.#connection.connect();
    if (this.#certified) preferMechanism(this.#connection, 'EXTERNAL');
    if (this.#ended !== undefined) opened.reject(this.#ended);
  }

  /** `step` follows "while". */
  wait<T>(step: string, milliseconds = this.deadline): Waiter<T> {
    return this.#waiters.wait(step, milliseconds);
  }

  /** Sessions are not shared: a link without credit holds up all others of its session in rhea. */
  openSession(): RheaSession {
    // rhea forgets the connection's own setting for sessions that are made here, and then has room for 2,048.
    const session = this.#connection.create_session(sessionBuffer);
    deliverBytes(session);
    session.begin();
    return session;
  }

  /** The peer's connection properties. */
  get remoteProperties(): Readonly<Record<string, unknown>> {
    return this.#connection.properties ?? {};
  }

  /** Called once, whatever ends the connection; at once where it has ended. */
  onEnd(listener: (reason: Failure) => void): void {
    if (this.#ended === undefined) this.#endListeners.push(listener);
    else listener(this.#ended);
  }

  /** Throws when the connection has ended. */
  check(step: string): void {
    if (this.#ended !== undefined) throw toError(this.broker, step, this.#ended);
  }

  /** The connection is of no further use: everything that waits fails with this. */
  fail(reason: Failure): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#waiters.end(reason);
    // With an error, since only then rhea stops its timers.
    this.#socket.destroy(new Error('ended'));
    for (const listener of this.#endListeners) listener(reason);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#ended !== undefined) return;
    const gone = new Promise<void>((resolve) => {
      this.#socket.once('close', () => resolve());
      const timer = setTimeout(resolve, closingTime);
      this.#socket.once('close', () => clearTimeout(timer));
    });
    this.#connection.close();
    await gone;
    this.fail(failure('closed', 'the connection was closed here'));
  }

  #guard(): void {
    const guard = new FrameGuard();
    this.#socket.on('data', (chunk: Buffer) => {
      const problem = guard.check(chunk);
      if (problem !== undefined) this.fail(problem);
    });
    this.#socket.on('error', (error) => this.fail(socketFailure(error)));
    this.#socket.on('close', () => this.fail(lost));
  }

  #listen(): void {
    const connection = this.#connection;
    ignoreUnheardEvents(connection);
    batchWrites(connection, this.#socket);
    connection.on('connection_error', ({ error }: RheaContext) => this.fail(connectionFailure(error)));
    connection.on('connection_close', () => {
      this.fail(failure('closed', `the connection was closed ${this.#closing ? 'here' : 'by the broker'}`));
    });
    connection.on('disconnected', () => this.fail(lost));
    connection.on('protocol_error', (error: Error) => this.fail(protocolFailure(error)));
    connection.on('error', (error: Error) => this.fail(failure('protocol', error.message)));
  }
}

/** A backup of a cluster does so after the handshake (ha/BackupConnectionExcluder.h). */
const lost = failure(
  'closed',
  'the broker closed the connection without saying why',
  'Check that it is not a backup of a cluster (only the primary lets clients in), and its limit of connections.',
);

function connectionFailure(
  error: (Error & { condition?: string; description?: string }) | undefined,
): Failure {
  const text = error?.description ?? error?.message ?? '';
  if (text.startsWith('No suitable mechanism')) {
    const offered = text.replace(/^.*server supports /, '').replaceAll(',', ', ');
    return failure('authentication', `the broker offers only these mechanisms: ${offered || 'none'}`);
  }
  if (text.startsWith('Failed to authenticate')) {
    return failure('authentication', 'the broker refused user name or password');
  }
  return conditionFailure(error, 'closed');
}

function protocolFailure(error: Error): Failure {
  if (error.message.includes('SASL')) return failure('authentication', error.message);
  return failure('protocol', error.message);
}

/**
 * The library's own PLAIN counts characters where bytes are needed. ANONYMOUS without a trace of who we are:
 * brokers log it. EXTERNAL leaves it to the broker who the certificate stands for.
 */
function mechanisms(
  credentials: Credentials | undefined,
  certified: boolean,
): Readonly<Record<string, unknown>> {
  type Respond = (error: undefined, response: Buffer) => void;
  const say = (text: string) => ({
    start: (respond: Respond) => respond(undefined, Buffer.from(text)),
    step: (_challenge: unknown, respond: Respond) => respond(undefined, Buffer.from(text)),
  });
  if (credentials === undefined) {
    return {
      ANONYMOUS: () => say('anonymous'),
      ...(certified ? { EXTERNAL: () => say('') } : {}),
    };
  }
  const { username, password } = credentials;
  return {
    PLAIN: () => ({
      start: (respond: Respond) => respond(undefined, Buffer.from(`\0${username}\0${password.reveal()}`)),
    }),
  };
}
