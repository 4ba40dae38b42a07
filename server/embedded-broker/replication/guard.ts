import type { Completion } from '../queues/completion';
import type { Entry } from '../queues/entries';
import type { QueueObserver } from '../queues/queue';

/**
 * Keeps producers waiting for the replica: a message is accepted only when the replica has it, or it is gone
 * (ha/QueueGuard.cpp). By id, as there: of several messages with one id only the last is ever let go.
 */
export class Guard implements QueueObserver {
  readonly #delayed = new Map<number, () => void>();

  enqueued(entry: Entry, completion: Completion): void {
    this.#delayed.set(entry.replicationId, completion.hold());
  }

  dequeued(entry: Entry): void {
    this.complete(entry.replicationId);
  }

  complete(id: number): void {
    const letGo = this.#delayed.get(id);
    this.#delayed.delete(id);
    letGo?.();
  }

  cancel(): void {
    for (const id of [...this.#delayed.keys()]) this.complete(id);
  }
}
