import { type CancellationToken, type Progress, ProgressLocation, window, workspace } from 'vscode';
import {
  type LanguageClient,
  LSPErrorCodes,
  ResponseError,
  WorkDoneProgress,
} from 'vscode-languageclient/node';
import type { LiveParams, ReplicationResult } from '../server/lsp/requests';

export interface Run<Params> {
  /** The request of the language server. */
  readonly request: string;
  /** What the notification says while it runs: `Starting replication of "orders"`. */
  readonly title: string;
  /** What the request is about; settings and progress are added. */
  readonly params: Params;
}

let runs = 0;

/**
 * Sends a request that works on brokers, with its progress in a notification that can be cancelled.
 *
 * Undefined when the user cancelled and the server had nothing to report; what it did until then it reports.
 */
export async function runWithProgress<Params extends LiveParams, Result extends ReplicationResult>(
  client: LanguageClient,
  { request, title, params }: Run<Params>,
): Promise<Result | ReplicationResult | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, async (progress, cancellation) => {
    runs += 1;
    const workDoneToken = `qpidha-run-${runs}`;
    const subscription = client.onProgress(WorkDoneProgress.type, workDoneToken, report(progress));
    try {
      return await sendLive<Params, Result>(
        client,
        request,
        { ...params, ...liveSettings(), workDoneToken },
        cancellation,
      );
    } finally {
      subscription.dispose();
    }
  });
}

/** What every request that works on brokers takes from the settings. */
export function liveSettings(): Required<Pick<LiveParams, 'deadline' | 'allowPlainText'>> {
  const settings = workspace.getConfiguration('qpidha');
  return {
    deadline: settings.get('deadline', 30),
    allowPlainText: settings.get('allowPlainTextPasswords', false),
  };
}

/** Undefined when it was cancelled, and the server had nothing to report. */
export async function sendLive<Params extends LiveParams, Result extends ReplicationResult>(
  client: LanguageClient,
  request: string,
  params: Params,
  cancellation: CancellationToken,
): Promise<Result | ReplicationResult | undefined> {
  try {
    const result = await client.sendRequest<Result | null>(request, params, cancellation);
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
