import { BrokerError } from './broker-error';
import { MalformedError } from './codec/decode';
import { type AmqpMessage, decodeMessage, encodeMessage } from './codec/message';
import { type AmqpValue, mapOf } from './codec/value';
import type { GuardedConnection } from './connection';
import { type Failure, failure } from './errors';
import { attachReceiver, attachSender } from './link';
import { type RheaContext, type RheaReceiver, type RheaSender, settle } from './rhea';

const agent = 'qmf.default.direct';
const credit = 200;

export interface QmfListener {
  reply(message: AmqpMessage): void;
  /** Requests can be sent, or can be sent again. */
  sendable(): void;
  /** Replies to what was sent will not come. */
  lost(reason: Failure): void;
}

export interface QmfRequest {
  readonly id: string;
  readonly opcode: string;
  readonly body: AmqpValue;
}

/** The links to the broker's management agent: requests go to its exchange, replies come to a queue of ours. */
export class QmfChannel {
  readonly #guard: GuardedConnection;
  readonly #listener: QmfListener;
  #sender: RheaSender | undefined;
  #receiver: RheaReceiver | undefined;

  constructor(guard: GuardedConnection, listener: QmfListener) {
    this.#guard = guard;
    this.#listener = listener;
  }

  get ready(): boolean {
    return this.#sender !== undefined && this.#receiver !== undefined;
  }

  get sendable(): boolean {
    return this.#sender?.sendable() ?? false;
  }

  /** Attaches what is missing. Rejects with a `Failure`. */
  async open(): Promise<void> {
    const step = 'opening the management agent';
    try {
      this.#receiver ??= await this.#openReceiver(step);
      this.#sender ??= await this.#openSender(step);
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error;
      const { kind, text, advice } = error;
      throw { kind, advice, ...(text === undefined ? {} : { text }) } satisfies Failure;
    }
  }

  send({ id, opcode, body }: QmfRequest): void {
    const message = encodeMessage({
      properties: {
        subject: 'broker',
        correlationId: id,
        // With the option `domain` the address carries it as a suffix, which the broker would not recognise.
        replyTo: (this.#receiver?.source?.address ?? '').replace(/@[^@]*$/, ''),
      },
      applicationProperties: mapOf({
        method: 'request',
        'qmf.opcode': opcode,
        'x-amqp-0-10.app-id': 'qmf2',
      }),
      body: { kind: 'value', value: body },
    });
    this.#sender?.send(message, undefined, 0);
  }

  async #openReceiver(step: string): Promise<RheaReceiver> {
    const receiver = await attachReceiver(this.#guard, { dynamic: true }, step, (reason) => {
      this.#receiver = undefined;
      this.#listener.lost(reason);
    });
    receiver.on('message', (context: RheaContext) => this.#arrived(receiver, context));
    receiver.add_credit(credit);
    return receiver;
  }

  async #openSender(step: string): Promise<RheaSender> {
    const sender = await attachSender(this.#guard, agent, step, (reason) => {
      this.#sender = undefined;
      this.#listener.lost(reason);
    });
    sender.on('sendable', () => this.#listener.sendable());
    for (const outcome of ['rejected', 'released', 'modified']) {
      sender.on(outcome, () => this.#listener.lost(failure('exception', `a request was ${outcome}`)));
    }
    return sender;
  }

  #arrived(receiver: RheaReceiver, { message, delivery }: RheaContext): void {
    if (delivery !== undefined) settle(delivery, 'accepted');
    if (receiver.credit <= credit / 2) receiver.add_credit(credit - receiver.credit);
    if (message === undefined) return;
    try {
      this.#listener.reply(decodeMessage(message));
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.#listener.lost(failure('protocol', `a reply cannot be read: ${error.message}`));
    }
  }
}
