import { randomUUID } from 'node:crypto';
import type { AmqpMap } from '../amqp/codec/value';
import type { ExchangeOptions } from './queues/exchange';
import type { Message } from './queues/message';
import type { QueueObserver, QueueOptions } from './queues/queue';

/** What is kept of a queue. */
export interface StoredQueue {
  readonly options: Omit<QueueOptions, 'limits' | 'setsIds'>;
  /** By position; durable ones only. */
  readonly messages: ReadonlyMap<number, Message>;
}

export interface StoredBinding {
  readonly exchange: string;
  readonly queue: string;
  readonly key: string;
  readonly args: AmqpMap;
}

/**
 * What a broker with a data directory and a store finds again when it starts: who it is, and its durable queues,
 * exchanges, bindings and messages. Nothing about replication is among it. It is kept in this process, and
 * handed from one broker to the next.
 */
export class Store {
  readonly systemId = randomUUID();
  readonly federationTag = randomUUID();
  readonly #queues = new Map<string, { options: StoredQueue['options']; messages: Map<number, Message> }>();
  readonly #exchanges = new Map<string, ExchangeOptions>();
  #bindings: readonly StoredBinding[] = [];
  #starts = 0;
  /** A broker that has ended writes no more, whatever its last connections do. */
  #writer = {};

  get queues(): Iterable<StoredQueue> {
    return [...this.#queues.values()].map(({ options, messages }) => ({
      options,
      messages: new Map([...messages].sort(([a], [b]) => a - b)),
    }));
  }

  get exchanges(): readonly ExchangeOptions[] {
    return [...this.#exchanges.values()];
  }

  get bindings(): readonly StoredBinding[] {
    return this.#bindings;
  }

  /** How often a broker has started with it, this time included. */
  open(): number {
    this.close();
    this.#starts += 1;
    return this.#starts;
  }

  close(): void {
    this.#writer = {};
  }

  /** For the observers of a durable queue. */
  keepQueue(options: StoredQueue['options']): QueueObserver {
    const messages = new Map<number, Message>();
    const writer = this.#writer;
    const ifOpen = (write: () => void): void => {
      if (writer === this.#writer) write();
    };
    this.#queues.set(options.name, { options, messages });
    return {
      enqueued: ({ message, position }) => {
        if (message.durable) ifOpen(() => messages.set(position, message));
      },
      dequeued: ({ position }) => ifOpen(() => messages.delete(position)),
      destroyed: () =>
        ifOpen(() => {
          this.#queues.delete(options.name);
          this.#bindings = this.#bindings.filter(({ queue }) => queue !== options.name);
        }),
    };
  }

  keepExchange(options: ExchangeOptions): void {
    if (options.durable && !options.builtIn) this.#exchanges.set(options.name, options);
  }

  dropExchange(name: string): void {
    this.#exchanges.delete(name);
    this.#bindings = this.#bindings.filter(({ exchange }) => exchange !== name);
  }

  keepBinding(binding: StoredBinding): void {
    if (this.#queues.has(binding.queue)) this.#bindings = [...this.#bindings, binding];
  }

  dropBinding({ exchange, queue, key }: Omit<StoredBinding, 'args'>): void {
    const isIt = (binding: StoredBinding): boolean =>
      binding.exchange === exchange && binding.queue === queue && binding.key === key;
    this.#bindings = this.#bindings.filter((binding) => !isIt(binding));
  }
}
