/**
 * The client library, narrowed to what this room uses of it, with types that hold. The package's own
 * declarations name its exports one by one, while at run time it exports a single container object.
 */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import * as rheaModule from 'rhea';

export interface RheaContainer extends EventEmitter {
  create_connection(options: Readonly<Record<string, unknown>>): RheaConnection;
  sasl_server_mechanisms: Record<string, unknown>;
}

export interface RheaError {
  readonly condition?: string;
  readonly description?: string;
}

export interface RheaConnection extends EventEmitter {
  readonly container_id?: string;
  readonly hostname?: string;
  readonly idle_time_out?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly error?: RheaError;
  /** What will be sent in `open`; may be changed until then. */
  readonly local: { readonly open: { idle_time_out: number | undefined } };
  connect(): RheaConnection;
  /** Once `connect` was called, where there are mechanisms. */
  readonly sasl_transport?: {
    on_sasl_mechanisms(frame: { performative: { sasl_server_mechanisms?: unknown } }): void;
  };
  accept(socket: Socket): RheaConnection;
  /** With room for so many deliveries under way, in each direction. */
  create_session(bufferSize: number): RheaSession;
  close(error?: RheaError): void;
  is_open(): boolean;
  /** Writes all that has become due. */
  _process(): void;
  /** Has that done at the end of the turn. */
  _register(): void;
}

/** A transfer frame, before it becomes part of a message. */
export interface TransferFrame {
  readonly performative: { handle: number; message_format: number | undefined; more: boolean | undefined };
  readonly payload?: Buffer;
}

export interface RheaSession extends EventEmitter {
  readonly error?: RheaError;
  begin(): void;
  close(error?: RheaError): void;
  attach_sender(options: Readonly<Record<string, unknown>>): RheaSender;
  attach_receiver(options: Readonly<Record<string, unknown>>): RheaReceiver;
  on_transfer(frame: TransferFrame): void;
}

/** Source or target as the peer sent it. */
export interface RheaTerminus {
  readonly address?: string;
  readonly dynamic?: boolean;
  readonly distribution_mode?: string;
  readonly durable?: number;
  readonly capabilities?: string | readonly string[];
  readonly filter?: Readonly<Record<string, unknown>>;
}

export interface RheaLink extends EventEmitter {
  readonly name: string;
  readonly connection: RheaConnection;
  readonly session: RheaSession;
  readonly error?: RheaError;
  readonly source: RheaTerminus | null | undefined;
  readonly target: RheaTerminus | null | undefined;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly snd_settle_mode?: number;
  /** What will be sent in `attach`; may be changed until then. */
  readonly local: {
    readonly attach: { snd_settle_mode: number; rcv_settle_mode: number; max_message_size: number };
  };
  credit: number;
  readonly delivery_count?: number;
  set_source(fields: Readonly<Record<string, unknown>>): void;
  set_target(fields: Readonly<Record<string, unknown>>): void;
  close(error?: RheaError): void;
  is_open(): boolean;
}

export interface RheaDelivery {
  readonly id: number;
  readonly tag: Buffer | string;
  readonly settled: boolean;
  remote_settled: boolean;
  readonly remote_state?: { readonly error?: RheaError; readonly delivery_failed?: boolean };
  readonly link: RheaLink;
  update(settled: boolean, state?: unknown): void;
  accept(): void;
  release(options?: Readonly<Record<string, boolean>>): void;
  reject(error?: RheaError): void;
}

export interface RheaSender extends RheaLink {
  sendable(): boolean;
  set_drained(drained: boolean): void;
  /** With a format, the message is sent as the bytes that it is. */
  send(payload: Buffer, tag: Buffer | undefined, format: 0): RheaDelivery;
}

export interface RheaReceiver extends RheaLink {
  drain: boolean;
  add_credit(credit: number): void;
  drain_credit(): void;
}

export interface RheaContext {
  readonly connection: RheaConnection;
  readonly session?: RheaSession;
  readonly sender?: RheaSender;
  readonly receiver?: RheaReceiver;
  readonly delivery?: RheaDelivery;
  readonly message?: Buffer;
  readonly error?: Error & RheaError;
}

export type Disposition = 'accepted' | 'released' | 'rejected';

interface RheaModule {
  create_container(options: { readonly id: string }): RheaContainer;
  readonly message: Readonly<Record<Disposition, (fields: object) => { described(): object }>>;
  readonly types: { wrap_described(value: string, descriptor: string): object };
}

const rhea = (rheaModule as unknown as { readonly default: RheaModule }).default;

/** One container a connection: they hold the listeners and mechanisms, and must not be shared. */
export function createContainer(id: string): RheaContainer {
  const container = rhea.create_container({ id });
  container.on('error', ignore);
  return container;
}

/** An event without any listener makes rhea throw, or print a warning. */
const events = [
  'connection_open',
  'connection_close',
  'connection_error',
  'protocol_error',
  'error',
  'disconnected',
  'settled',
  'session_open',
  'session_close',
  'session_error',
  'sender_open',
  'sender_close',
  'sender_error',
  'receiver_open',
  'receiver_close',
  'receiver_error',
];

export function ignoreUnheardEvents(connection: RheaConnection): void {
  for (const event of events) connection.on(event, ignore);
}

function ignore(): void {}

/** rhea takes the first mechanism that the peer offers and it knows: this makes it take `first` where it is offered. */
export function preferMechanism({ sasl_transport: sasl }: RheaConnection, first: string): void {
  if (sasl === undefined) return;
  const choose = sasl.on_sasl_mechanisms;
  sasl.on_sasl_mechanisms = (frame) => {
    const offered = [frame.performative.sasl_server_mechanisms ?? []].flat().map(String);
    offered.sort((a, b) => Number(b === first) - Number(a === first));
    choose.call(sasl, { performative: { sasl_server_mechanisms: offered } });
  };
}

/** rhea writes every frame by itself; this hands them to the system together. */
export function batchWrites(connection: RheaConnection, socket: Socket): void {
  const write = connection._process;
  connection._process = () => {
    socket.cork();
    try {
      write.call(connection);
    } finally {
      socket.uncork();
    }
  };
}

/** A message that would not end, and one above what any queue would hold. */
const largestMessage = 1 << 28;

/**
 * Makes the session's `message` events carry the bytes of the message. rhea would decode them to one kind of
 * buffer for binary, uuid and large integers, but leaves alone what has a message format other than 0.
 */
export function deliverBytes(session: RheaSession): void {
  const transfer = session.on_transfer;
  const sizes = new Map<number, number>();
  session.on_transfer = (frame) => {
    const { performative } = frame;
    const size = (sizes.get(performative.handle) ?? 0) + (frame.payload?.length ?? 0);
    if (size > largestMessage) throw new Error('a message is larger than 256 MiB');
    if (performative.more) sizes.set(performative.handle, size);
    else sizes.delete(performative.handle);
    performative.message_format = 1;
    transfer.call(session, frame);
  };
}

const lastDispositions = new WeakMap<RheaConnection, Disposition>();

export interface SettleOptions {
  /** The sender is to settle first; the event `settled` tells that it has. */
  readonly confirmed?: boolean;
  /** Why it was rejected. */
  readonly error?: RheaError;
}

/**
 * The receiver's word on a delivery. rhea joins what is said in one turn of neighbouring deliveries without
 * looking whether the first two are told the same (write_dispositions), so that what was released would be
 * accepted and lost: different words never wait together.
 */
export function settle(
  delivery: RheaDelivery,
  disposition: Disposition,
  { confirmed = false, error }: SettleOptions = {},
): void {
  const { connection } = delivery.link;
  if ((lastDispositions.get(connection) ?? disposition) !== disposition) connection._process();
  lastDispositions.set(connection, disposition);
  const state = rhea.message[disposition](error === undefined ? {} : { error });
  delivery.update(!confirmed, state.described());
}

/** The sender's word on a delivery that the receiver has left for it to settle. */
export function confirm(delivery: RheaDelivery): void {
  delivery.update(true, rhea.message.accepted({}).described());
  // The receiver says nothing more, which rhea would await for ever.
  delivery.remote_settled = true;
}

const topicBinding = 'apache.org:legacy-amqp-topic-binding:string';
const directBinding = 'apache.org:legacy-amqp-direct-binding:string';

/** The filter of a source on a topic exchange, as the broker knows it from AMQP 0-10 (amqp/Filter.cpp). */
export function topicFilter(pattern: string): Readonly<Record<string, object>> {
  return { topic: rhea.types.wrap_described(pattern, topicBinding) };
}

/** What such filters of a peer say. */
export function bindingKeys(filter: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  return Object.values(filter ?? {}).flatMap((entry) => {
    const { descriptor, value } = entry as { descriptor?: { value?: unknown }; value?: unknown };
    const known = descriptor?.value === topicBinding || descriptor?.value === directBinding;
    return known && typeof value === 'string' ? [value] : [];
  });
}
