import { type AmqpMap, type AmqpValue, isTyped, textOf } from '../../amqp/codec/value';
import type { Entry } from './entries';
import type { Queue, QueueObserver } from './queue';

/** Keeps of all messages with one value of a property only the last (broker/LossyLvq.cpp, qpid.last_value_queue_key). */
export class LastValues implements QueueObserver {
  readonly #queue: Queue;
  readonly #property: string;
  readonly #last = new Map<string, Entry>();

  constructor(queue: Queue, property: string) {
    this.#queue = queue;
    this.#property = property;
  }

  /** The property by which a queue is such a one, if it is. */
  static propertyOf(args: AmqpMap): string | undefined {
    return textOf(args.get('qpid.last_value_queue_key'));
  }

  enqueued(entry: Entry): void {
    const key = this.#keyOf(entry);
    const former = this.#last.get(key);
    this.#last.set(key, entry);
    if (former === undefined || former.acquired) return;
    this.#queue.acquire(former);
    this.#queue.remove(former, 'lvq');
  }

  dequeued(entry: Entry): void {
    const key = this.#keyOf(entry);
    if (this.#last.get(key) === entry) this.#last.delete(key);
  }

  /** Messages without the property share the empty one. */
  #keyOf({ message }: Entry): string {
    const value: AmqpValue = message.applicationProperties?.get(this.#property) ?? null;
    return textOf(value) ?? (isTyped(value) ? String(value.value) : '');
  }
}
