import type { GuardedConnection } from './connection';
import type { IncomingMessage } from './contract';
import { type Failure, failure, toError } from './errors';
import { toIncoming } from './incoming-message';
import { attachReceiver, detach } from './link';
import { type RheaContext, type RheaDelivery, type RheaReceiver, settle } from './rhea';
import { Taking } from './taking';

/** What becomes of the messages that are returned. */
export interface Settlement {
  /** A browser gets copies: the messages stay for everybody. */
  readonly browse: boolean;
  taken(delivery: RheaDelivery, message: IncomingMessage): void;
}

/** Credit is given only while somebody takes, so that nobody holds a message that was not returned. */
export class Receiving {
  readonly guard: GuardedConnection;
  readonly queue: string;
  readonly #settlement: Settlement;
  #receiver: RheaReceiver | undefined;
  #ended: Failure | undefined;
  #taking: Taking | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(guard: GuardedConnection, queue: string, settlement: Settlement) {
    this.guard = guard;
    this.queue = queue;
    this.#settlement = settlement;
  }

  /** `onEnd` is told when the broker, or the loss of the connection, ends it. */
  async open(onEnd: (reason: Failure) => void = () => {}): Promise<RheaReceiver> {
    const source = {
      address: this.queue,
      distribution_mode: this.#settlement.browse ? 'copy' : 'move',
    } as const;
    const ended = (reason: Failure): void => {
      this.#ended ??= reason;
      this.#taking?.done.reject(reason);
      onEnd(reason);
    };
    const receiver = await attachReceiver(this.guard, source, `opening queue "${this.queue}"`, ended);
    this.#receiver = receiver;
    receiver.on('message', (context: RheaContext) => this.#arrived(context));
    receiver.on('receiver_drained', () => this.#taking?.drained());
    return receiver;
  }

  take(count: number, idle: number): Promise<readonly IncomingMessage[]> {
    const taken = this.#before.then(() => this.#take(count, idle));
    this.#before = taken.catch(() => {});
    return taken;
  }

  /** Throws when the link or its connection has ended. */
  check(step: string): void {
    this.guard.check(step);
    if (this.#ended !== undefined) throw toError(this.guard.broker, step, this.#ended);
  }

  async #take(count: number, idle: number): Promise<readonly IncomingMessage[]> {
    const step = `reading from queue "${this.queue}"`;
    this.check(step);
    if (this.#receiver === undefined || count <= 0) return [];
    const taking = new Taking(this.#receiver, count, idle, this.guard.wait(step));
    this.#taking = taking;
    try {
      const messages = await taking.done.promise;
      // What was accepted is on its way before anything that is sent from now on.
      await new Promise((resolve) => setImmediate(resolve));
      return messages;
    } finally {
      taking.stop();
      this.#taking = undefined;
    }
  }

  #arrived({ delivery, message: encoded }: RheaContext): void {
    if (delivery === undefined || encoded === undefined) return;
    const taking = this.#taking;
    if (taking === undefined) {
      settle(delivery, 'released');
      return;
    }
    let message: IncomingMessage;
    try {
      message = toIncoming(encoded);
    } catch (error) {
      settle(delivery, 'released');
      const text = error instanceof Error ? error.message : String(error);
      taking.done.reject(failure('protocol', `a message cannot be read: ${text}`));
      return;
    }
    this.#settlement.taken(delivery, message);
    taking.add(message);
  }

  async close(): Promise<void> {
    if (this.#receiver === undefined || this.#ended !== undefined) return;
    this.#ended = failure('closed', 'the receiver was closed here');
    await detach(this.guard, this.#receiver);
  }
}
