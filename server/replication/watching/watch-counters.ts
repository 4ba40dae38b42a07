/** Messages that somebody has put on a replica, or taken from it, told by counters: also who is gone already. */
import type { Observation } from '../observe/observation';
import { subscriptionOf } from '../observe/observation';
import type { QueueView } from '../observe/observe';

export interface ForeignCounts {
  readonly taken: number;
  readonly brought: number;
}

interface Counters {
  /** What the counters belong to: after a change they start anew. */
  readonly epoch: string;
  readonly here: QueueView;
  readonly there: QueueView;
  /** What the replica has received more than the origin, as it was when all stood still; undefined before. */
  readonly balance: number | undefined;
}

const none: ForeignCounts = { taken: 0, brought: 0 };

/**
 * Replication takes nothing as consumers do, so what is taken is foreign. What a replica receives, its origin has
 * received before: the difference of their counters only ever falls (for messages that were consumed before they
 * were copied), unless somebody else sends. It is known exactly when nothing moves and both hold the same.
 */
export class CounterMemory {
  readonly #known = new Map<string, Counters>();

  /** `key`: the replication. The replica broker has been asked before the origin. */
  changes(key: string, observation: Observation | undefined): ForeignCounts {
    const now = observation && countersOf(observation);
    if (now === undefined) {
      this.#known.delete(key);
      return none;
    }
    const before = this.#known.get(key);
    if (before === undefined || before.epoch !== now.epoch) {
      this.#known.set(key, now);
      return none;
    }
    const difference = now.here.enqueued - now.there.enqueued;
    const brought = before.balance === undefined ? 0 : Math.max(0, difference - before.balance);
    const balance = stoodStill(before, now) ? difference : before.balance && before.balance + brought;
    this.#known.set(key, { ...now, balance });
    return { taken: Math.max(0, now.here.acquired - before.here.acquired), brought };
  }
}

function countersOf(observation: Observation): Counters | undefined {
  const here = observation.replica.view.queue;
  const there = observation.origin?.view?.queue;
  const [bridge] = observation.replica.view.bridges;
  const subscription = subscriptionOf(observation);
  if (here === undefined || there === undefined || bridge === undefined || subscription === undefined) {
    return undefined;
  }
  const epoch = [bridge.name, subscription.created, here.created, there.created].join();
  return { epoch, here, there, balance: undefined };
}

function stoodStill(before: Counters, now: Counters): boolean {
  return (
    now.here.depth === now.there.depth &&
    before.here.enqueued === now.here.enqueued &&
    before.there.enqueued === now.there.enqueued &&
    before.here.dequeued === now.here.dequeued &&
    before.there.dequeued === now.there.dequeued
  );
}
