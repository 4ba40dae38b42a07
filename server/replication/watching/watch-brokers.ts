/** Changes of brokers between two looks. */
import type { BrokerError } from '../../amqp/broker-error';
import type { BrokerRef } from '../contract';
import type { DesiredReplication } from '../planning/desired';
import type { WatchEvent } from './watch-event';
import type { BrokerSeen, WatchedBroker } from './watch-look';

/** What a watch remembers of a broker, also while it is away. */
interface Remembered {
  readonly seen: BrokerSeen | undefined;
  readonly error: BrokerError | undefined;
}

export class BrokerMemory {
  readonly #known = new Map<string, Remembered>();

  /** Forgets what is no longer wanted, or is another broker by the same name. */
  retain(before: readonly BrokerRef[], now: readonly BrokerRef[]): void {
    for (const { name, endpoint } of before) {
      const same = now.some((broker) => broker.name === name && broker.endpoint.text === endpoint.text);
      if (!same) this.#known.delete(name);
    }
  }

  /** What is new about a broker since it was seen last. */
  changes(now: WatchedBroker, desired: readonly DesiredReplication[]): readonly WatchEvent[] {
    const { name } = now.broker;
    const before = this.#known.get(name);
    this.#known.set(name, { seen: now.seen ?? before?.seen, error: now.error });
    if (now.seen === undefined) {
      return before === undefined || before.error === undefined ? [gone(now)] : [];
    }
    const events: WatchEvent[] = [];
    if (before?.error !== undefined) {
      events.push({ kind: 'broker-back', severity: 'info', broker: name, message: `${name} answers again.` });
    }
    if (before?.seen !== undefined) events.push(...otherBroker(name, before.seen, now.seen, desired));
    return events;
  }
}

/** Whether messages of a broker got new ids since it was seen last. */
function otherBroker(
  name: string,
  before: BrokerSeen,
  now: BrokerSeen,
  desired: readonly DesiredReplication[],
): readonly WatchEvent[] {
  const inCluster = now.status !== undefined && now.status !== 'standalone';
  if (inCluster && before.systemId !== now.systemId) {
    const message = `${name}: ${now.member} is the primary now, after ${before.member}.`;
    return [{ kind: 'failover', severity: 'warning', broker: name, message }];
  }
  if (before.started === now.started) return [];
  const events: WatchEvent[] = [];
  const running = desired.filter(({ state }) => state === 'running');
  const from = running.filter(({ replication }) => replication.origin.name === name).length;
  const to = running.filter(({ replication }) => replication.replica.name === name).length;
  if (from > 0) {
    const what = 'its messages have new ids, and replicas keep old messages for them';
    events.push({
      kind: 'origin-restarted',
      severity: 'error',
      broker: name,
      message: `${name}, the origin of ${count(from)}, has been restarted: ${what}.`,
    });
  }
  if (to > 0) {
    events.push({
      kind: 'replica-restarted',
      severity: 'error',
      broker: name,
      message: `${name}, which holds the replicas of ${count(to)}, has been restarted: nothing replicates to it any more.`,
    });
  }
  return events;
}

function gone({ broker, error }: WatchedBroker): WatchEvent {
  return {
    kind: 'broker-gone',
    severity: 'error',
    broker: broker.name,
    message: `${broker.name} cannot be asked: ${error?.text ?? error?.kind ?? 'no answer'}.`,
    next: error?.advice,
  };
}

function count(replications: number): string {
  return replications === 1 ? '1 replication' : `${replications} replications`;
}
