/** What a broker sees of the clients that connect to it. Nothing of the client library shows through. */

export interface AmqpFault {
  /** `amqp:not-found` */
  readonly condition: string;
  readonly description: string;
}

export interface Peer {
  readonly containerId: string;
  /** Connection properties. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly user: string;
  readonly mechanism: string;
  /** `host:port` of both ends. */
  readonly local: string;
  readonly remote: string;
  close(fault?: AmqpFault): void;
  /** Ends the TCP connection without a word. */
  destroy(): void;
}

/** Sessions are numbered from 0 for each peer. */
export interface PeerHandler {
  sessionOpened(session: number): void;
  sessionClosed(session: number): void;
  /** The peer wants to receive. Either `accept` or `refuse` must be called at once. */
  outgoing(link: OutgoingLink): void;
  /** The peer wants to send. */
  incoming(link: IncomingLink): void;
  closed(): void;
}

/** The node that a peer asks for. */
export interface NodeRequest {
  readonly address: string | undefined;
  readonly dynamic: boolean;
  readonly durable: boolean;
  readonly capabilities: readonly string[];
  /** Of a source on an exchange: the filters by which AMQP 0-10 would have bound it. */
  readonly bindingKeys: readonly string[];
}

interface AnyLink {
  readonly name: string;
  readonly session: number;
  readonly node: NodeRequest;
  /** Link properties. */
  readonly properties: Readonly<Record<string, unknown>>;
  refuse(fault: AmqpFault): void;
  close(fault?: AmqpFault): void;
}

export interface OutgoingLink extends AnyLink {
  /** The peer only looks: distribution mode `copy`. */
  readonly browse: boolean;
  /** Messages that the peer is ready to take. */
  readonly credit: number;
  accept(address: string, handler: OutgoingHandler): void;
  /** `payload` is an encoded message. Its outcome is reported with what this returns. */
  send(payload: Buffer, tag?: Buffer): object;
  /** There is nothing to send for now; a peer that drains the link is told so, and takes its credit back. */
  idle(): void;
}

export type Outcome =
  | { readonly kind: 'accepted' | 'released' | 'rejected' }
  | { readonly kind: 'modified'; readonly failed: boolean };

export interface OutgoingHandler {
  /** There is credit, or somebody waits for `idle`. */
  credit(): void;
  outcome(delivery: object, outcome: Outcome): void;
  closed(): void;
}

export interface IncomingLink extends AnyLink {
  /** The peer gets `credit` for as many messages, and new credit for each that it sends. */
  accept(address: string | undefined, credit: number, handler: IncomingHandler): void;
}

export interface Incoming {
  readonly payload: Buffer;
  readonly tag: Buffer;
  accept(): void;
  release(): void;
  reject(fault: AmqpFault): void;
}

export interface IncomingHandler {
  message(incoming: Incoming): void;
  closed(): void;
}
