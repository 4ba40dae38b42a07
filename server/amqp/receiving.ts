import type { GuardedConnection } from './connection';
import { type Failure, failure, toError } from './errors';
import { attachReceiver, detach } from './link';
import { type RheaContext, type RheaDelivery, type RheaReceiver, settle } from './rhea';
import { Taking } from './taking';

/** Makes a result of an encoded message, and settles its delivery. What throws leaves the message on the queue. */
type Receive<Result> = (delivery: RheaDelivery, encoded: Uint8Array) => Result;

/** Credit is given only while somebody takes, so that nobody holds a message that was not returned. */
export class Receiving {
  readonly guard: GuardedConnection;
  readonly queue: string;
  /** A browser gets copies: the messages stay for everybody. */
  readonly #browse: boolean;
  #receiver: RheaReceiver | undefined;
  #ended: Failure | undefined;
  #taking: { readonly receive: Receive<unknown>; readonly taking: Taking<unknown> } | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(guard: GuardedConnection, queue: string, browse: boolean) {
    this.guard = guard;
    this.queue = queue;
    this.#browse = browse;
  }

  /** `onEnd` is told when the broker, or the loss of the connection, ends it. */
  async open(onEnd: (reason: Failure) => void = () => {}): Promise<RheaReceiver> {
    const source = {
      address: this.queue,
      distribution_mode: this.#browse ? 'copy' : 'move',
    } as const;
    const ended = (reason: Failure): void => {
      this.#ended ??= reason;
      this.#taking?.taking.done.reject(reason);
      onEnd(reason);
    };
    const receiver = await attachReceiver(this.guard, source, `opening queue "${this.queue}"`, ended);
    this.#receiver = receiver;
    receiver.on('message', (context: RheaContext) => this.#arrived(context));
    receiver.on('receiver_drained', () => this.#taking?.taking.drained());
    return receiver;
  }

  take<Result>(count: number, idle: number, receive: Receive<Result>): Promise<readonly Result[]> {
    const taken = this.#before.then(() => this.#take(count, idle, receive));
    this.#before = taken.catch(() => {});
    return taken;
  }

  /** Throws when the link or its connection has ended. */
  check(step: string): void {
    this.guard.check(step);
    if (this.#ended !== undefined) throw toError(this.guard.broker, step, this.#ended);
  }

  async #take<Result>(count: number, idle: number, receive: Receive<Result>): Promise<readonly Result[]> {
    const step = `reading from queue "${this.queue}"`;
    this.check(step);
    if (this.#receiver === undefined || count <= 0) return [];
    const taking = new Taking<Result>(this.#receiver, count, idle, this.guard.wait(step));
    this.#taking = { receive, taking };
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
    if (this.#taking === undefined) {
      settle(delivery, 'released');
      return;
    }
    const { receive, taking } = this.#taking;
    let result: unknown;
    try {
      result = receive(delivery, encoded);
    } catch (error) {
      settle(delivery, 'released');
      const text = error instanceof Error ? error.message : String(error);
      taking.done.reject(failure('protocol', `a message cannot be read: ${text}`));
      return;
    }
    taking.add(result);
  }

  async close(): Promise<void> {
    if (this.#receiver === undefined || this.#ended !== undefined) return;
    this.#ended = failure('closed', 'the receiver was closed here');
    await detach(this.guard, this.#receiver);
  }
}
