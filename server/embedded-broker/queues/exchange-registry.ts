import { mapOf } from '../../amqp/codec/value';
import { faults } from '../fault';
import { type Exchange, RoutingExchange } from './exchange';
import type { Queue } from './queue';

const builtIn: readonly (readonly [name: string, type: string])[] = [
  ['', 'direct'],
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.match', 'headers'],
  ['amq.topic', 'topic'],
  ['qmf.default.direct', 'direct'],
  ['qmf.default.topic', 'topic'],
  ['qpid.management', 'topic'],
];

export class ExchangeRegistry {
  readonly #exchanges = new Map<string, Exchange>();

  constructor() {
    const args = mapOf({ 'qpid.replicate': 'none' });
    for (const [name, type] of builtIn) {
      this.#exchanges.set(name, new RoutingExchange({ name, type, durable: true, args, builtIn: true }));
    }
  }

  get(name: string): Exchange | undefined {
    return this.#exchanges.get(name);
  }

  /** Returns false where there is one of that name. */
  add(exchange: Exchange): boolean {
    if (this.#exchanges.has(exchange.name)) return false;
    this.#exchanges.set(exchange.name, exchange);
    return true;
  }

  remove(name: string): void {
    this.#exchanges.delete(name);
  }

  /** On request. Throws `QmfFault`. */
  delete(name: string): void {
    const exchange = this.#exchanges.get(name);
    if (exchange === undefined) throw faults.noExchange(name);
    if (exchange instanceof RoutingExchange && exchange.options.builtIn) throw faults.defaultExchange(name);
    this.#exchanges.delete(name);
  }

  unbindAll(queue: Queue): void {
    for (const exchange of this.#exchanges.values()) exchange.unbind(queue);
  }

  *[Symbol.iterator](): IterableIterator<RoutingExchange> {
    for (const exchange of this.#exchanges.values()) if (exchange instanceof RoutingExchange) yield exchange;
  }
}
