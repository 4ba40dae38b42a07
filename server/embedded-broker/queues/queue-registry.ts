import { type AmqpMap, mapOf } from '../../amqp/codec/value';
import { faults } from '../fault';
import type { EmbeddedBrokerSettings } from '../settings';
import type { ExchangeRegistry } from './exchange-registry';
import { limitsOf } from './limits';
import { Queue } from './queue';

export interface NewQueue {
  readonly name: string;
  readonly durable?: boolean;
  readonly autoDelete?: boolean;
  readonly exclusive?: boolean;
  readonly args?: AmqpMap;
  readonly alternateExchange?: string;
  readonly creator: string;
}

export class QueueRegistry {
  readonly #queues = new Map<string, Queue>();
  readonly #exchanges: ExchangeRegistry;
  readonly #settings: EmbeddedBrokerSettings;

  constructor(exchanges: ExchangeRegistry, settings: EmbeddedBrokerSettings) {
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
    const queue = new Queue({
      name,
      durable: durable ?? false,
      autoDelete: autoDelete ?? false,
      exclusive: exclusive ?? false,
      args: args ?? mapOf({}),
      limits: limitsOf(args ?? mapOf({}), this.#settings),
      creator,
      alternateExchange,
      setsIds: this.#settings.ha !== 'off',
    });
    this.#queues.set(name, queue);
    this.#exchanges.get('')?.bind(queue, name, mapOf({}));
    return queue;
  }

  /** Throws `QmfFault`. */
  delete(name: string, options: { readonly ifEmpty: boolean; readonly ifUnused: boolean }): void {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw faults.noQueueToDelete(name);
    if (options.ifEmpty && queue.depth > 0) throw faults.queueNotEmpty(name);
    if (options.ifUnused && queue.consumers > 0) throw faults.queueInUse(name);
    this.remove(queue);
  }

  remove(queue: Queue): void {
    if (this.#queues.get(queue.name) !== queue) return;
    this.#queues.delete(queue.name);
    this.#exchanges.unbindAll(queue);
    queue.destroy();
  }

  [Symbol.iterator](): IterableIterator<Queue> {
    return this.#queues.values();
  }

  get size(): number {
    return this.#queues.size;
  }
}
