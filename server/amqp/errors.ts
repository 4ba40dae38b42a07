import { BrokerError, type BrokerErrorKind } from './broker-error';
import type { RheaError } from './rhea';
import { tlsCause } from './tls-errors';

/** An expected failure before it is known what it disturbed: `step` is added where it is reported. */
export interface Failure {
  readonly kind: BrokerErrorKind;
  readonly text?: string;
  readonly advice: string;
  /** The AMQP error condition, where the peer gave one. */
  readonly condition?: string;
}

export function toError(broker: string, step: string, failure: Failure): BrokerError {
  const { text } = failure;
  return new BrokerError({
    broker,
    step,
    ...failure,
    ...(text === undefined ? {} : { text: withoutLocation(text) }),
  });
}

const advice: Readonly<Record<BrokerErrorKind, string>> = {
  unreachable: 'Check that the broker runs, and its address and port.',
  timeout: 'Check that the broker is alive and the network fast enough, or allow more time.',
  cancelled: 'Nothing more was done.',
  'not-amqp': 'Check the address and port: a qpidd with the AMQP 1.0 module (amqp.so) is needed there.',
  tls: 'Check the certificates, and that the port is one for TLS.',
  authentication:
    'Check user name and password, and that the broker offers PLAIN (or ANONYMOUS without a user).',
  'plain-text': 'Use TLS (amqps://host:port), or explicitly allow plain-text passwords.',
  forbidden: 'Ask for the missing right in the ACL file of the broker.',
  closed: 'Try again; if it persists, look into the log of the broker.',
  'not-found': 'Check the name, and that it exists on this broker.',
  duplicate: 'It exists already: use it, or remove it first.',
  'ha-off': 'Set ha-queue-replication=yes in the qpidd.conf of this broker and restart it.',
  'invalid-url': 'Write the address as host:port, several separated by commas.',
  limit: 'Make room, or raise the limit.',
  exception: 'Look into the log of the broker.',
  protocol: 'Check the version of the broker: this one answers in a way that is not understood.',
};

export function failure(kind: BrokerErrorKind, text?: string, next = advice[kind]): Failure {
  return { kind, advice: next, ...(text === undefined || text === '' ? {} : { text }) };
}

/** One row a prefix; the first that matches decides. */
type Table = readonly (readonly [prefix: RegExp, kind: BrokerErrorKind, advice?: string])[];

function classify(table: Table, text: string, otherwise: BrokerErrorKind): Failure {
  for (const [prefix, kind, next] of table) {
    if (prefix.test(text)) return failure(kind, text, next);
  }
  return failure(otherwise, text);
}

/** A message that names another user than the one who sends it (amqp/Incoming.cpp UserId::verify). */
const foreignUserId = /^Authenticated user id is /;

export function isForeignUserId({ text }: { readonly text?: string }): boolean {
  return foreignUserId.test(text ?? '');
}

/** By the broker's words, in descriptions of AMQP errors and of QMF exceptions (framing::Exception prefixes). */
const words: Table = [
  [/^unauthorized-access\b/, 'forbidden'],
  [foreignUserId, 'forbidden', 'Only their own user may send messages that carry the id of a user.'],
  [/^not-found\b/, 'not-found'],
  [/^resource-limit-exceeded\b/, 'limit'],
  [/^object already exists\b/, 'duplicate'],
  [/^Exchange already exists\b/, 'duplicate'],
  [
    /^Duplicate queue replicator\b/,
    'duplicate',
    'A replicator for this queue exists already, perhaps left over by an unclean stop: stop the replication, then start it again.',
  ],
  [/^Invalid URL\b/, 'invalid-url'],
];

/** By condition, where the words decide nothing. */
const conditions: Table = [
  [/^amqp:unauthorized-access\b/, 'forbidden'],
  [/^amqp:not-found\b/, 'not-found'],
  [/^amqp:resource-limit-exceeded\b/, 'limit'],
  [
    /^amqp:resource-deleted\b/,
    'closed',
    'The queue was deleted while it was in use: check who deleted it, and start again.',
  ],
  [/^amqp:connection:forced\b/, 'closed', 'Somebody closed the connection on the broker: try again.'],
];

/** An error with which the peer ended a connection, session or link, or rejected a message. */
export function conditionFailure(
  error: RheaError | undefined,
  otherwise: BrokerErrorKind = 'closed',
): Failure {
  const text = error?.description ?? '';
  const said = classify(words, text, otherwise);
  if (error?.condition === undefined) return said;
  const { condition } = error;
  if (said.kind !== otherwise) return { ...said, condition };
  return { ...classify(conditions, condition, otherwise), text: text === '' ? condition : text, condition };
}

/** Of a method that is denied as such the broker says no more (ManagementAgent.cpp handleMethodRequest). */
const methodAdvice = 'Ask for the right "access method" of that name in the ACL file of the broker.';

/** A QMF `_exception` (management/ManagementAgent.cpp, qmf::Manageable::status_t). */
export function exceptionFailure(code: number, text: string): Failure {
  const clean = withoutLocation(text);
  switch (code) {
    case 1:
      if (/\bha-broker\b/.test(clean)) return failure('ha-off', clean);
      return failure(/^No object found\b/.test(clean) ? 'not-found' : 'exception', clean);
    case 6:
      return clean === 'Forbidden' ? failure('forbidden', clean, methodAdvice) : failure('forbidden', clean);
    default:
      return classify(words, clean, 'exception');
  }
}

/** Drops `(/build/src/qpid/broker/Broker.cpp:1234)`, which tells a user nothing. */
function withoutLocation(text: string): string {
  return text.replace(/ \([^()]*\.(?:cpp|h):\d+\)$/, '');
}

const resolution = 'The name does not resolve: check its spelling, and the name service of this machine.';

const systemErrors: Readonly<Record<string, readonly [text: string, advice?: string]>> = {
  ECONNREFUSED: ['connection refused'],
  EHOSTUNREACH: ['no route to the host'],
  ENETUNREACH: ['network unreachable'],
  EHOSTDOWN: ['host is down'],
  EADDRNOTAVAIL: ['address not available'],
  ETIMEDOUT: ['connection timed out'],
  EACCES: ['connecting is not permitted on this machine'],
  EPERM: ['connecting is not permitted on this machine'],
  ENOTFOUND: ['host name not found', resolution],
  EAI_AGAIN: ['host name could not be resolved for now', resolution],
};

/** An error of the socket before it was connected. */
export function connectFailure(error: NodeJS.ErrnoException, tls: boolean): Failure {
  const [text, next] = systemErrors[error.code ?? ''] ?? [];
  if (text !== undefined) return failure('unreachable', text, next);
  const cause = tls ? tlsCause(error) : undefined;
  if (cause !== undefined) return failure('tls', cause.text ?? error.message, cause.advice);
  return failure(tls ? 'tls' : 'unreachable', error.message || error.code);
}

/** An error of the socket once it was connected. A peer that wants a certificate says so only then (TLS 1.3). */
export function socketFailure(error: NodeJS.ErrnoException): Failure {
  const { code = '', message } = error;
  if (!code.startsWith('ERR_SSL_')) return failure('closed', message);
  const cause = tlsCause(error);
  const [, reason = message] = /SSL routines:[^:]*:([^:]*):/.exec(message) ?? [];
  return failure('tls', cause?.text ?? reason, cause?.advice);
}

/** What a peer that is no AMQP 1.0 broker answered, by its first bytes. */
export function strangerFailure(start: Buffer): Failure {
  const text = start.toString('latin1');
  if (text.startsWith('HTTP')) return failure('not-amqp', 'an HTTP server answered');
  if (start[0] === 0x15 || start[0] === 0x16) {
    return failure('not-amqp', 'the port expects TLS', 'Write the address as amqps://host:port.');
  }
  if (text.startsWith('AMQP')) {
    const version = [...start.subarray(5, 8)].join('-');
    return failure('not-amqp', `the peer speaks AMQP ${version.replace(/^1-0-10$/, '0-10')} only`);
  }
  return failure('not-amqp', 'something other than an AMQP broker answered');
}
