import { type AmqpMap, binary, mapOf } from '../../amqp/codec/value';
import { by, type Causer, type RaiseEvent } from '../event';
import { faults } from '../fault';
import type { EmbeddedBrokerSettings } from '../settings';
import type { Store, StoredQueue } from '../store';
import { noCompletion } from './completion';
import type { ExchangeRegistry } from './exchange-registry';
import { LastValues } from './last-values';
import { limitsOf } from './limits';
import { Queue } from './queue';
import { Thresholds } from './thresholds';

export interface NewQueue {
  readonly name: string;
  readonly durable?: boolean;
  readonly autoDelete?: boolean;
  readonly exclusive?: boolean;
  readonly args?: AmqpMap;
  readonly alternateExchange?: string;
  readonly creator: Causer;
}

/** Told of the queues that come and go. */
export interface QueueListener {
  created(queue: Queue): void;
  deleted(queue: Queue): void;
}

export class QueueRegistry {
  readonly listeners = new Set<QueueListener>();
  /** What a primary adds to new queues. */
  prepare: (options: StoredQueue['options']) => StoredQueue['options'] = (options) => options;
  readonly #queues = new Map<string, Queue>();
  readonly #exchanges: ExchangeRegistry;
  readonly #settings: EmbeddedBrokerSettings;
  readonly #store: Store | undefined;
  readonly #raise: RaiseEvent;

  constructor(
    exchanges: ExchangeRegistry,
    settings: EmbeddedBrokerSettings,
    store: Store | undefined,
    raise: RaiseEvent,
  ) {
    this.#store = store;
    this.#raise = raise;
    this.#exchanges = exchanges;
    this.#settings = settings;
  }

  get(name: string): Queue | undefined {
    return this.#queues.get(name);
  }

  /** Throws `QmfFault`. */
  create({ name, durable, autoDelete, exclusive, args, alternateExchange, creator }: NewQueue): Queue {
    // The empty name is taken by a queue of the broker's own (recorded).
    if (name === '' || this.#queues.has(name)) throw faults.exists(name);
    if (alternateExchange !== undefined && this.#exchanges.get(alternateExchange) === undefined) {
      throw faults.noExchange(alternateExchange);
    }
    const prepared = this.prepare({
      name,
      durable: durable ?? false,
      autoDelete: autoDelete ?? false,
      exclusive: exclusive ?? false,
      args: args ?? mapOf({}),
      creator: creator.identity,
      alternateExchange,
    });
    const queue = this.#add(prepared);
    this.#raise('queueDeclare', {
      altEx: binary(alternateExchange ?? ''),
      args: queue.options.args,
      autoDel: queue.options.autoDelete,
      disp: binary('created'),
      durable: queue.options.durable,
      excl: queue.options.exclusive,
      qName: binary(name),
      ...by(creator),
    });
    for (const listener of [...this.listeners]) listener.created(queue);
    return queue;
  }

  /** As the primary of the cluster has it. */
  adopt(options: StoredQueue['options']): Queue {
    return this.#add(options);
  }

  /** From the store. Its messages get their replication ids anew, from 1 (measured). */
  recover({ options, messages }: StoredQueue): void {
    const queue = this.#add(options);
    for (const message of messages.values()) queue.enqueue(message, noCompletion());
  }

  #add(options: StoredQueue['options']): Queue {
    const queue = new Queue({
      ...options,
      limits: limitsOf(options.args, this.#settings),
      setsIds: this.#settings.ha !== 'off',
    });
    this.#queues.set(queue.name, queue);
    this.#exchanges.get('')?.bind(queue, queue.name, mapOf({}));
    const lastValueOf = LastValues.propertyOf(options.args);
    if (lastValueOf !== undefined) queue.observers.add(new LastValues(queue, lastValueOf));
    queue.observers.add(new Thresholds(queue, this.#raise));
    if (options.durable && this.#store !== undefined) queue.observers.add(this.#store.keepQueue(options));
    return queue;
  }

  /** Throws `QmfFault`. */
  delete(
    name: string,
    options: { readonly ifEmpty: boolean; readonly ifUnused: boolean },
    causer: Causer,
  ): void {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw faults.noQueueToDelete(name);
    if (options.ifEmpty && queue.depth > 0) throw faults.queueNotEmpty(name);
    if (options.ifUnused && queue.consumers > 0) throw faults.queueInUse(name);
    this.remove(queue, causer);
  }

  /** Without a causer because nobody uses it any longer. */
  remove(queue: Queue, causer?: Causer): void {
    if (this.#queues.get(queue.name) !== queue) return;
    this.#queues.delete(queue.name);
    this.#raise('queueDelete', { qName: binary(queue.name), ...by(causer) });
    this.#exchanges.unbindAll(queue);
    queue.destroy();
    for (const listener of [...this.listeners]) listener.deleted(queue);
  }

  [Symbol.iterator](): IterableIterator<Queue> {
    return this.#queues.values();
  }

  get size(): number {
    return this.#queues.size;
  }
}
