import type { AmqpMap } from '../../amqp/codec/value';
import { now } from '../clock';
import type { Completion } from './completion';
import { Entries, type Entry } from './entries';
import type { Limits } from './limits';
import type { Message } from './message';
import { levelOf, levelsOf } from './priorities';
import { QueueCounters, type Removal } from './queue-counters';

export interface QueueOptions {
  readonly name: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly exclusive: boolean;
  readonly args: AmqpMap;
  readonly limits: Limits;
  readonly creator: string;
  readonly alternateExchange: string | undefined;
  /** Gives each message a replication id (ha/IdSetter.h): HA is on. */
  readonly setsIds: boolean;
}

/** Told of everything that happens to the messages of a queue, before anybody else gets to see them. */
export interface QueueObserver {
  enqueued?(entry: Entry, completion: Completion): void;
  dequeued?(entry: Entry): void;
  destroyed?(): void;
}

/** Gets messages as long as it wants some; `offer` is called when there may be any. */
export interface QueueReader {
  offer(): void;
  /** The queue is deleted. */
  queueDeleted(): void;
  /** Counts as a consumer: replicating subscriptions do not (ha/ReplicatingSubscription.h). */
  readonly counted: boolean;
}

export class QueueFull extends Error {
  constructor(readonly queue: string) {
    super(`resource-limit-exceeded: Maximum depth exceeded on ${queue}`);
  }
}

export class Queue {
  readonly created = now();
  readonly entries = new Entries();
  readonly counters = new QueueCounters();
  readonly observers = new Set<QueueObserver>();
  /** Priorities that it tells apart. */
  readonly levels: number;
  readonly #readers = new Set<QueueReader>();
  readonly #stopped: (() => void)[] = [];
  #nextId: number | undefined;
  #firstAvailable = 1;
  #deleted = false;

  constructor(readonly options: QueueOptions) {
    this.#nextId = options.setsIds ? 1 : undefined;
    this.levels = levelsOf(options.args);
  }

  get name(): string {
    return this.options.name;
  }

  get depth(): number {
    return this.entries.size;
  }

  get consumers(): number {
    return [...this.#readers].filter(({ counted }) => counted).length;
  }

  get flowStopped(): boolean {
    return this.counters.flowStopped;
  }

  /** A replicator takes over the ids, and nobody gives them back (ha/QueueReplicator.cpp). */
  stopSettingIds(): void {
    this.#nextId = undefined;
  }

  /** A backup is promoted, and goes on where the former primary was. */
  setIdsFrom(first: number): void {
    this.#nextId = first;
  }

  /** Throws `QueueFull`. */
  enqueue(message: Message, completion: Completion, replicationId = this.#takeId()): void {
    this.#makeRoom(message.payload.length);
    const position = this.entries.nextPosition;
    const level = levelOf(message, this.levels);
    const entry: Entry = { message, position, replicationId, level, acquired: false, failedDeliveries: 0 };
    this.entries.add(entry);
    this.counters.enqueued(message.payload.length);
    this.#stopFlow(completion);
    for (const observer of this.observers) observer.enqueued?.(entry, completion);
    this.offer();
  }

  /** The first message from a position on that nobody has, of one level or of all; expired ones are gone. */
  next(position: number, level?: number): Entry | undefined {
    const time = Date.now();
    for (;;) {
      const from = Math.max(position, this.#firstAvailable);
      const isOfAll = level === undefined || this.levels === 1;
      const entry = this.entries.find(from, (found) => !found.acquired && (isOfAll || found.level === level));
      if (isOfAll && position <= this.#firstAvailable)
        this.#firstAvailable = entry?.position ?? this.entries.nextPosition;
      if (entry?.message.expires === undefined || entry.message.expires > time) return entry;
      this.remove(entry, 'ttl');
    }
  }

  acquire(entry: Entry): void {
    entry.acquired = true;
    this.counters.acquires += 1n;
  }

  release(entry: Entry): void {
    if (this.entries.at(entry.position) !== entry) return;
    entry.acquired = false;
    this.counters.releases += 1n;
    this.#firstAvailable = Math.min(this.#firstAvailable, entry.position);
    this.offer();
  }

  remove(entry: Entry, reason: Removal = 'consumed'): void {
    if (!this.entries.remove(entry)) return;
    this.counters.dequeued(entry.message.payload.length, reason);
    this.#resumeFlow();
    for (const observer of [...this.observers]) observer.dequeued?.(entry);
  }

  /** Removes or moves up to `count` messages that nobody has, 0 meaning all. */
  take(count: number, each: (entry: Entry) => void): number {
    const wanted = count === 0 ? this.entries.size : count;
    const free = [...this.entries].filter(({ acquired }) => !acquired).slice(0, wanted);
    for (const entry of free) each(entry);
    return free.length;
  }

  add(reader: QueueReader): void {
    this.#readers.add(reader);
  }

  /** Returns whether it was the last reader of a queue that is to go with its last. */
  drop(reader: QueueReader): boolean {
    const was = this.#readers.delete(reader);
    return was && reader.counted && this.options.autoDelete && this.consumers === 0 && !this.#deleted;
  }

  offer(): void {
    for (const reader of [...this.#readers]) reader.offer();
  }

  /** Messages go one by one, as far as observers can tell: a replica is emptied. */
  destroy(): void {
    this.#deleted = true;
    for (const entry of [...this.entries]) this.remove(entry);
    for (const observer of [...this.observers]) observer.destroyed?.();
    for (const reader of [...this.#readers]) reader.queueDeleted();
    this.#readers.clear();
    for (const resume of this.#stopped.splice(0)) resume();
  }

  #takeId(): number {
    if (this.#nextId === undefined) return 0;
    this.#nextId += 1;
    return this.#nextId - 1;
  }

  #makeRoom(size: number): void {
    const { maxCount, maxSize, policy } = this.options.limits;
    const full = (): boolean =>
      (maxCount > 0 && this.depth + 1 > maxCount) ||
      (maxSize > 0 && this.counters.byteDepth + size > maxSize);
    while (full()) {
      const oldest = policy === 'ring' ? this.entries.find(0, ({ acquired }) => !acquired) : undefined;
      if (oldest === undefined) {
        this.counters.discardsOverflow += 1n;
        throw new QueueFull(this.name);
      }
      this.remove(oldest, 'ring');
    }
  }

  #stopFlow(completion: Completion): void {
    const { stop } = this.options.limits;
    const above =
      (stop.count > 0 && this.depth > stop.count) || (stop.size > 0 && this.counters.byteDepth > stop.size);
    if (above) this.counters.stopFlow();
    if (this.counters.flowStopped) this.#stopped.push(completion.hold());
  }

  #resumeFlow(): void {
    if (!this.counters.flowStopped) return;
    const { stop, resume } = this.options.limits;
    const below =
      (stop.count === 0 || this.depth < resume.count || this.depth === 0) &&
      (stop.size === 0 || this.counters.byteDepth < resume.size || this.depth === 0);
    if (!below) return;
    this.counters.flowStopped = false;
    for (const letGo of this.#stopped.splice(0)) letGo();
  }
}
