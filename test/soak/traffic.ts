import type { TestBroker } from '../support/brokers';
import { IndependentClient } from './independent-client';
import { Ledger } from './ledger';

const batch = 20;

/** Messages that the consumer leaves on the queue, so that there is always something to replicate. */
const reserve = 60;

/** A producer and a consumer of the origin that never rest, unless they are told to. */
export class Traffic {
  readonly ledger = new Ledger();
  private running = false;
  private loops: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly origin: TestBroker,
    private readonly queue: string,
    private readonly durable: boolean,
  ) {}

  resume(): void {
    this.running = true;
    this.loops = Promise.all([this.produce(), this.consume()]);
  }

  /** Resolves when the queue has something worth replicating. */
  async filled(): Promise<void> {
    while (this.ledger.depth < reserve) await pause();
  }

  /** Resolves when nothing is under way any more. */
  async pause(): Promise<void> {
    this.running = false;
    await this.loops;
  }

  private async produce(): Promise<void> {
    await this.repeat(async (client) => {
      const ids = this.ledger.issue(batch);
      await client.send(this.queue, ids, this.durable, (id) => this.ledger.accept(id));
    });
  }

  /** Takes less than is sent, so that the queue grows. */
  private async consume(): Promise<void> {
    await this.repeat(async (client) => {
      if (this.ledger.depth < reserve) return pause();
      await client.consume(this.queue, batch / 4, (id) => this.ledger.consume(id));
    });
  }

  /** Over and over again, on a new connection when the last was lost. */
  private async repeat(work: (client: IndependentClient) => Promise<void>): Promise<void> {
    let client: IndependentClient | undefined;
    while (this.running) {
      try {
        client ??= await IndependentClient.open(this.origin.port);
        await work(client);
      } catch {
        client?.close();
        client = undefined;
        await pause();
      }
    }
    client?.close();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
