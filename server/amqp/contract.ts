/**
 * What the AMQP room offers to the engine: a connection that cannot hang, leak or crash its process, QMF2
 * requests on it, and messages to and from queues. Nothing of the client library shows through.
 */
import type { Endpoint, EndpointMember } from '../address/endpoint';
import type { Secret } from './secret';

export interface Credentials {
  readonly username: string;
  readonly password: Secret;
}

export interface TlsOptions {
  /** PEM text of the authorities to trust instead of the system's. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  /** Name to check the certificate against, when it is not the host. */
  readonly serverName?: string;
}

export interface ConnectOptions {
  /** The broker's name as the user knows it, for messages. */
  readonly name: string;
  /** Members are tried in turn until one lets us in. */
  readonly endpoint: Endpoint;
  /** ANONYMOUS without. */
  readonly credentials?: Credentials;
  readonly tls?: TlsOptions;
  /** Milliseconds for connect and handshake together, and then for every single request. Default 10,000. */
  readonly deadline?: number;
  /** Cancels connecting, and afterwards ends the connection with all that waits on it. */
  readonly signal?: AbortSignal;
  /** Sends the password unencrypted to a broker that is not on this machine. Refused otherwise. */
  readonly allowPlainText?: boolean;
  /** Sets the connection property `qpid.ha-admin`, which lets us look at a backup. Never send through it. */
  readonly admin?: boolean;
}

/** Throws `BrokerError`. */
export type Connect = (options: ConnectOptions) => Promise<BrokerConnection>;

export interface BrokerConnection {
  readonly name: string;
  /** The member that answered. */
  readonly member: EndpointMember;
  readonly qmf: Qmf;
  openSender(queue: string): Promise<MessageSender>;
  openReceiver(queue: string, mode: 'browse' | 'consume'): Promise<MessageReceiver>;
  /** Never throws, never hangs: after a second the socket is destroyed. */
  close(): Promise<void>;
}

/**
 * Decoded values: strings are text (the broker sends binary; binary that is no UTF-8 stays binary), a uuid is its
 * 36 characters in lower case, and integers are exact: numbers as far as 2^53, a bigint beyond.
 */
export type QmfValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly QmfValue[]
  | { readonly [key: string]: QmfValue };

export type QmfMap = { readonly [key: string]: QmfValue };

export interface QmfObject {
  /** `org.apache.qpid.broker:queue:orders` */
  readonly name: string;
  readonly className: string;
  /** Nanoseconds since the epoch. */
  readonly created: bigint;
  readonly updated: bigint;
  readonly values: QmfMap;
}

/** Every method throws `BrokerError`, within the connection's deadline. */
export interface Qmf {
  /** All objects of a class (lower case: `queue`, `link`, `habroker`). Unknown classes yield nothing. */
  objects(className: string): Promise<readonly QmfObject[]>;
  object(objectName: string): Promise<QmfObject | undefined>;
  call(objectName: string, method: string, args: QmfMap): Promise<QmfMap>;
}

export interface OutgoingMessage {
  readonly body: string | Uint8Array;
  readonly durable?: boolean;
  readonly priority?: number;
  /** Milliseconds. */
  readonly ttl?: number;
  readonly subject?: string;
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
}

export interface MessageSender {
  /** Resolves when the broker has accepted all of them; sends within the credit and a bounded window. */
  send(messages: Iterable<OutgoingMessage>, progress?: (accepted: number) => void): Promise<void>;
  close(): Promise<void>;
}

export interface IncomingMessage {
  readonly body: Uint8Array;
  readonly durable: boolean;
  readonly priority: number;
  readonly subject: string | undefined;
  readonly properties: QmfMap;
}

export interface MessageReceiver {
  /**
   * Up to `count` messages; fewer when none came for `idle` milliseconds (default 500). A consumer accepts
   * what it returns, a browser leaves everything in place.
   */
  take(count: number, idle?: number): Promise<readonly IncomingMessage[]>;
  close(): Promise<void>;
}
