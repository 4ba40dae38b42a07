import type { RheaReceiver } from './rhea';
import type { Waiter } from './waiting';

/** Credit at a time; rhea's buffer for incoming deliveries is limited. */
const window = 1_000;

/** One `take`: ends when there are enough messages, or when the credit that is left has been drained. */
export class Taking<Result> {
  readonly #messages: Result[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor(
    readonly receiver: RheaReceiver,
    readonly count: number,
    readonly idle: number,
    readonly done: Waiter<readonly Result[]>,
  ) {
    receiver.drain = false;
    receiver.add_credit(Math.min(window, count));
    this.#awaitNext();
  }

  add(message: Result): void {
    this.#messages.push(message);
    this.done.extend();
    const missing = this.count - this.#messages.length;
    if (missing === 0) {
      this.done.resolve(this.#messages);
      return;
    }
    if (this.receiver.drain) {
      if (this.receiver.credit > 0) return;
      // The last credit was used up by messages: there may be more of them.
      this.receiver.drain = false;
    }
    if (this.receiver.credit <= window / 2 && missing > this.receiver.credit) {
      this.receiver.add_credit(Math.min(window, missing) - this.receiver.credit);
    }
    this.#awaitNext();
  }

  drained(): void {
    this.done.resolve(this.#messages);
  }

  stop(): void {
    clearTimeout(this.#idle);
  }

  #awaitNext(): void {
    if (this.#idle !== undefined) {
      this.#idle.refresh();
      return;
    }
    this.#idle = setTimeout(() => this.receiver.drain_credit(), this.idle);
  }
}
