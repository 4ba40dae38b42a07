/** One round of verbs under traffic, and everything that must hold after each. */
import { rebuild } from '../../server/replication/rebuild';
import { start } from '../../server/replication/start';
import { status } from '../../server/replication/status';
import { stop } from '../../server/replication/stop';
import { createQueue, engine, type Pair, piecesOn, replicationOf } from '../support/replication';
import { contentOf, removeQueues } from './content';
import { Traffic } from './traffic';

/** What happens to a broker in the middle of a round. */
export interface Fault {
  readonly broker: 'origin' | 'replica';
  readonly how: 'kill' | 'shut down';
}

export const faults: readonly (Fault | undefined)[] = [
  undefined,
  { broker: 'origin', how: 'kill' },
  { broker: 'origin', how: 'shut down' },
  { broker: 'replica', how: 'kill' },
  { broker: 'replica', how: 'shut down' },
];

export interface Setting {
  readonly pair: Pair;
  readonly queue: string;
  /** Whether the brokers keep durable messages over a restart; then all are durable. */
  readonly store: boolean;
}

/** Counts of what was done, for the report. */
export interface Tally {
  verbs: number;
  compared: number;
  attempts: number;
}

const nothingAccepted = { accepted: new Set<never>(), discard: false };

/** Fails with what does not hold. */
export class Cycle {
  private readonly traffic: Traffic;
  private redelivered = false;

  constructor(
    private readonly setting: Setting,
    private readonly tally: Tally,
  ) {
    this.traffic = new Traffic(setting.pair.origin, setting.queue, setting.store);
  }

  async run(fault: Fault | undefined): Promise<void> {
    const { pair, queue, store } = this.setting;
    await createQueue(pair.origin, queue, { durable: store });
    this.traffic.resume();
    await this.work();
    await this.started();
    await this.compared('start');
    this.traffic.resume();
    await this.work();
    await this.struck(fault);
    if (fault === undefined) await this.stopped();
    // A link to an origin that came back goes on copying.
    await this.rebuilt(fault?.broker === 'origin' ? undefined : await this.replicaContent());
    await this.compared('rebuild');
    this.traffic.resume();
    await this.work();
    await this.compared('work after rebuild');
    await this.stopped();
    await this.removed();
  }

  private async work(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 120));
    await this.traffic.filled();
  }

  private async started(): Promise<void> {
    const outcome = await this.verb((context) => start(this.replication(), context));
    if (outcome.kind !== 'started') throw new Error(`start: ${JSON.stringify(outcome)}`);
  }

  private async stopped(): Promise<void> {
    const outcome = await this.verb((context) => stop(this.replication(), context));
    if (outcome.kind !== 'stopped') throw new Error(`stop: ${JSON.stringify(outcome)}`);
    const left = await piecesOn(this.setting.pair.replica, this.setting.queue);
    if (left.length > 0) throw new Error(`left over after stop: ${left.join(', ')}`);
  }

  /** Again and again until it has worked: a broker may just be coming back. `content` must be found aside. */
  private async rebuilt(content: readonly string[] | undefined): Promise<void> {
    let last: unknown;
    for (let attempt = 0; attempt < 10; attempt += 1) {
      this.tally.attempts += 1;
      const outcome = await this.verb((context) => rebuild(this.replication(), context, nothingAccepted));
      if (outcome.kind === 'rebuilt') return this.foundAside(outcome.aside.queue, content);
      last = outcome;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`rebuild: ${JSON.stringify(last)}`);
  }

  private async foundAside(queue: string | undefined, content: readonly string[] | undefined): Promise<void> {
    if (content === undefined) return;
    const aside = queue === undefined ? [] : await contentOf(this.setting.pair.replica, queue);
    if (aside.join() === content.join()) return;
    throw new Error(`${content.length} messages were to be moved aside, and ${aside.length} are there`);
  }

  private async struck(fault: Fault | undefined): Promise<void> {
    const { pair, queue, store } = this.setting;
    if (fault === undefined) return;
    await pair[fault.broker].restart(fault.how);
    if (fault.broker === 'replica') return this.noticed();
    this.redelivered = true;
    if (!store) {
      await this.traffic.pause();
      this.traffic.ledger.forget();
      await createQueue(pair.origin, queue, {});
      this.traffic.resume();
    }
    await this.noticed();
  }

  /** A replication that a restart has ended or spoilt must not be said to be in step. */
  private async noticed(): Promise<void> {
    const seen = await this.verb((context) => status(this.replication(), context));
    if (seen.state === 'in-step' || seen.state === 'catching-up') {
      throw new Error(`a restart was not noticed: ${JSON.stringify(seen)}`);
    }
  }

  /** Both queues hold the same messages in the same order, and those that they should. */
  private async compared(after: string): Promise<void> {
    await this.traffic.pause();
    const { pair, queue } = this.setting;
    const [originals = [], copies = []] = await this.settled(queue, pair);
    const fault = this.traffic.ledger.judge(originals, this.redelivered);
    if (fault !== undefined) throw new Error(`after ${after}: ${fault}`);
    if (originals.join() !== copies.join()) {
      const at = originals.findIndex((id, index) => id !== copies[index]);
      throw new Error(
        `after ${after}: ${originals.length} originals, ${copies.length} copies, the first difference at ${at}`,
      );
    }
    this.tally.compared += originals.length;
  }

  /** The last removals may still be on their way to the replica. */
  private async settled(queue: string, pair: Pair): Promise<readonly (readonly string[])[]> {
    for (let look = 0; ; look += 1) {
      const contents = await Promise.all(
        [pair.origin, pair.replica].map((broker) => contentOf(broker, queue)),
      );
      if (look === 20 || contents[0]?.join() === contents[1]?.join()) return contents;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private replicaContent(): Promise<readonly string[]> {
    return contentOf(this.setting.pair.replica, this.setting.queue);
  }

  /** Leaves the brokers as they were found. */
  private async removed(): Promise<void> {
    await this.traffic.pause();
    await removeQueues(this.setting.pair, this.setting.queue);
  }

  private replication() {
    return replicationOf(this.setting.queue, this.setting.pair);
  }

  private verb<Result>(work: Parameters<typeof engine<Result>>[0]): Promise<Result> {
    this.tally.verbs += 1;
    return engine(work, { deadline: 30_000 });
  }
}
