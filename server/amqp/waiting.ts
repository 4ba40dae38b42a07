import { type Failure, failure, toError } from './errors';

/** A promise that a deadline, or the end of the connection, will reject if nothing settles it before. */
export interface Waiter<T> {
  readonly promise: Promise<T>;
  readonly settled: boolean;
  resolve(value: T): void;
  reject(failure: Failure): void;
  /** Something moved: the deadline starts anew. */
  extend(): void;
}

/** All that waits on one connection. */
export class Waiters {
  readonly #waiting = new Set<{ reject(failure: Failure): void }>();
  #ended: Failure | undefined;

  constructor(readonly broker: string) {}

  /** `milliseconds` until the wait fails with `timeout`; `step` follows "while". */
  wait<T>(step: string, milliseconds: number): Waiter<T> {
    let settle: { resolve(value: T): void; reject(error: Error): void } | undefined;
    const promise = new Promise<T>((resolve, reject) => {
      settle = { resolve, reject };
    });
    // Whoever began the wait may have gone already, for instance when a link is refused and then detached.
    promise.catch(() => {});
    const timeOut = (): void => waiter.reject(failure('timeout', `no answer within ${milliseconds} ms`));
    let timer = setTimeout(timeOut, milliseconds);
    let settled = false;
    const finish = (): boolean => {
      if (settled) return false;
      settled = true;
      clearTimeout(timer);
      this.#waiting.delete(waiter);
      return true;
    };
    const waiter: Waiter<T> = {
      promise,
      get settled() {
        return settled;
      },
      resolve: (value) => {
        if (finish()) settle?.resolve(value);
      },
      reject: (reason) => {
        if (finish()) settle?.reject(toError(this.broker, step, reason));
      },
      extend: () => {
        if (settled) return;
        clearTimeout(timer);
        timer = setTimeout(timeOut, milliseconds);
      },
    };
    this.#waiting.add(waiter);
    if (this.#ended !== undefined) waiter.reject(this.#ended);
    return waiter;
  }

  /** Rejects everything that waits, and all that will. Only the first reason counts. */
  end(reason: Failure): void {
    this.#ended ??= reason;
    for (const waiter of [...this.#waiting]) waiter.reject(this.#ended);
  }
}
