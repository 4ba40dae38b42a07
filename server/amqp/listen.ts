import { createServer, type Socket } from 'node:net';
import { FrameGuard, largestFrame } from './frame-guard';
import type { AmqpFault, Peer, PeerHandler } from './peer';
import { PeerIncoming, PeerOutgoing } from './peer-links';
import {
  batchWrites,
  createContainer,
  deliverBytes,
  ignoreUnheardEvents,
  type RheaConnection,
  type RheaContext,
  type RheaSession,
} from './rhea';
import { type Authentication, mechanisms } from './sasl-server';

export interface ListenOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly backlog: number;
  readonly containerId: string;
  /** Connection properties. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly offeredCapabilities: readonly string[];
  readonly authentication: Authentication;
  /** Milliseconds for a peer to get as far as `open`. */
  readonly negotiationTime: number;
  /** Asked for every TCP connection; the refused are closed without a word. */
  admit(): boolean;
  /** After the peer's `open`. Undefined: the peer is closed without a word. */
  accept(peer: Peer): PeerHandler | undefined;
}

export interface Listener {
  readonly port: number;
  /** Ends all connections, without AMQP's `close`, as a broker that is shut down. */
  close(): Promise<void>;
  /** At once, losing what has not been sent. */
  destroy(): void;
}

/** Rejects with the system's error when the port is not to be had. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    if (!options.admit()) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, options);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port, backlog: options.backlog }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) end(socket);
      }),
    destroy: () => {
      server.close();
      for (const socket of sockets) socket.destroy(new Error('closed'));
    },
  };
}

/** Milliseconds for a peer to take what is still to be sent to it. */
const closingTime = 1_000;

function end(socket: Socket): void {
  // With an error, since only then rhea stops its timers.
  const destroy = (): void => {
    socket.destroy(new Error('closed'));
  };
  const timer = setTimeout(destroy, closingTime);
  socket.once('close', () => clearTimeout(timer));
  socket.end(destroy);
}

function serve(socket: Socket, options: ListenOptions): void {
  socket.setNoDelay(true);
  const guard = new FrameGuard();
  socket.on('data', (chunk: Buffer) => {
    if (guard.check(chunk) !== undefined) socket.destroy(new Error('not AMQP'));
  });
  const login = { user: 'anonymous', mechanism: '' };
  const container = createContainer(options.containerId);
  container.sasl_server_mechanisms = mechanisms(options.authentication, login, socket);
  const connection = container.create_connection({
    container_id: options.containerId,
    channel_max: 32_767,
    max_frame_size: largestFrame,
    properties: options.properties,
    offered_capabilities: options.offeredCapabilities,
    require_sasl: options.authentication.required,
    receiver_options: { credit_window: 0, autoaccept: false },
    treat_modified_as_released: false,
    session_buffer_size: unsettledPerSession,
  });
  ignoreUnheardEvents(connection);
  batchWrites(connection, socket);
  for (const event of ['protocol_error', 'error', 'disconnected']) {
    connection.on(event, () => socket.destroy(new Error('ended')));
  }
  const negotiation = setTimeout(() => socket.destroy(new Error('too slow')), options.negotiationTime);
  socket.once('close', () => clearTimeout(negotiation));
  connection.on('connection_open', () => {
    clearTimeout(negotiation);
    opened(connection, socket, login, options);
  });
  connection.accept(socket);
}

/** Deliveries that may be under way in a session, in each direction. */
const unsettledPerSession = 65_536;

function opened(
  connection: RheaConnection,
  socket: Socket,
  login: { readonly user: string; readonly mechanism: string },
  options: ListenOptions,
): void {
  connection.local.open.idle_time_out = connection.idle_time_out ?? undefined;
  const handler = options.accept({
    containerId: connection.container_id ?? '',
    properties: connection.properties ?? {},
    ...login,
    local: `${hostOf(socket.localAddress)}:${socket.localPort}`,
    remote: `${hostOf(socket.remoteAddress)}:${socket.remotePort}`,
    close: (fault?: AmqpFault) => connection.close(fault),
    destroy: () => socket.destroy(new Error('destroyed')),
  });
  if (handler === undefined) {
    socket.destroy(new Error('refused'));
    return;
  }
  dispatch(connection, socket, handler);
}

function hostOf(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:/, '');
}

function dispatch(connection: RheaConnection, socket: Socket, handler: PeerHandler): void {
  const sessions = new Map<RheaSession, number>();
  const links = new Set<PeerOutgoing | PeerIncoming>();
  let next = 0;
  const endSession = (session: RheaSession | undefined): void => {
    const number = session && sessions.get(session);
    if (session === undefined || number === undefined) return;
    sessions.delete(session);
    for (const link of [...links]) if (link.session === number) endLink(link);
    handler.sessionClosed(number);
  };
  const endLink = (link: PeerOutgoing | PeerIncoming): void => {
    links.delete(link);
    link.end();
  };
  connection.on('session_open', ({ session }: RheaContext) => {
    if (session === undefined) return;
    deliverBytes(session);
    sessions.set(session, next);
    handler.sessionOpened(next);
    next += 1;
  });
  // Outcomes that came just before are reported at the end of the turn.
  connection.on('session_close', ({ session }: RheaContext) => process.nextTick(endSession, session));
  connection.on('sender_open', ({ sender }: RheaContext) => {
    if (sender === undefined) return;
    const link = new PeerOutgoing(sender, sessions.get(sender.session) ?? 0);
    links.add(link);
    handler.outgoing(link);
  });
  connection.on('receiver_open', ({ receiver }: RheaContext) => {
    if (receiver === undefined) return;
    const link = new PeerIncoming(receiver, sessions.get(receiver.session) ?? 0);
    links.add(link);
    handler.incoming(link);
  });
  connection.on('connection_close', () => {
    for (const session of [...sessions.keys()]) process.nextTick(endSession, session);
  });
  socket.once('close', () => {
    for (const session of [...sessions.keys()]) endSession(session);
    handler.closed();
  });
}
