import { encodeValue } from './codec/encode';
import { type Body, decodeMessage } from './codec/message';
import { numberOf, textOf } from './codec/value';
import type { GuardedConnection } from './connection';
import type { IncomingMessage, MessageReceiver } from './contract';
import { type Failure, failure, toError } from './errors';
import { attachReceiver, detach } from './link';
import { fromAmqpMap } from './qmf-values';
import type { RheaContext, RheaReceiver } from './rhea';
import type { Waiter } from './waiting';

/** Credit at a time; rhea's buffer for incoming deliveries is limited. */
const window = 1_000;
const defaultIdle = 500;

export async function openReceiver(
  guard: GuardedConnection,
  queue: string,
  mode: 'browse' | 'consume',
): Promise<MessageReceiver> {
  const receiving = new Receiving(guard, queue, mode);
  await receiving.open();
  return receiving;
}

/** Credit is given only while somebody takes, so that a consumer never holds a message it has not returned. */
class Receiving implements MessageReceiver {
  readonly #guard: GuardedConnection;
  readonly #queue: string;
  readonly #mode: 'browse' | 'consume';
  #receiver: RheaReceiver | undefined;
  #ended: Failure | undefined;
  #taking: Taking | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(guard: GuardedConnection, queue: string, mode: 'browse' | 'consume') {
    this.#guard = guard;
    this.#queue = queue;
    this.#mode = mode;
  }

  async open(): Promise<void> {
    const source = {
      address: this.#queue,
      distribution_mode: this.#mode === 'browse' ? 'copy' : 'move',
    } as const;
    const receiver = await attachReceiver(this.#guard, source, `opening queue "${this.#queue}"`, (reason) => {
      this.#ended ??= reason;
      this.#taking?.done.reject(reason);
    });
    this.#receiver = receiver;
    receiver.on('message', (context: RheaContext) => this.#arrived(context));
    receiver.on('receiver_drained', () => this.#taking?.drained());
  }

  take(count: number, idle = defaultIdle): Promise<readonly IncomingMessage[]> {
    const taken = this.#before.then(() => this.#take(count, idle));
    this.#before = taken.catch(() => {});
    return taken;
  }

  async #take(count: number, idle: number): Promise<readonly IncomingMessage[]> {
    const step = `reading from queue "${this.#queue}"`;
    this.#guard.check(step);
    if (this.#ended !== undefined) throw toError(this.#guard.broker, step, this.#ended);
    if (this.#receiver === undefined || count <= 0) return [];
    const taking = new Taking(this.#receiver, count, idle, this.#guard.wait(step));
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

  #arrived({ delivery, message }: RheaContext): void {
    if (delivery === undefined || message === undefined) return;
    const taking = this.#taking;
    if (taking === undefined) {
      delivery.release();
      return;
    }
    try {
      taking.add(toIncoming(message));
    } catch (error) {
      delivery.release();
      const text = error instanceof Error ? error.message : String(error);
      taking.done.reject(failure('protocol', `a message cannot be read: ${text}`));
      return;
    }
    if (this.#mode === 'consume') delivery.accept();
    else delivery.update(true);
  }

  async close(): Promise<void> {
    if (this.#receiver === undefined || this.#ended !== undefined) return;
    this.#ended = failure('closed', 'the receiver was closed here');
    await detach(this.#guard, this.#receiver);
  }
}

/** One `take`: ends when there are enough messages, or when the credit that is left has been drained. */
class Taking {
  readonly #messages: IncomingMessage[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor(
    readonly receiver: RheaReceiver,
    readonly count: number,
    readonly idle: number,
    readonly done: Waiter<readonly IncomingMessage[]>,
  ) {
    receiver.drain = false;
    receiver.add_credit(Math.min(window, count));
    this.#awaitNext();
  }

  add(message: IncomingMessage): void {
    this.#messages.push(message);
    this.done.extend();
    const missing = this.count - this.#messages.length;
    if (missing === 0) {
      this.done.resolve(this.#messages);
      return;
    }
    if (this.receiver.drain) {
      if (this.receiver.credit > 0) return;
      // The last credit was used up by messages: there may be more of them.
      this.receiver.drain = false;
    }
    if (this.receiver.credit <= window / 2 && missing > this.receiver.credit) {
      this.receiver.add_credit(Math.min(window, missing) - this.receiver.credit);
    }
    this.#awaitNext();
  }

  drained(): void {
    this.done.resolve(this.#messages);
  }

  stop(): void {
    clearTimeout(this.#idle);
  }

  #awaitNext(): void {
    if (this.#idle !== undefined) {
      this.#idle.refresh();
      return;
    }
    this.#idle = setTimeout(() => this.receiver.drain_credit(), this.idle);
  }
}

function toIncoming(bytes: Buffer): IncomingMessage {
  const { header, properties, applicationProperties, body } = decodeMessage(bytes);
  return {
    body: bodyBytes(body),
    durable: header?.durable === true,
    // The standard's default.
    priority: numberOf(header?.priority) ?? 4,
    subject: textOf(properties?.subject),
    properties: fromAmqpMap(applicationProperties),
  };
}

/** The content of binary and text; the encoding of everything else. */
function bodyBytes(body: Body): Uint8Array {
  switch (body.kind) {
    case 'data':
      return body.bytes;
    case 'sequence':
      return encodeValue(body.elements);
    case 'value':
      if (body.value === null) return new Uint8Array();
      if (typeof body.value === 'string') return Buffer.from(body.value);
      return body.value instanceof Uint8Array ? body.value : encodeValue(body.value);
  }
}
