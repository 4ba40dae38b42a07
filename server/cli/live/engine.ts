import { connect } from '../../amqp/connect';
import type { Credentials } from '../../amqp/contract';
import { tlsFromEnvironment } from '../../amqp/tls-environment';
import { openConnections } from '../../replication/connections';
import type { EngineContext, EngineEvent } from '../../replication/contract';
import { tellOfClosedPipe } from '../io-error';
import type { Terminal } from '../terminal';
import { askCredentials } from './credentials';

export interface EngineOptions {
  /** Seconds for each request, and for a replication to come into step. */
  readonly timeout: number;
  /** Sends passwords unencrypted to brokers on other machines. */
  readonly allowPlainText: boolean;
  /** Logins given with the addresses, by broker name. */
  readonly credentials: ReadonlyMap<string, Credentials>;
  /** What is said at Ctrl-C, where nothing has to be taken back. */
  readonly farewell?: string;
  onEvent(event: EngineEvent): void;
}

const cancelling = '\nCancelling: what was begun is being taken back (Ctrl-C once more ends at once).\n';

/**
 * Runs a verb of the engine with connections of its own, closed whatever happens. Ctrl-C cancels the verb, which
 * then takes back what it has begun; a second Ctrl-C ends the process.
 */
export async function withEngine<Result>(
  terminal: Terminal,
  options: EngineOptions,
  work: (context: EngineContext) => Promise<Result>,
): Promise<Result> {
  const cancel = new AbortController();
  const onInterrupt = () => {
    process.once('SIGINT', () => process.exit(130));
    terminal.say(options.farewell ?? cancelling);
    cancel.abort();
  };
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  const release = tellOfClosedPipe(() => cancel.abort());
  const deadline = options.timeout * 1000;
  const connections = openConnections({
    connect,
    credentials: async (broker, reason) =>
      (reason === 'stored' ? options.credentials.get(broker.name) : undefined) ??
      askCredentials(broker, reason, terminal),
    tls: ({ name }) => tlsFromEnvironment(name, terminal.environment, terminal.cwd),
    deadline,
    allowPlainText: options.allowPlainText,
    signal: cancel.signal,
  });
  try {
    return await work({
      connection: (broker) => connections.connection(broker),
      signal: cancel.signal,
      deadline,
      onEvent: options.onEvent,
    });
  } finally {
    process.removeListener('SIGINT', onInterrupt);
    process.removeListener('SIGTERM', onInterrupt);
    release();
    await connections.close();
  }
}
