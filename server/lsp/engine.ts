import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver';
import { BrokerError } from '../amqp/broker-error';
import type { Credentials } from '../amqp/contract';
import { Secret } from '../amqp/secret';
import { type CredentialsReason, openConnections } from '../replication/connections';
import type { BrokerRef, EngineContext, EngineEvent } from '../replication/contract';
import type { Description } from '../replication/words/describe';
import { guardRequest } from './guard';
import {
  type CredentialsParams,
  type CredentialsResult,
  credentials as credentialsRequest,
  type ReplicationParams,
  type ReplicationResult,
} from './requests';
import type { Session } from './session';
import { type Selected, select } from './targets';

export type Verb = (selected: Selected, context: EngineContext) => Promise<Description>;

const defaultDeadline = 30;

/**
 * Serves a request that works on brokers: with connections of its own, closed whatever happens, its steps
 * reported as progress, and cancelled with the request. Nothing is contacted before the workspace is trusted.
 */
export function serveLive(session: Session, method: string, title: string, verb: Verb): void {
  session.connection.onRequest(
    method,
    guardRequest(
      session.log,
      method,
      async (params: ReplicationParams, token): Promise<ReplicationResult> => {
        if (!session.client.trusted) return untrusted;
        const selection = select(session, params.target);
        if (!selection.ok) return selection.result;
        const progress = session.connection.window.attachWorkDoneProgress(params.workDoneToken);
        progress.begin(title, 0, undefined, true);
        try {
          const result = await run(session, params, selection.selected, token, progress, verb);
          // Who cancelled needs no alarm that it did not succeed.
          const asWished = token.isCancellationRequested && result.severity === 'error';
          return asWished ? { ...result, severity: 'warning' } : result;
        } finally {
          progress.done();
        }
      },
    ),
  );
}

const untrusted: ReplicationResult = {
  severity: 'error',
  message: 'The workspace is not trusted, so no broker is contacted.',
  next: 'Trust the workspace, and try again.',
  details: [],
};

async function run(
  session: Session,
  params: ReplicationParams,
  selected: Selected,
  token: CancellationToken,
  progress: WorkDoneProgressReporter,
  verb: Verb,
): Promise<ReplicationResult> {
  const cancel = new AbortController();
  const subscription = token.onCancellationRequested(() => cancel.abort());
  if (token.isCancellationRequested) cancel.abort();
  const deadline = (params.deadline ?? defaultDeadline) * 1000;
  const connections = openConnections({
    connect: session.connect,
    credentials: (broker, reason) => login(session, selected, broker, reason, token),
    deadline,
    allowPlainText: params.allowPlainText === true,
    signal: cancel.signal,
  });
  const changes: string[] = [];
  const onEvent = (event: EngineEvent) => {
    if (event.type === 'change') changes.push(`${event.broker}: ${event.text}`);
    report(progress, event);
  };
  try {
    const context = { connection: connections.connection, signal: cancel.signal, deadline, onEvent };
    const description = await verb(selected, context);
    // A failure lists what was done, and what of it was taken back, itself.
    if (description.severity === 'error') return description;
    return { ...description, details: [...changes, ...description.details] };
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return { severity: 'error', message: error.message, details: changes };
  } finally {
    subscription.dispose();
    await connections.close();
  }
}

function report(progress: WorkDoneProgressReporter, event: EngineEvent): void {
  switch (event.type) {
    case 'look':
    case 'change':
      progress.report(`${event.broker}: ${event.text}`);
      break;
    case 'progress':
      progress.report(
        event.total === 0 ? 0 : Math.min(100, Math.round((100 * event.copied) / event.total)),
        `${event.copied.toLocaleString('en-US')} of ${event.total.toLocaleString('en-US')} messages copied`,
      );
      break;
  }
}

/** A login typed with the address, else what the editor keeps or asks for; none where it cannot be asked. */
async function login(
  session: Session,
  { logins }: Selected,
  { name, endpoint }: BrokerRef,
  reason: CredentialsReason,
  token: CancellationToken,
): Promise<Credentials | undefined> {
  const typed = logins.get(name);
  if (reason === 'stored' && typed !== undefined) return typed;
  const params: CredentialsParams = { broker: name, address: endpoint.text, reason };
  try {
    const answer = await session.connection.sendRequest<CredentialsResult | null>(
      credentialsRequest,
      params,
      token,
    );
    if (answer === null) return undefined;
    return { username: answer.username, password: new Secret(answer.password) };
  } catch {
    // An editor that does not know the request, or a cancelled one.
    return undefined;
  }
}
