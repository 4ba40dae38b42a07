/** Waiting that always ends: with a deadline, at a cancellation, and with no timer left behind. */
import { setMaxListeners } from 'node:events';
import { BrokerError } from '../amqp/broker-error';

/** A moment in the future, on the monotonic clock. */
export interface Deadline {
  /** Milliseconds, never negative. */
  left(): number;
}

export function deadlineIn(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return { left: () => Math.max(0, end - performance.now()) };
}

/** Resolves after the time, or at once when the signal is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

/** The result of the work, or undefined when it takes longer; then the work goes on unheard. */
export async function within<Result>(deadline: Deadline, work: Promise<Result>): Promise<Result | undefined> {
  const enough = new AbortController();
  work.catch(() => undefined);
  try {
    return await Promise.race([work, pause(deadline.left(), enough.signal).then(() => undefined)]);
  } finally {
    enough.abort();
  }
}

/** Looks until there is a result, ever more slowly; undefined when the deadline passes first. */
export async function poll<Result>(
  look: () => Promise<Result | undefined>,
  deadline: Deadline,
  signal: AbortSignal,
): Promise<Result | undefined> {
  for (let wait = 5; ; wait = Math.min(2 * wait, 100)) {
    const result = await look();
    if (result !== undefined || signal.aborted || deadline.left() === 0) return result;
    await pause(Math.min(wait, deadline.left()), signal);
  }
}

/** Throws when the verb has been cancelled. `step` follows "while". */
export function stopIfCancelled(signal: AbortSignal, broker: string, step: string): void {
  if (!signal.aborted) return;
  throw new BrokerError({
    kind: 'cancelled',
    broker,
    step,
    text: 'cancelled',
    advice: 'Run the command again when you want to go on.',
  });
}

/** A signal that nobody aborts, for work that must not be interrupted. */
export const neverAborted = new AbortController().signal;
allowManyListeners(neverAborted);

/** Where many pieces of work wait at the same time, many listeners are no leak. */
export function allowManyListeners(signal: AbortSignal): void {
  setMaxListeners(0, signal);
}
