/** Sends, takes and browses by the AMQP library alone: nothing of the engine's own connection is in it. */
import { once } from 'node:events';
import rhea, { type Connection, type EventContext, type Receiver, type Sender } from 'rhea';

/** Milliseconds without a message after which a queue counts as read to its end: for consumers, and for browsers. */
const idle = { consume: 150, browse: 10_000 };

const creditWindow = 200;

/** One connection to a broker, without authentication. Every method rejects when it is lost. */
export class IndependentClient {
  private failure: ((error: Error) => void) | undefined;
  private readonly lost: Promise<never>;

  private constructor(private readonly connection: Connection) {
    this.lost = new Promise((_, reject) => {
      this.failure = reject;
    });
    this.lost.catch(() => undefined);
    for (const event of ['disconnected', 'connection_close', 'connection_error', 'error', 'protocol_error']) {
      connection.on(event, () => this.failure?.(new Error('the connection is lost')));
    }
  }

  static async open(port: number): Promise<IndependentClient> {
    const connection = rhea
      .create_container()
      .connect({ port, host: '127.0.0.1', reconnect: false, username: 'anonymous' });
    const client = new IndependentClient(connection);
    await client.orLost(once(connection, 'connection_open'));
    return client;
  }

  /** Calls `accepted` for each message that the broker has taken; resolves when it has taken all. */
  async send(
    queue: string,
    ids: readonly string[],
    durable: boolean,
    accepted: (id: string) => void,
  ): Promise<void> {
    const sender = this.connection.open_sender({ target: { address: queue, durable: 0 } });
    await this.orLost(once(sender, 'sendable'));
    const waiting = new Map<number, string>();
    const settled = new Promise<void>((resolve, reject) => {
      sender.on('accepted', ({ delivery }: EventContext) => {
        const id = delivery === undefined ? undefined : waiting.get(delivery.id);
        if (id === undefined || delivery === undefined) return;
        waiting.delete(delivery.id);
        accepted(id);
        if (waiting.size === 0) resolve();
      });
      sender.on('rejected', () => reject(new Error('a message was rejected')));
      sender.on('sender_error', () => reject(new Error('the queue is gone')));
    });
    for (const id of ids) {
      const body = rhea.message.data_section(Buffer.from(`${id} ${'x'.repeat(id.length * 37)}`));
      waiting.set(sender.send({ message_id: id, durable, body }).id, id);
    }
    await this.orLost(settled);
    await this.closed(sender, 'sender_close');
  }

  /** Takes up to `count` messages off; resolves when the broker has been told of all. */
  async consume(queue: string, count: number, taken: (id: string) => void): Promise<void> {
    await this.read(queue, count, false, taken);
  }

  /** The ids of the first `count` messages on a queue, in order. */
  async browse(queue: string, count: number): Promise<readonly string[]> {
    const ids: string[] = [];
    if (count > 0) await this.read(queue, count, true, (id) => ids.push(id));
    return ids;
  }

  private async read(
    queue: string,
    count: number,
    browsing: boolean,
    seen: (id: string) => void,
  ): Promise<void> {
    const receiver = this.connection.open_receiver({
      source: { address: queue, distribution_mode: browsing ? 'copy' : 'move' },
      credit_window: 0,
    });
    receiver.on('receiver_error', () => this.failure?.(new Error('the queue is gone')));
    let left = count;
    let timer: NodeJS.Timeout | undefined;
    const end = new Promise<void>((resolve) => {
      // What still comes while the link is being closed is not taken: the broker keeps it.
      const finish = () => {
        left = 0;
        resolve();
      };
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(finish, browsing ? idle.browse : idle.consume);
      };
      receiver.on('receiver_open', wait);
      receiver.on('message', ({ message }: EventContext) => {
        if (left === 0) return;
        seen(String(message?.body.content).split(' ', 1)[0] ?? '');
        left -= 1;
        if (left === 0) resolve();
        else wait();
        if (left >= creditWindow) receiver.add_credit(1);
      });
    });
    receiver.add_credit(Math.min(count, creditWindow));
    try {
      await this.orLost(end);
      await this.closed(receiver, 'receiver_close');
    } finally {
      clearTimeout(timer);
    }
  }

  private async closed(link: Sender | Receiver, event: string): Promise<void> {
    link.close();
    await this.orLost(once(link, event));
  }

  close(): void {
    this.connection.close();
  }

  private orLost<Result>(work: Promise<Result>): Promise<Result> {
    return Promise.race([work, this.lost]);
  }
}
