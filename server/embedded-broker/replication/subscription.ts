import type { AmqpMap } from '../../amqp/codec/value';
import type { OutgoingHandler, OutgoingLink } from '../../amqp/peer';
import { now } from '../clock';
import type { Entry } from '../queues/entries';
import { payloadFor } from '../queues/message';
import type { Queue, QueueObserver, QueueReader } from '../queues/queue';
import { encodeItem } from './feed';
import { Guard } from './guard';
import { encodeIds } from './id-set';

/** A replica that is attached to a queue of this broker. */
export interface Subscription {
  /** `qpid.ha-q:orders` */
  readonly name: string;
  readonly created: bigint;
  /** May have been deleted since. */
  readonly queue: Queue;
  readonly sessionName: string;
  readonly args: AmqpMap;
  readonly delivered: bigint;
}

export interface SubscriptionOptions {
  readonly name: string;
  readonly queue: Queue;
  readonly sessionName: string;
  readonly args: AmqpMap;
  readonly link: OutgoingLink;
  /** All subscriptions of the broker. */
  readonly registry: Set<Subscription>;
  onClosed(): void;
  /** The replica has acknowledged all that was on the queue when it came. */
  onCaughtUp(): void;
}

abstract class Feeding implements Subscription, QueueReader, OutgoingHandler {
  readonly name: string;
  readonly created = now();
  readonly queue: Queue;
  readonly sessionName: string;
  readonly args: AmqpMap;
  protected readonly link: OutgoingLink;
  readonly #registry: Set<Subscription>;
  readonly #onClosed: () => void;
  protected position = 0;
  delivered = 0n;
  abstract readonly counted: boolean;

  constructor({ name, queue, sessionName, args, link, registry, onClosed }: SubscriptionOptions) {
    this.name = name;
    this.queue = queue;
    this.sessionName = sessionName;
    this.#registry = registry;
    this.#onClosed = onClosed;
    this.args = args;
    this.link = link;
    queue.add(this);
    registry.add(this);
  }

  abstract offer(): void;
  abstract outcome(delivery: object): void;

  credit(): void {
    this.offer();
  }

  /** The subscription stays, and so does the bridge at the replica: neither is told. */
  queueDeleted(): void {}

  closed(): void {
    this.queue.drop(this);
    this.#registry.delete(this);
    this.#onClosed();
  }

  protected send(entry: Entry, tag: Buffer): object {
    return this.link.send(payloadFor(entry.message, 0), tag);
  }
}

/** ha/ReplicatingSubscription.cpp: sends what the replica lacks, then all that comes and goes. */
export class ReplicatingSubscription extends Feeding implements QueueObserver {
  readonly counted = false;
  readonly #guard = new Guard();
  readonly #skip: Set<number>;
  readonly #unacknowledged = new Map<object, number>();
  readonly #window: number;
  readonly #onCaughtUp: () => void;
  /** What comes later need not be there for the replica to have caught up. */
  readonly #target: number;
  #caughtUp = false;
  #gone: number[] = [];
  #flush: NodeJS.Immediate | undefined;

  constructor(options: SubscriptionOptions, replicaIds: ReadonlySet<number>, window: number) {
    super(options);
    this.#window = window;
    this.#onCaughtUp = options.onCaughtUp;
    this.#target = this.queue.entries.nextPosition;
    const ids = new Set([...this.queue.entries].map(({ replicationId }) => replicationId));
    this.#gone = [...replicaIds].filter((id) => !ids.has(id));
    this.#skip = new Set([...replicaIds].filter((id) => ids.has(id)));
    this.queue.observers.add(this.#guard);
    this.queue.observers.add(this);
  }

  offer(): void {
    this.#sendGone();
    while (this.#unacknowledged.size < this.#window && this.link.credit > 0) {
      // Messages that somebody has acquired are still the queue's.
      const entry = this.queue.entries.find(this.position, () => true);
      if (entry === undefined) break;
      this.position = entry.position + 1;
      const id = entry.replicationId;
      if (this.#skip.delete(id)) this.#guard.complete(id);
      else {
        // The id goes first, in an event of its own.
        this.delivered += 2n;
        this.#unacknowledged.set(this.send(entry, encodeItem({ kind: 'message', id })), id);
      }
    }
    this.#checkCaughtUp();
  }

  #checkCaughtUp(): void {
    if (this.#caughtUp || this.#unacknowledged.size > 0) return;
    const next = this.queue.entries.find(this.position, () => true);
    if (next !== undefined && next.position < this.#target) return;
    this.#caughtUp = true;
    this.#onCaughtUp();
  }

  outcome(delivery: object): void {
    const id = this.#unacknowledged.get(delivery);
    if (id === undefined) return;
    this.#unacknowledged.delete(delivery);
    this.#guard.complete(id);
    this.offer();
  }

  dequeued(entry: Entry): void {
    this.#gone.push(entry.replicationId);
    this.#flush ??= setImmediate(() => {
      this.#flush = undefined;
      this.offer();
    });
  }

  override closed(): void {
    clearImmediate(this.#flush);
    this.queue.observers.delete(this);
    this.queue.observers.delete(this.#guard);
    this.#guard.cancel();
    super.closed();
  }

  #sendGone(): void {
    if (this.#gone.length === 0 || this.link.credit === 0) return;
    this.delivered += 1n;
    this.link.send(encodeIds(this.#gone), encodeItem({ kind: 'dequeue' }));
    this.#gone = [];
  }
}

/** An origin without HA knows nothing of replicas: it serves a browser. */
export class PlainSubscription extends Feeding {
  readonly counted = true;

  offer(): void {
    while (this.link.credit > 0) {
      const entry = this.queue.next(this.position);
      if (entry === undefined) return;
      this.position = entry.position + 1;
      this.delivered += 1n;
      this.send(entry, encodeItem({ kind: 'plain' }));
    }
  }

  outcome(): void {}
}
