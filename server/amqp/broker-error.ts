/**
 * What can go wrong between us and a broker, as a closed set. The broker's texts are mapped to a kind by
 * their prefix: they end in a C++ source location that changes from release to release.
 */
export type BrokerErrorKind =
  /** No TCP connection: refused, unreachable, or the name does not resolve. */
  | 'unreachable'
  /** A deadline passed: connect, handshake, or a request without a reply. */
  | 'timeout'
  | 'cancelled'
  /** Something answered, but it does not speak AMQP 1.0. */
  | 'not-amqp'
  | 'tls'
  /** Wrong or missing password, or no SASL mechanism that both sides have. */
  | 'authentication'
  /** A password would have travelled unencrypted, and that was not allowed. */
  | 'plain-text'
  /** An ACL denied it. */
  | 'forbidden'
  /** The connection, session or link ended while it was needed. */
  | 'closed'
  /** No such queue, exchange, object or node. */
  | 'not-found'
  /** `object already exists`, `Duplicate queue replicator`. */
  | 'duplicate'
  /** No object `ha-broker`: neither ha-queue-replication nor ha-cluster is on. */
  | 'ha-off'
  /** `Invalid URL: …` */
  | 'invalid-url'
  /** A queue or connection limit. */
  | 'limit'
  /** Any other exception of a QMF method. */
  | 'exception'
  /** A reply that does not have the shape it must have. */
  | 'protocol';

export interface BrokerErrorDetails {
  readonly kind: BrokerErrorKind;
  /** The broker as the user named it, without credentials. */
  readonly broker: string;
  /** What was being done, as a phrase that follows "while": `connecting`, `querying queue "orders"`. */
  readonly step: string;
  /** What to do next, as an imperative sentence. */
  readonly advice: string;
  /** The broker's or the system's own words, where there are any. */
  readonly text?: string;
}

/** Thrown by the AMQP room and the engine, for expected failures only; caught by the verbs and the doors. */
export class BrokerError extends Error implements BrokerErrorDetails {
  readonly kind: BrokerErrorKind;
  readonly broker: string;
  readonly step: string;
  readonly advice: string;
  readonly text?: string;

  constructor(details: BrokerErrorDetails) {
    super(`${details.broker}: ${details.text ?? details.kind} (while ${details.step}). ${details.advice}`);
    this.name = 'BrokerError';
    this.kind = details.kind;
    this.broker = details.broker;
    this.step = details.step;
    this.advice = details.advice;
    if (details.text !== undefined) this.text = details.text;
  }
}
