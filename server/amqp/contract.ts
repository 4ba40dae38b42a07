/**
 * What the AMQP room offers to the engine: a connection that cannot hang, leak or crash its process, QMF2
 * requests on it, and messages to and from queues. Nothing of the client library shows through.
 */
import type { Endpoint, EndpointMember } from '../address/endpoint';
import type { BrokerError } from './broker-error';
import type { Secret } from './secret';

export interface Credentials {
  readonly username: string;
  readonly password: Secret;
}

export interface TlsOptions {
  /** PEM text of the authorities to trust instead of the system's. */
  readonly ca?: string;
  /** PEM text of the certificate that we show, and of its key. */
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
  /** PLAIN with them. Without, EXTERNAL where we show a certificate and the broker takes it, else ANONYMOUS. */
  readonly credentials?: Credentials;
  readonly tls?: TlsOptions;
  /** Milliseconds for connect and handshake together, and then for every single request. Default 10,000. */
  readonly deadline?: number;
  /** Cancels connecting, and afterwards ends the connection with all that waits on it. */
  readonly signal?: AbortSignal;
  /** Sends the password unencrypted to a broker that is not on this machine. Refused otherwise. */
  readonly allowPlainText?: boolean;
  /** Who we are in the broker's lists, and how our reply queues are named. Default `ownContainerId`. */
  readonly containerId?: string;
  /**
   * Sets the connection property `qpid.ha-admin`, which lets us look at a backup. Such a connection neither
   * sends nor consumes.
   */
  readonly admin?: boolean;
}

/** Fixed, so that an ACL can name our reply queues: `qpid-ha_*`. */
export const ownContainerId = 'qpid-ha';

/** Throws `BrokerError`. */
export type Connect = (options: ConnectOptions) => Promise<BrokerConnection>;

export interface BrokerConnection {
  readonly name: string;
  /** The member that answered. */
  readonly member: EndpointMember;
  readonly qmf: Qmf;
  openSender(queue: string): Promise<MessageSender>;
  openReceiver(queue: string, mode: 'browse' | 'consume'): Promise<MessageReceiver>;
  /** Takes messages without losing them: they are removed only when told, see `MessageHolder`. */
  openHolder(queue: string): Promise<MessageHolder>;
  /** What happens on the broker from now on. `listener` must not throw. */
  openEvents(listener: (event: BrokerEvent) => void): Promise<EventStream>;
  /** Resolves, never rejects, when the connection has ended, whoever ended it. */
  readonly ended: Promise<BrokerError>;
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

/** A message to be sent on as it was received, whatever is in it. */
export interface EncodedMessage {
  readonly encoded: Uint8Array;
}

export interface MessageSender {
  /**
   * Resolves when the broker has accepted all of them; sends within the credit and a bounded window. What
   * `take` returned can be given as it is: body sections, properties and annotations stay what they are.
   */
  send(
    messages: Iterable<OutgoingMessage | EncodedMessage>,
    progress?: (accepted: number) => void,
  ): Promise<void>;
  close(): Promise<void>;
}

export interface IncomingMessage extends EncodedMessage {
  /** The content of binary and text; the encoding of everything else. */
  readonly body: Uint8Array;
  /** The sections that the body came in: `data` for bytes, `value` for anything else, `sequence` for lists. */
  readonly bodyKind: 'data' | 'value' | 'sequence';
  readonly durable: boolean;
  readonly priority: number;
  /** Milliseconds; undefined: it does not expire. */
  readonly ttl: number | undefined;
  readonly subject: string | undefined;
  /** The standard properties that are set, the subject apart, by their names: `messageId`, `contentType`, … */
  readonly fields: QmfMap;
  /** Application properties. */
  readonly properties: QmfMap;
  /** Message annotations. */
  readonly annotations: QmfMap;
}

export interface MessageReceiver {
  /**
   * Up to `count` messages; fewer when none came for `idle` milliseconds (default 500). A consumer accepts
   * what it returns, a browser leaves everything in place.
   */
  take(count: number, idle?: number): Promise<readonly IncomingMessage[]>;
  /**
   * As `take`, with what `toResult` makes of each encoded message as it arrives: so the messages need neither fit
   * into memory together nor be decodable.
   */
  read<Result>(
    count: number,
    toResult: (encoded: Uint8Array) => Result,
    idle?: number,
  ): Promise<readonly Result[]>;
  close(): Promise<void>;
}

/**
 * Between `take` and `remove` a message is nobody else's, and still on the queue: what is never removed is back
 * in its place when the holder is closed or the connection is lost. So whoever copies first and removes then
 * may see a message twice, and never loses one.
 */
export interface MessageHolder {
  /**
   * As of a receiver, but no more than 5,000 from the oldest that is not settled to the newest. Throws where
   * there is no room for one more.
   */
  take(count: number, idle?: number): Promise<readonly IncomingMessage[]>;
  /** Resolves when the broker has confirmed that these messages, which `take` returned, are off the queue. */
  remove(messages: readonly IncomingMessage[]): Promise<void>;
  /** Resolves when the broker has confirmed that these messages are available again. */
  release(messages: readonly IncomingMessage[]): Promise<void>;
  close(): Promise<void>;
}

/** See the management schemas of the broker (management-schema.xml, ha/management-schema.xml). */
export interface BrokerEvent {
  /** `brokerLinkUp`, `exchangeDelete`, `subscribe`, … */
  readonly name: string;
  /** `org.apache.qpid.broker` */
  readonly package: string;
  /** As of syslog: 4 warning, 6 information. */
  readonly severity: number;
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  readonly values: QmfMap;
}

export interface EventStream {
  /** Resolves, never rejects, when no more events will come; with the reason, unless it was `close`. */
  readonly ended: Promise<BrokerError | undefined>;
  close(): Promise<void>;
}
