import { MalformedError } from '../../amqp/codec/decode';
import type { AmqpFault, Incoming, IncomingHandler, IncomingLink } from '../../amqp/peer';
import { Completion } from './completion';
import { type Message, parseMessage } from './message';
import { QueueFull } from './queue';

/** What is done with a message that has arrived. May throw `QueueFull`, or a fault that ends the link. */
export type Route = (message: Message, completion: Completion) => void;

export class LinkFault extends Error {
  constructor(readonly fault: AmqpFault) {
    super(fault.description);
  }
}

/** A client that sends. Its messages are accepted when everybody concerned has them. */
export class Producer implements IncomingHandler {
  readonly #link: IncomingLink;
  readonly #route: Route;
  /** Messages that have arrived. */
  received = 0n;

  constructor(
    link: IncomingLink,
    route: Route,
    readonly closed: () => void,
  ) {
    this.#link = link;
    this.#route = route;
  }

  message(incoming: Incoming): void {
    this.received += 1n;
    const completion = new Completion(() => incoming.accept());
    try {
      this.#route(parseMessage(incoming.payload), completion);
      completion.finish();
    } catch (error) {
      this.#refuse(incoming, error);
    }
  }

  #refuse(incoming: Incoming, error: unknown): void {
    if (error instanceof QueueFull) incoming.release();
    else if (error instanceof LinkFault) this.#link.close(error.fault);
    else if (error instanceof MalformedError) {
      this.#link.close({ condition: 'amqp:decode-error', description: error.message });
    } else throw error;
  }
}
