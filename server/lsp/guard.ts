import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** Where a handler's bug goes: the client's log, never the user's screen. */
export interface Log {
  error(message: string): void;
}

type RequestHandler<Params, Result> = (
  params: Params,
  token: CancellationToken,
) => Promise<Result | null | ResponseError<void>>;

/**
 * Wraps a request's handler so that no bug in it takes the server down: the bug is logged with its stack, and
 * the editor gets `null`, which every request of ours allows. A cancelled request ends as the protocol wants,
 * unless its handler still has a result: what was done on a broker is told in any case.
 */
export function guardRequest<Params, Result>(
  log: Log,
  method: string,
  handler: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): RequestHandler<Params, Result> {
  return async (params, token) => {
    if (token.isCancellationRequested) return cancelled();
    try {
      return await handler(params, token);
    } catch (error) {
      if (error instanceof Cancelled) return cancelled();
      logBug(log, method, error);
      return null;
    }
  };
}

/** The same for a notification, or for work of our own that nobody waits for. */
export function guardNotification<Params extends readonly unknown[]>(
  log: Log,
  method: string,
  handler: (...params: Params) => void | Promise<void>,
): (...params: Params) => Promise<void> {
  return async (...params) => {
    try {
      await handler(...params);
    } catch (error) {
      logBug(log, method, error);
    }
  };
}

/** Thrown by long work that noticed its cancellation. */
export class Cancelled extends Error {}

/** Lets other messages in, so that a cancellation can arrive; throws `Cancelled` when it has. */
export async function pause(token: CancellationToken): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (token.isCancellationRequested) throw new Cancelled();
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

function logBug(log: Log, method: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.error(`a bug in the handler of ${method}: ${text}`);
}
