/** Follows the replications of manifests for as long as one likes, and tells what changes. */
import { BrokerError } from '../amqp/broker-error';
import type { EngineContext, ReplicationState } from './contract';
import type { Accepted } from './dangers';
import { pause } from './patience';
import type { Looked } from './status';
import { withBackOff } from './watching/back-off';
import { Healer } from './watching/heal';
import { isSame, type Reading, type Wanted } from './watching/reread';
import { BrokerMemory } from './watching/watch-brokers';
import { EntryMemory } from './watching/watch-entries';
import type { WatchedEntry } from './watching/watch-entry';
import type { WatchEvent } from './watching/watch-event';
import { type Snapshot, takeSnapshot } from './watching/watch-look';
import { EventFollower, Waker } from './watching/watch-wake';
import { isHealthy } from './words/describe';

export interface WatchOptions extends Wanted {
  /** Asked before every look: what is wanted from now on, where that has changed. Never rejects. */
  readonly reread?: () => Promise<Reading | undefined>;
  /** Milliseconds between looks while no broker tells of anything. */
  readonly interval: number;
  /** Set: what is to run and does not is started again, with these dangers accepted. */
  readonly heal?: Accepted;
  /** Milliseconds until a broker that failed is tried again; by default 1 second, and in the end 30. */
  readonly backOff?: { readonly first: number; readonly longest: number };
  onEvent(event: WatchEvent): void;
}

/** Milliseconds between two looks at least, however much happens: as long as a look takes, within these bounds. */
const breath = 100;
const longestBreath = 1000;

/** Runs until it is cancelled. Brokers that go away are waited for. */
export async function watch(options: WatchOptions, unpatient: EngineContext): Promise<void> {
  try {
    await new Watch(options, unpatient).run();
  } catch (error) {
    if (!(error instanceof BrokerError) || !unpatient.signal.aborted) throw error;
  }
}

class Watch {
  readonly #options: WatchOptions;
  readonly #context: EngineContext;
  readonly #backingOff: ReturnType<typeof withBackOff>;
  readonly #brokers = new BrokerMemory();
  readonly #entries = new EntryMemory();
  readonly #waker = new Waker();
  readonly #follower: EventFollower;
  readonly #healer: Healer | undefined;
  #wanted: Wanted;
  /** Why the manifest cannot be used as it is now, and so an earlier one is. */
  #unusable: string | undefined;
  /** What is to be told of the next look as a whole. */
  #news: 'watching' | 'manifest-changed' | undefined = 'watching';

  constructor(options: WatchOptions, context: EngineContext) {
    const { desired, brokers, heal, onEvent, backOff = { first: 1000, longest: 30_000 } } = options;
    this.#options = options;
    this.#wanted = { desired, brokers };
    this.#backingOff = withBackOff(context, backOff);
    this.#context = this.#backingOff.context;
    this.#follower = new EventFollower(
      (queue) => this.#wanted.desired.some(({ replication }) => replication.queue === queue),
      this.#waker.wake,
    );
    this.#healer = heal && new Healer({ accepted: heal, onEvent, done: (entries) => this.#healed(entries) });
  }

  async run(): Promise<void> {
    const { signal } = this.#context;
    const { interval } = this.#options;
    try {
      while (!signal.aborted) {
        await this.#reread();
        const { brokers, desired } = this.#wanted;
        await Promise.all(brokers.map((broker) => this.#follower.follow(broker, this.#context)));
        const began = performance.now();
        this.#report(await takeSnapshot(brokers, desired, this.#context));
        // Many replications take long to look at: the brokers have other work to do, too.
        const effort = performance.now() - began;
        await pause(Math.max(breath, Math.min(effort, longestBreath)), signal);
        await this.#waker.sleep(interval, signal);
      }
    } finally {
      await this.#healer?.settled();
    }
  }

  async #reread(): Promise<void> {
    const reading = await this.#options.reread?.();
    if (reading === undefined) return;
    if (!reading.ok) {
      const { reason, next } = reading;
      if (reason !== this.#unusable) this.#options.onEvent(broken(reason, next));
      this.#unusable = reason;
      return;
    }
    if (this.#unusable === undefined && isSame(this.#wanted, reading.wanted)) return;
    this.#unusable = undefined;
    this.#news = 'manifest-changed';
    this.#brokers.retain(this.#wanted.brokers, reading.wanted.brokers);
    this.#entries.retain(this.#wanted.desired, reading.wanted.desired);
    this.#wanted = reading.wanted;
  }

  #report(snapshot: Snapshot): void {
    const events: WatchEvent[] = [];
    const renewed = new Set<string>();
    const away = new Set<string>();
    for (const now of snapshot.brokers) {
      if (now.error === undefined) this.#backingOff.answered(now.broker);
      else {
        away.add(now.broker.name);
        if (now.error.kind === 'timeout') this.#backingOff.failed(now.broker, now.error);
      }
      for (const event of this.#brokers.changes(now, this.#wanted.desired)) {
        events.push(event);
        if (event.kind !== 'broker-gone' && event.kind !== 'broker-back') renewed.add(now.broker.name);
      }
    }
    for (const entry of snapshot.entries) {
      if (this.#healer?.isHealing(entry)) continue;
      events.push(...this.#entries.changes(entry, { renewed, away }));
    }
    if (this.#news !== undefined) this.#options.onEvent(overall(this.#news, snapshot));
    this.#news = undefined;
    for (const event of events) this.#options.onEvent(event);
    this.#heal(snapshot, away);
  }

  #heal({ entries }: Snapshot, away: ReadonlySet<string>): void {
    if (this.#healer === undefined) return;
    const ill: WatchedEntry[] = [];
    for (const entry of entries) {
      const { desired, looked } = entry;
      if (looked === undefined || desired.state === 'stopped' || this.#healer.isHealing(entry)) continue;
      const { origin, replica } = desired.replication;
      if (isRecovering(looked)) continue;
      if (isHealthy(looked.status)) this.#healer.isWell(entry);
      else if (curable.has(looked.status.state) && !away.has(origin.name) && !away.has(replica.name)) {
        ill.push(entry);
      }
    }
    this.#healer.heal(ill, this.#wanted.brokers, this.#context);
  }

  #healed(entries: readonly WatchedEntry[]): void {
    for (const entry of entries) this.#entries.absorb(entry);
    this.#waker.wake();
  }
}

/** What a start or a rebuild cures; the others cure themselves, or are for somebody else to cure. */
const curable: ReadonlySet<ReplicationState> = new Set([
  'absent',
  'failed',
  'half-stopped',
  'doubled',
  'stale',
  'diverged',
]);

/** A primary that waits for its backups is not ready, and will be in some seconds. */
function isRecovering({ observation: { replica, origin } }: Looked): boolean {
  return [replica.view.ha, origin?.view?.ha].some((ha) => ha?.status === 'recovering');
}

function overall(kind: 'watching' | 'manifest-changed', { entries }: Snapshot): WatchEvent {
  const well = entries.filter(({ looked }) => looked !== undefined && isHealthy(looked.status)).length;
  const all = entries.length === 1 ? '1 replication' : `${entries.length} replications`;
  const words = `${all}, of which ${well === 1 ? '1 runs' : `${well} run`}.`;
  const message =
    kind === 'watching' ? `Watching ${words}` : `The manifest has changed: now watching ${words}`;
  return { kind, severity: 'info', message };
}

function broken(reason: string, next: string | undefined): WatchEvent {
  const message = `The manifest has changed and cannot be used, so the watch goes on as before: ${reason}`;
  return { kind: 'manifest-broken', severity: 'error', message, next };
}
