import type { GuardedConnection } from './connection';
import type { IncomingMessage, MessageHolder } from './contract';
import { type Failure, failure, toError } from './errors';
import { toIncoming } from './incoming-message';
import { defaultIdle } from './receiver';
import { Receiving } from './receiving';
import { type RheaContext, type RheaDelivery, settle } from './rhea';
import type { Waiter } from './waiting';

/**
 * From the oldest that is not settled to the newest. Brokers have a ring of 5,000 places for the deliveries of a
 * link, and wait in silence for the next place to be free, whatever others are (amqp/Outgoing.cpp).
 */
const longestSpan = 5_000;

export async function openHolder(guard: GuardedConnection, queue: string): Promise<MessageHolder> {
  const holding = new Holding(guard, queue);
  await holding.open();
  return holding;
}

class Holding implements MessageHolder {
  readonly #receiving: Receiving;
  readonly #held = new Map<IncomingMessage, RheaDelivery>();
  /** The number of each delivery that is not settled, oldest first. */
  readonly #unsettled = new Map<RheaDelivery, number>();
  #taken = 0;
  readonly #settling = new Map<RheaDelivery, Settling>();

  constructor(guard: GuardedConnection, queue: string) {
    this.#receiving = new Receiving(guard, queue, false);
  }

  async open(): Promise<void> {
    const receiver = await this.#receiving.open((reason) => this.#lost(reason));
    receiver.on('settled', ({ delivery }: RheaContext) => {
      if (delivery === undefined) return;
      delivery.update(true);
      this.#unsettled.delete(delivery);
      const settling = this.#settling.get(delivery);
      this.#settling.delete(delivery);
      settling?.confirmed();
    });
  }

  async take(count: number, idle = defaultIdle): Promise<readonly IncomingMessage[]> {
    const { guard, queue } = this.#receiving;
    const [oldest = this.#taken] = this.#unsettled.values();
    const room = longestSpan - (this.#taken - oldest);
    if (room <= 0 && count > 0) throw toError(guard.broker, `reading from queue "${queue}"`, tooMany);
    return this.#receiving.take(Math.min(count, room), idle, (delivery, encoded) => {
      const message = toIncoming(encoded);
      this.#held.set(message, delivery);
      this.#unsettled.set(delivery, this.#taken);
      this.#taken += 1;
      return message;
    });
  }

  remove(messages: readonly IncomingMessage[]): Promise<void> {
    return this.#settle(messages, 'accepted', 'removing messages from');
  }

  release(messages: readonly IncomingMessage[]): Promise<void> {
    return this.#settle(messages, 'released', 'giving messages back to');
  }

  close(): Promise<void> {
    return this.#receiving.close();
  }

  async #settle(
    messages: readonly IncomingMessage[],
    disposition: 'accepted' | 'released',
    doing: string,
  ): Promise<void> {
    const { guard, queue } = this.#receiving;
    const step = `${doing} queue "${queue}"`;
    this.#receiving.check(step);
    const deliveries = messages.map((message) => this.#held.get(message));
    if (deliveries.includes(undefined)) throw toError(guard.broker, step, unknown);
    if (deliveries.length === 0) return;
    const settling = new Settling(deliveries.length, guard.wait(step));
    for (const [index, delivery] of deliveries.entries()) {
      const message = messages[index];
      if (delivery === undefined || message === undefined) continue;
      this.#held.delete(message);
      this.#settling.set(delivery, settling);
      settle(delivery, disposition, { confirmed: true });
    }
    await settling.done.promise;
  }

  #lost(reason: Failure): void {
    for (const { done } of this.#settling.values()) done.reject(reason);
    this.#settling.clear();
    this.#held.clear();
    this.#unsettled.clear();
  }
}

const tooMany = failure('limit', 'too many messages are held', 'Remove or release the oldest ones first.');

const unknown = failure('exception', 'a message is not held, or was settled before');

class Settling {
  #missing: number;

  constructor(
    count: number,
    readonly done: Waiter<void>,
  ) {
    this.#missing = count;
  }

  confirmed(): void {
    this.#missing -= 1;
    this.done.extend();
    if (this.#missing === 0) this.done.resolve();
  }
}
