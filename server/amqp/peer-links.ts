import type {
  AmqpFault,
  Incoming,
  IncomingHandler,
  IncomingLink,
  NodeRequest,
  Outcome,
  OutgoingHandler,
  OutgoingLink,
} from './peer';
import {
  bindingKeys,
  confirm,
  type RheaContext,
  type RheaDelivery,
  type RheaLink,
  type RheaReceiver,
  type RheaSender,
  type RheaTerminus,
  settle,
} from './rhea';

/** The fields of an attach that the broker always sends (behaviour of qpidd's AMQP 1.0 module). */
function prepare(link: RheaLink): void {
  const { attach } = link.local;
  attach.snd_settle_mode = link.snd_settle_mode ?? 2;
  attach.rcv_settle_mode = 0;
  attach.max_message_size = 0;
}

function toRequest(terminus: RheaTerminus | null | undefined): NodeRequest {
  const capabilities = terminus?.capabilities ?? [];
  return {
    address: terminus?.address ?? undefined,
    dynamic: terminus?.dynamic === true,
    durable: (terminus?.durable ?? 0) > 0,
    capabilities: typeof capabilities === 'string' ? [capabilities] : capabilities,
    bindingKeys: bindingKeys(terminus?.filter),
  };
}

const plainTerminus = { durable: 0, timeout: 0, dynamic: false };

/** The peer's receiver, which we send to. */
export class PeerOutgoing implements OutgoingLink {
  readonly name: string;
  readonly node: NodeRequest;
  readonly browse: boolean;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly #sender: RheaSender;
  #handler: OutgoingHandler | undefined;
  /** Deliveries that rhea has been given, and what it knows to be sent or drained. */
  #given = 0;
  #drained = 0;
  #credit = 0;
  #attached = false;
  #draining = false;

  constructor(
    sender: RheaSender,
    readonly session: number,
  ) {
    this.#sender = sender;
    this.name = sender.name;
    this.node = toRequest(sender.source);
    this.browse = sender.source?.distribution_mode === 'copy';
    this.properties = sender.properties ?? {};
    prepare(sender);
    sender.set_target(plainTerminus);
    this.#listen(sender);
    // Until its own turn is over, rhea would write messages before the attach that announces their link.
    process.nextTick(() => {
      this.#attached = true;
      this.#handler?.credit();
    });
  }

  get credit(): number {
    return this.#attached && this.#sender.sendable() ? this.#credit : 0;
  }

  accept(address: string, handler: OutgoingHandler): void {
    const capabilities = this.node.capabilities.filter(
      (name) => name === 'create-on-demand' || name === 'queue',
    );
    this.#sender.set_source({
      ...plainTerminus,
      address,
      distribution_mode: this.browse ? 'copy' : 'move',
      ...(capabilities.length === 0 ? {} : { capabilities }),
    });
    this.#handler = handler;
  }

  refuse(fault: AmqpFault): void {
    this.#sender.close(fault);
  }

  send(payload: Buffer, tag?: Buffer): object {
    this.#credit -= 1;
    this.#given += 1;
    return this.#sender.send(payload, tag, 0);
  }

  idle(): void {
    if (!this.#draining) return;
    this.#draining = false;
    this.#drained += this.#credit;
    this.#credit = 0;
    this.#sender.set_drained(true);
    // rhea forgets to tell itself that there is something to write.
    this.#sender.connection._register();
  }

  close(fault?: AmqpFault): void {
    this.#handler = undefined;
    this.#sender.close(fault);
  }

  /** What ends or enlarges comes at the end of the turn: rhea reports outcomes, though they came before, only then. */
  #listen(sender: RheaSender): void {
    sender.on('sender_flow', () => {
      // rhea takes off what it has transmitted, not what still waits in its buffer.
      const transmitted = (sender.delivery_count ?? 0) - this.#drained;
      this.#credit = sender.credit - (this.#given - transmitted);
      this.#draining = false;
    });
    sender.on('sender_draining', () => {
      this.#draining = true;
      process.nextTick(() => this.#handler?.credit());
    });
    sender.on('sendable', () => process.nextTick(() => this.#handler?.credit()));
    for (const kind of ['accepted', 'released', 'rejected'] as const) {
      sender.on(kind, ({ delivery }: RheaContext) => this.#report(delivery, { kind }));
    }
    sender.on('modified', ({ delivery }: RheaContext) =>
      this.#report(delivery, { kind: 'modified', failed: delivery?.remote_state?.delivery_failed === true }),
    );
    // Settled without saying how: it has been taken.
    sender.on('settled', ({ delivery }: RheaContext) => {
      if (delivery?.remote_state === undefined) this.#report(delivery, { kind: 'accepted' });
    });
    sender.on('sender_close', () => process.nextTick(() => this.end()));
  }

  #report(delivery: RheaDelivery | undefined, outcome: Outcome): void {
    if (delivery === undefined) return;
    this.#handler?.outcome(delivery, outcome);
    if (!delivery.remote_settled) confirm(delivery);
  }

  /** The link, its session or its connection is over. */
  end(): void {
    const handler = this.#handler;
    this.#handler = undefined;
    handler?.closed();
  }
}

/** The peer's sender, which we receive from. */
export class PeerIncoming implements IncomingLink {
  readonly name: string;
  readonly node: NodeRequest;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly #receiver: RheaReceiver;
  #handler: IncomingHandler | undefined;

  constructor(
    receiver: RheaReceiver,
    readonly session: number,
  ) {
    this.#receiver = receiver;
    this.name = receiver.name;
    this.node = toRequest(receiver.target);
    this.properties = receiver.properties ?? {};
    prepare(receiver);
    receiver.set_source(plainTerminus);
    receiver.on('message', (context: RheaContext) => this.#arrived(context));
    receiver.on('receiver_close', () => this.end());
  }

  accept(address: string | undefined, credit: number, handler: IncomingHandler): void {
    this.#receiver.set_target({ ...plainTerminus, ...(address === undefined ? {} : { address }) });
    this.#handler = handler;
    this.#receiver.add_credit(credit);
  }

  refuse(fault: AmqpFault): void {
    this.#receiver.close(fault);
  }

  close(fault?: AmqpFault): void {
    this.#handler = undefined;
    this.#receiver.close(fault);
  }

  #arrived({ delivery, message }: RheaContext): void {
    if (delivery === undefined || message === undefined) return;
    // Once the link is closed, what still comes on it is overlooked.
    if (this.#handler === undefined) return;
    this.#receiver.add_credit(1);
    this.#handler.message(toIncoming(delivery, message));
  }

  end(): void {
    const handler = this.#handler;
    this.#handler = undefined;
    handler?.closed();
  }
}

export function toIncoming(delivery: NonNullable<RheaContext['delivery']>, payload: Buffer): Incoming {
  const settled = delivery.remote_settled;
  return {
    payload,
    tag: Buffer.from(delivery.tag),
    accept: () => (settled ? delivery.update(true) : settle(delivery, 'accepted')),
    release: () => (settled ? delivery.update(true) : settle(delivery, 'released')),
    reject: (error) => (settled ? delivery.update(true) : settle(delivery, 'rejected', { error })),
  };
}
