import type { GuardedConnection } from './connection';
import type { EncodedMessage, MessageSender, OutgoingMessage } from './contract';
import { conditionFailure, type Failure, failure, toError } from './errors';
import { attachSender, detach } from './link';
import { encodeOutgoing } from './outgoing-message';
import type { RheaContext, RheaDelivery, RheaSender } from './rhea';
import type { Waiter } from './waiting';

type Message = OutgoingMessage | EncodedMessage;

/** Deliveries without an answer. rhea breaks its session for good when its buffer overflows. */
const window = 1_000;

export async function openSender(guard: GuardedConnection, queue: string): Promise<MessageSender> {
  const sending = new Sending(guard, queue);
  await sending.open();
  return sending;
}

/** Sends one batch at a time, in order. */
class Sending implements MessageSender {
  readonly #guard: GuardedConnection;
  readonly #queue: string;
  #sender: RheaSender | undefined;
  #ended: Failure | undefined;
  #batch: Batch | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(guard: GuardedConnection, queue: string) {
    this.#guard = guard;
    this.#queue = queue;
  }

  async open(): Promise<void> {
    const sender = await attachSender(
      this.#guard,
      this.#queue,
      `opening queue "${this.#queue}"`,
      (reason) => {
        this.#ended ??= reason;
        this.#batch?.done.reject(reason);
      },
    );
    this.#sender = sender;
    sender.on('sendable', () => this.#batch?.pump());
    sender.on('accepted', ({ delivery }: RheaContext) => this.#batch?.accepted(delivery));
    for (const outcome of ['rejected', 'released', 'modified']) {
      sender.on(outcome, ({ delivery }: RheaContext) => this.#batch?.refused(delivery, outcome));
    }
  }

  send(messages: Iterable<Message>, progress?: (accepted: number) => void): Promise<void> {
    const sent = this.#before.then(() => this.#send(messages, progress));
    this.#before = sent.catch(() => {});
    return sent;
  }

  async #send(messages: Iterable<Message>, progress?: (accepted: number) => void): Promise<void> {
    const step = `sending to queue "${this.#queue}"`;
    this.#guard.check(step);
    if (this.#ended !== undefined) throw toError(this.#guard.broker, step, this.#ended);
    if (this.#sender === undefined) return;
    const batch = new Batch(this.#sender, messages[Symbol.iterator](), this.#guard.wait(step), progress);
    this.#batch = batch;
    try {
      batch.pump();
      await batch.done.promise;
    } finally {
      this.#batch = undefined;
    }
  }

  async close(): Promise<void> {
    if (this.#sender === undefined || this.#ended !== undefined) return;
    this.#ended = failure('closed', 'the sender was closed here');
    await detach(this.#guard, this.#sender);
  }
}

class Batch {
  readonly #unanswered = new Set<RheaDelivery>();
  #accepted = 0;
  #exhausted = false;

  constructor(
    readonly sender: RheaSender,
    readonly messages: Iterator<Message>,
    readonly done: Waiter<void>,
    readonly progress: ((accepted: number) => void) | undefined,
  ) {}

  pump(): void {
    try {
      while (!this.#exhausted && this.#unanswered.size < window && this.sender.sendable()) {
        if (this.done.settled) return;
        const next = this.messages.next();
        if (next.done) this.#exhausted = true;
        else this.#unanswered.add(this.sender.send(encodeOutgoing(next.value), undefined, 0));
      }
    } catch (error) {
      this.done.reject(failure('exception', error instanceof Error ? error.message : String(error)));
    }
    if (this.#exhausted && this.#unanswered.size === 0) this.done.resolve();
  }

  accepted(delivery: RheaDelivery | undefined): void {
    if (delivery === undefined || !this.#unanswered.delete(delivery)) return;
    this.#accepted += 1;
    this.done.extend();
    this.progress?.(this.#accepted);
    this.pump();
  }

  /** A full queue releases, an unusable message is rejected (amqp/Incoming.cpp, broker/Queue.cpp). */
  refused(delivery: RheaDelivery | undefined, outcome: string): void {
    if (delivery === undefined || !this.#unanswered.delete(delivery)) return;
    const after = `after ${this.#accepted} accepted messages`;
    if (outcome === 'rejected') {
      const reason = conditionFailure(delivery.remote_state?.error, 'exception');
      this.done.reject({ ...reason, text: `message rejected ${after}: ${reason.text ?? 'no reason given'}` });
    } else {
      this.done.reject(failure('limit', `message refused ${after}: the queue is full`));
    }
  }
}
