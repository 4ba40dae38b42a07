import type { AmqpFault, Outcome, OutgoingHandler, OutgoingLink } from '../../amqp/peer';
import { Cursor } from './cursor';
import type { Entry } from './entries';
import { payloadFor } from './message';
import type { Queue, QueueReader } from './queue';

export function queueDeleted(name: string): AmqpFault {
  return {
    condition: 'amqp:resource-deleted',
    description: `resource-deleted: Queue ${name} has been deleted. (src/qpid/broker/Queue.cpp:1583)`,
  };
}

/** A client that receives from a queue, either taking messages or only looking at them. */
export class Consumer implements QueueReader, OutgoingHandler {
  readonly counted = true;
  /** Messages sent to the client. */
  sent = 0n;
  readonly #queue: Queue;
  readonly #link: OutgoingLink;
  readonly #unsettled = new Map<object, Entry>();
  readonly #cursor: Cursor;

  constructor(
    queue: Queue,
    link: OutgoingLink,
    /** `last`: nobody uses the queue any longer, and it is to go with its last. */
    readonly onClosed: (last: boolean) => void,
  ) {
    this.#queue = queue;
    this.#link = link;
    this.#cursor = new Cursor(queue, link.browse);
    queue.add(this);
  }

  offer(): void {
    while (this.#link.credit > 0) {
      const entry = this.#cursor.next();
      if (entry === undefined) break;
      if (!this.#link.browse) this.#queue.acquire(entry);
      this.sent += 1n;
      const delivery = this.#link.send(payloadFor(entry.message, entry.failedDeliveries));
      if (!this.#link.browse) this.#unsettled.set(delivery, entry);
    }
    if (this.#link.credit > 0) this.#link.idle();
  }

  credit(): void {
    this.offer();
  }

  outcome(delivery: object, outcome: Outcome): void {
    const entry = this.#unsettled.get(delivery);
    if (entry === undefined) return;
    this.#unsettled.delete(delivery);
    switch (outcome.kind) {
      case 'accepted':
      case 'rejected':
        this.#queue.remove(entry);
        break;
      case 'modified':
        if (outcome.failed) entry.failedDeliveries += 1;
        this.#queue.release(entry);
        break;
      case 'released':
        this.#queue.release(entry);
        break;
    }
  }

  queueDeleted(): void {
    this.#link.close(queueDeleted(this.#queue.name));
  }

  closed(): void {
    const last = this.#queue.drop(this);
    const held = [...this.#unsettled.values()];
    this.#unsettled.clear();
    for (const entry of held) this.#queue.release(entry);
    this.onClosed(last);
  }
}
