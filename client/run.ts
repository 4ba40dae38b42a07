import { type CancellationToken, type Progress, ProgressLocation, window, workspace } from 'vscode';
import {
  type LanguageClient,
  LSPErrorCodes,
  ResponseError,
  WorkDoneProgress,
} from 'vscode-languageclient/node';
import type { ReplicationParams, ReplicationResult, ReplicationTarget } from '../server/lsp/requests';

export interface Run {
  /** The request of the language server. */
  readonly request: string;
  /** What the notification says while it runs: `Starting replication of "orders"`. */
  readonly title: string;
  readonly target: ReplicationTarget;
}

let runs = 0;

/**
 * Sends a request that works on brokers, with its progress in a notification that can be cancelled.
 *
 * Undefined when the user cancelled and the server had nothing to report; what it did until then it reports.
 */
export async function runWithProgress(
  client: LanguageClient,
  { request, title, target }: Run,
): Promise<ReplicationResult | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, async (progress, cancellation) => {
    runs += 1;
    const workDoneToken = `qpidha-run-${runs}`;
    const subscription = client.onProgress(WorkDoneProgress.type, workDoneToken, report(progress));
    const settings = workspace.getConfiguration('qpidha');
    const params: ReplicationParams = {
      target,
      workDoneToken,
      deadline: settings.get('deadline', 30),
      allowPlainText: settings.get('allowPlainTextPasswords', false),
    };
    try {
      return await send(client, request, params, cancellation);
    } finally {
      subscription.dispose();
    }
  });
}

async function send(
  client: LanguageClient,
  request: string,
  params: ReplicationParams,
  cancellation: CancellationToken,
): Promise<ReplicationResult | undefined> {
  try {
    const result = await client.sendRequest<ReplicationResult | null>(request, params, cancellation);
    return result ?? internalFault;
  } catch (error) {
    if (error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled) return undefined;
    throw error;
  }
}

const internalFault: ReplicationResult = {
  severity: 'error',
  message: 'The Qpid HA language server failed on this request; its log says why.',
  next: 'Open the output "Qpid HA Language Server" and report what it says.',
  details: [],
};

function report(progress: Progress<{ message?: string; increment?: number }>) {
  let reached = 0;
  return (value: { readonly kind: string; readonly message?: string; readonly percentage?: number }) => {
    const increment = value.percentage === undefined ? 0 : Math.max(0, value.percentage - reached);
    reached += increment;
    progress.report({
      ...(value.message === undefined ? {} : { message: value.message }),
      ...(increment === 0 ? {} : { increment }),
    });
  };
}
