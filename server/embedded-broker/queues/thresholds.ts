import { binary, ulong } from '../../amqp/codec/value';
import type { RaiseEvent } from '../event';
import type { Queue, QueueObserver } from './queue';

/** Of a queue's limits: above the first it is told of, and below the second it may be told of again. */
const upper = 0.8;
const lower = 0.4;

/** Tells of queues that fill up (broker/ThresholdAlerts.cpp, default-event-threshold-ratio). */
export class Thresholds implements QueueObserver {
  readonly #queue: Queue;
  readonly #raise: RaiseEvent;
  #above = false;

  constructor(queue: Queue, raise: RaiseEvent) {
    this.#queue = queue;
    this.#raise = raise;
  }

  enqueued(): void {
    if (this.#above || !this.#reaches(upper)) return;
    this.#above = true;
    this.#tell('queueThresholdCrossedUpward');
    this.#tell('queueThresholdExceeded');
  }

  dequeued(): void {
    if (!this.#above || this.#exceeds(lower)) return;
    this.#above = false;
    this.#tell('queueThresholdCrossedDownward');
  }

  #reaches(share: number): boolean {
    const { maxCount, maxSize } = this.#queue.options.limits;
    const { depth, counters } = this.#queue;
    return (
      (maxCount > 0 && depth >= maxCount * share) || (maxSize > 0 && counters.byteDepth >= maxSize * share)
    );
  }

  #exceeds(share: number): boolean {
    const { maxCount, maxSize } = this.#queue.options.limits;
    const { depth, counters } = this.#queue;
    return (
      (maxCount > 0 && depth > maxCount * share) || (maxSize > 0 && counters.byteDepth > maxSize * share)
    );
  }

  #tell(
    name: 'queueThresholdCrossedUpward' | 'queueThresholdCrossedDownward' | 'queueThresholdExceeded',
  ): void {
    const { name: queue, depth, counters } = this.#queue;
    this.#raise(name, {
      byteDepth: ulong(counters.byteDepth),
      msgDepth: ulong(depth),
      qName: binary(queue),
    });
  }
}
