/** Changes of replications between two looks. */
import type { ReplicationState, ReplicationStatus } from '../contract';
import { messages, restart } from '../judge/verdict';
import type { Observation } from '../observe/observation';
import type { QueueView } from '../observe/observe';
import type { DesiredReplication } from '../planning/desired';
import type { Looked } from '../status';
import { describeState, isHealthy } from '../words/describe';
import { CounterMemory } from './watch-counters';
import { keyOf, routeKey, type WatchedEntry } from './watch-entry';
import type { WatchEvent, WatchKind } from './watch-event';

/** How a state is told when a replication enters it. */
const kinds: Readonly<Record<ReplicationState, readonly [WatchKind, WatchEvent['severity']]>> = {
  'in-step': ['running', 'info'],
  'catching-up': ['running', 'info'],
  connecting: ['link-down', 'warning'],
  stalled: ['stalled', 'error'],
  failed: ['link-failed', 'error'],
  'half-stopped': ['half-stopped', 'error'],
  doubled: ['doubled', 'error'],
  stale: ['stale', 'error'],
  'foreign-traffic': ['foreign-traffic', 'error'],
  diverged: ['diverged', 'error'],
  'origin-without-ha': ['origin-without-ha', 'error'],
  unverified: ['unverified', 'warning'],
  absent: ['not-running', 'error'],
};

/** What a watch remembers of a replication. */
interface Remembered {
  readonly condition: string | undefined;
  readonly bridge: string | undefined;
  readonly originQueue: QueueView | undefined;
  readonly replicaQueue: QueueView | undefined;
}

export interface LookContext {
  /** Names of brokers that have been restarted, or replaced by another member, since the last look. */
  readonly renewed: ReadonlySet<string>;
  /** Names of brokers that cannot be asked. */
  readonly away: ReadonlySet<string>;
}

export class EntryMemory {
  readonly #known = new Map<string, Remembered>();
  readonly #counters = new CounterMemory();
  readonly #silent = new Set<string>();

  /** What is new about a replication since it was seen last. At the first look, only what needs somebody. */
  changes(entry: WatchedEntry, context: LookContext): readonly WatchEvent[] {
    const key = keyOf(entry);
    const before = this.#known.get(key);
    const { looked } = entry;
    if (looked === undefined) return [];
    const { observation, status } = looked;
    const now = remember(entry, observation, status, before, context);
    this.#known.set(key, now);
    if (this.#silent.delete(key)) return [];
    const events = [
      ...(before === undefined ? [] : queueEvents(entry, before, now, observation, context)),
      ...this.#counterEvents(entry, key, observation),
    ];
    if (now.condition !== before?.condition) events.push(...conditionEvents(entry, looked, before));
    else if (isHealthy(status) && before?.bridge !== undefined && before.bridge !== now.bridge) {
      events.push(about(entry, 'replication-restarted', 'info', 'has been started anew by somebody'));
    }
    return events;
  }

  /** Forgets what is no longer wanted, or is meant otherwise. */
  retain(before: readonly DesiredReplication[], now: readonly DesiredReplication[]): void {
    const kept = new Set(now.map((desired) => JSON.stringify(desired)));
    for (const desired of before) {
      if (!kept.has(JSON.stringify(desired))) this.#known.delete(routeKey(desired.replication));
    }
  }

  /** What the next look shows of it is no news: it was done by ourselves, and has been told. */
  absorb(entry: WatchedEntry): void {
    this.#silent.add(keyOf(entry));
  }

  #counterEvents(entry: WatchedEntry, key: string, observation: Observation): readonly WatchEvent[] {
    const { taken, brought } = this.#counters.changes(key, observation);
    const { origin } = entry.desired.replication;
    const events: WatchEvent[] = [];
    if (taken > 0) {
      const words = `lost ${messages(taken)} to clients that consume from the replica; ${origin.name} delivers them again`;
      events.push(about(entry, 'foreign-consumer', 'error', words, `Move these clients to ${origin.name}.`));
    }
    if (brought > 0) {
      const words = `got ${messages(brought)} on the replica from somebody else than ${origin.name}`;
      events.push(about(entry, 'foreign-producer', 'error', words, `Move that producer to ${origin.name}.`));
    }
    return events;
  }
}

function remember(
  { desired }: WatchedEntry,
  { replica, origin, traffic }: Observation,
  status: ReplicationStatus,
  before: Remembered | undefined,
  { away }: LookContext,
): Remembered {
  // While the origin is away, that is the news; what it hides is told when it is back.
  const hidden = status.state === 'unverified' && away.has(desired.replication.origin.name);
  return {
    condition: hidden ? before?.condition : conditionOf(status, desired.state, traffic),
    bridge: replica.view.bridges[0]?.name ?? before?.bridge,
    originQueue: origin?.view === undefined ? before?.originQueue : origin.view.queue,
    replicaQueue: replica.view.queue,
  };
}

/** What has to change to be told again: words that only vary do not count. */
function conditionOf(
  status: ReplicationStatus,
  wanted: 'running' | 'stopped',
  traffic: Observation['traffic'],
): string {
  if (wanted === 'stopped') return isHealthy(status) ? 'not-stopped' : 'stopped';
  const [kind] = kinds[status.state];
  // Numbers in it vary with the traffic.
  if (kind === 'running' && status.cause !== undefined) return `${kind} ${status.cause.replace(/\d+/g, '')}`;
  return kind === 'foreign-traffic' ? `${kind} ${JSON.stringify(traffic ?? null)}` : kind;
}

function conditionEvents(
  entry: WatchedEntry,
  { observation, status }: Looked,
  before: Remembered | undefined,
): readonly WatchEvent[] {
  if (entry.desired.state === 'stopped') {
    if (!isHealthy(status)) return [];
    const words = 'runs, and the manifest wants it stopped';
    return [about(entry, 'not-stopped', 'warning', words, 'Apply the manifest, or change it.')];
  }
  const [kind, severity] = kinds[status.state];
  if (kind !== 'running') {
    const cause = status.cause === undefined ? '' : `: ${status.cause}`;
    // That nothing of it is there is no fault in itself, but here it is wanted.
    const next = status.next ?? (kind === 'not-running' ? restart(observation) : undefined);
    return [about(entry, kind, severity, `is ${status.state.replaceAll('-', ' ')}${cause}`, next)];
  }
  if (status.cause !== undefined) {
    return [about(entry, 'remark', 'warning', `runs, and yet: ${status.cause}`, status.next)];
  }
  return before === undefined ? [] : [about(entry, kind, severity, `runs: ${describeState(status)}`)];
}

function queueEvents(
  entry: WatchedEntry,
  before: Remembered,
  now: Remembered,
  { origin }: Observation,
  { renewed }: LookContext,
): readonly WatchEvent[] {
  const { replication } = entry.desired;
  const sides = [
    [replication.origin.name, before.originQueue, now.originQueue, origin?.view !== undefined],
    [replication.replica.name, before.replicaQueue, now.replicaQueue, true],
  ] as const;
  return sides.flatMap(([broker, was, is, asked]) => {
    // A restart explains it all, and has been told.
    if (!asked || was === undefined || renewed.has(broker)) return [];
    if (is === undefined) return [about(entry, 'queue-deleted', 'error', `lost its queue on ${broker}`)];
    if (is.created === was.created) return [];
    return [about(entry, 'queue-recreated', 'error', `has a new queue on ${broker}: it was created anew`)];
  });
}

function about(
  { desired }: WatchedEntry,
  kind: WatchKind,
  severity: WatchEvent['severity'],
  words: string,
  next?: string,
): WatchEvent {
  const { queue, origin, replica } = desired.replication;
  return {
    kind,
    severity,
    queue,
    origin: origin.name,
    replica: replica.name,
    message: `"${queue}" from ${origin.name} to ${replica.name} ${words}.`,
    next,
  };
}
