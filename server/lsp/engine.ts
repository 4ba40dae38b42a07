import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver';
import { BrokerError } from '../amqp/broker-error';
import type { Credentials } from '../amqp/contract';
import { tlsFromEnvironment } from '../amqp/tls-environment';
import { openConnections } from '../replication/connections';
import type { EngineContext, EngineEvent } from '../replication/contract';
import { adviceIn } from '../replication/words/command';
import { guardRequest } from './guard';
import { loginsFor } from './logins';
import type { LiveParams, ReplicationParams, ReplicationResult } from './requests';
import type { Session } from './session';
import { type Selected, select } from './targets';

export type Verb<Params> = (
  selected: Selected,
  context: EngineContext,
  params: Params,
) => Promise<ReplicationResult>;

/** What is to be done on brokers, or why nothing is. */
export type Job<Result> =
  | {
      readonly ok: true;
      /** Logins that came with typed addresses, by broker name. */
      readonly logins: ReadonlyMap<string, Credentials>;
      work(context: EngineContext): Promise<Result>;
    }
  | { readonly ok: false; readonly result: ReplicationResult };

const defaultDeadline = 30;

/** Serves a request that works on one replication. */
export function serveVerb<Params extends ReplicationParams>(
  session: Session,
  method: string,
  title: string,
  verb: Verb<Params>,
): void {
  serveLive<Params, ReplicationResult>(session, method, title, (params) => {
    const selection = select(session, params.target);
    if (!selection.ok) return selection;
    const { selected } = selection;
    const { logins } = selected;
    const work = async (context: EngineContext): Promise<ReplicationResult> => {
      const result = await verb(selected, context, params);
      const nextVerb = result.nextVerb ?? adviceIn(result.next ?? '', selected);
      return nextVerb === undefined ? result : { ...result, nextVerb };
    };
    return { ok: true, logins, work };
  });
}

/**
 * Serves a request that works on brokers: with connections of its own, closed whatever happens, its steps
 * reported as progress, and cancelled with the request. Nothing is contacted before the workspace is trusted.
 */
export function serveLive<Params extends LiveParams, Result extends ReplicationResult>(
  session: Session,
  method: string,
  title: string,
  prepare: (params: Params) => Job<Result>,
): void {
  session.connection.onRequest(
    method,
    guardRequest(session.log, method, async (params: Params, token): Promise<Result | ReplicationResult> => {
      if (!session.client.trusted) return untrusted;
      const job = prepare(params);
      if (!job.ok) return job.result;
      const progress = session.connection.window.attachWorkDoneProgress(params.workDoneToken);
      progress.begin(title, 0, undefined, true);
      try {
        const result = await run(session, params, job, token, progress);
        // Who cancelled needs no alarm that it did not succeed.
        const asWished = token.isCancellationRequested && result.severity === 'error';
        return asWished ? { ...result, severity: 'warning' } : result;
      } finally {
        progress.done();
      }
    }),
  );
}

const untrusted: ReplicationResult = {
  severity: 'error',
  message: 'The workspace is not trusted, so no broker is contacted.',
  next: 'Trust the workspace, and try again.',
  details: [],
};

async function run<Result extends ReplicationResult>(
  session: Session,
  params: LiveParams,
  { logins, work }: Extract<Job<Result>, { ok: true }>,
  token: CancellationToken,
  progress: WorkDoneProgressReporter,
): Promise<Result | ReplicationResult> {
  const cancel = new AbortController();
  const subscription = token.onCancellationRequested(() => cancel.abort());
  if (token.isCancellationRequested) cancel.abort();
  const deadline = (params.deadline ?? defaultDeadline) * 1000;
  const connections = openConnections({
    connect: session.connect,
    credentials: loginsFor(session, logins, token),
    tls: ({ name }) => tlsFromEnvironment(name, process.env, process.cwd()),
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
    const result = await work(context);
    // A failure lists what was done, and what of it was taken back, itself.
    if (result.severity === 'error') return result;
    return { ...result, details: [...changes, ...result.details] };
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
