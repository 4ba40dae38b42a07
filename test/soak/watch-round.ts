/** One queue under traffic and under a watch that heals, one fault, and what must hold when it is over. */
import { rebuild } from '../../server/replication/rebuild';
import { start } from '../../server/replication/start';
import { status } from '../../server/replication/status';
import { stop } from '../../server/replication/stop';
import { watch } from '../../server/replication/watch';
import type { WatchEvent, WatchKind } from '../../server/replication/watching/watch-event';
import { wanted } from '../support/plans';
import { createQueue, engine, type Pair, piecesOn, replicationOf } from '../support/replication';
import { contentOf, queuesOf, removeQueues } from './content';
import type { Random } from './random';
import { Traffic } from './traffic';
import type { Scene, WatchFault } from './watch-faults';

export interface WatchTally {
  /** Messages found equal. */
  compared: number;
  /** What the watch has healed, and what it refused to heal and `rebuild` did. */
  healed: number;
  refused: number;
  /** What was left over, told, and removed by the command that was told with it. */
  cleared: number;
  /** Messages found where the tool had moved them. */
  aside: number;
  /** Milliseconds, the longest from the end of a fault until all was well. */
  longest: number;
}

/** Milliseconds. The healer waits longer after each attempt that failed. */
const patience = 120_000;

/** Bridge, replicator and link. */
const pieces = 3;

export class WatchRound {
  private readonly scene: Scene;
  private readonly events: WatchEvent[] = [];
  /** Of the events, those that were acted upon. */
  private seen = 0;

  constructor(
    setting: {
      readonly pair: Pair;
      readonly queue: string;
      readonly store: boolean;
      readonly random: Random;
    },
    private readonly tally: WatchTally,
  ) {
    this.scene = { ...setting, traffic: new Traffic(setting.pair.origin, setting.queue, setting.store) };
  }

  /** `mayRebuild`: the watch itself may move old content aside. Throws what does not hold. */
  async run(fault: WatchFault, mayRebuild: boolean): Promise<void> {
    const { pair, queue, store, traffic, random } = this.scene;
    await createQueue(pair.origin, queue, { durable: store });
    traffic.resume();
    const cancel = new AbortController();
    const watching = this.watched(mayRebuild, cancel.signal);
    try {
      await this.until(() => this.isWell(), 'the replication runs');
      await traffic.filled();
      const kept = await fault.strike(this.scene);
      traffic.resume();
      await pause(random.below(1500));
      await traffic.filled();
      await traffic.pause();
      const since = performance.now();
      await this.until(() => this.converged(mayRebuild), 'both queues are equal');
      this.tally.longest = Math.max(this.tally.longest, performance.now() - since);
      cancel.abort();
      await watching;
      await this.judged(kept, fault.name.startsWith('the origin is'));
    } catch (error) {
      const told = this.events.map(({ kind, message }) => `  ${kind}: ${message}`).join('\n');
      throw new Error(`${error instanceof Error ? error.message : error}\nThe watch told:\n${told}`);
    } finally {
      cancel.abort();
      await traffic.pause();
      await watching;
    }
    await engine((context) => stop(this.replication(), context));
    const left = await piecesOn(pair.replica, queue);
    if (left.length > 0) throw new Error(`left over after the stop: ${left.join(', ')}`);
    await removeQueues(pair, queue);
  }

  private watched(mayRebuild: boolean, signal: AbortSignal): Promise<void> {
    const { pair } = this.scene;
    const heal = new Set(mayRebuild ? (['replaced-content'] as const) : []);
    const options = {
      desired: wanted([this.replication()]),
      brokers: [pair.origin.ref, pair.replica.ref],
      interval: 500,
      backOff: { first: 100, longest: 1000 },
      heal,
      onEvent: (event: WatchEvent) => {
        this.events.push(event);
        if (event.kind === 'healed') this.tally.healed += 1;
      },
    };
    return engine((context) => watch(options, context), { signal, deadline: 30_000 });
  }

  private async isWell(): Promise<boolean> {
    const seen = await engine((context) => status(this.replication(), context)).catch(() => undefined);
    return seen?.state === 'in-step' || seen?.state === 'catching-up';
  }

  private told(kind: WatchKind): boolean {
    return this.events.slice(this.seen).some((event) => event.kind === kind);
  }

  /** Whether it was told since; what comes from now on is news. */
  private forget(kind: WatchKind): boolean {
    const told = this.told(kind);
    if (told) this.seen = this.events.length;
    return told;
  }

  /** What the watch refuses, an operator does, and what it advises. */
  private async converged(mayRebuild: boolean): Promise<boolean> {
    const { pair, queue } = this.scene;
    if (!mayRebuild && this.told('heal-refused')) {
      const options = { accepted: new Set<never>(), discard: false };
      const outcome = await engine((context) => rebuild(this.replication(), context, options), {
        deadline: 30_000,
      });
      if (outcome.kind === 'rebuilt' && this.forget('heal-refused')) this.tally.refused += 1;
    }
    if (this.forget('remark')) {
      await engine((context) => start(this.replication(), context));
      this.tally.cleared += 1;
    }
    const seen = await engine((context) => status(this.replication(), context)).catch(() => undefined);
    if (seen?.state !== 'in-step') return false;
    const [originals, copies] = await Promise.all([
      contentOf(pair.origin, queue),
      contentOf(pair.replica, queue),
    ]);
    return originals.join() === copies.join() && (await piecesOn(pair.replica, queue)).length === pieces;
  }

  private async judged(kept: readonly string[], redelivered: boolean): Promise<void> {
    const { pair, queue, traffic } = this.scene;
    const originals = await contentOf(pair.origin, queue);
    const fault = traffic.ledger.judge(originals, redelivered);
    if (fault !== undefined) throw new Error(fault);
    const seen = await engine((context) => status(this.replication(), context));
    if (seen.state !== 'in-step') throw new Error(`when the watch had ended: ${JSON.stringify(seen)}`);
    const there = await piecesOn(pair.replica, queue);
    if (there.length !== pieces) throw new Error(`pieces: ${there.join(', ')}`);
    const elsewhere = (await queuesOf(pair.replica, queue)).filter((name) => name !== queue);
    const aside = (await Promise.all(elsewhere.map((name) => contentOf(pair.replica, name)))).flat();
    const found = new Set(aside);
    const lost = kept.filter((id) => !found.has(id));
    if (lost.length > 0)
      throw new Error(`${lost.length} messages of the replica are lost, ${lost[0]} the first`);
    this.tally.compared += originals.length;
    this.tally.aside += aside.length;
  }

  private async until(holds: () => Promise<boolean>, what: string): Promise<void> {
    const end = performance.now() + patience;
    while (!(await holds())) {
      if (performance.now() > end) {
        const seen = await engine((context) => status(this.replication(), context)).catch(String);
        throw new Error(`not so after ${patience / 1000} s: ${what}. ${JSON.stringify(seen)}`);
      }
      await pause(100);
    }
  }

  private replication() {
    return replicationOf(this.scene.queue, this.scene.pair);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
