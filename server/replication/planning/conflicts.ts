/**
 * Entries that cannot all be true. A manifest alone is linted for this; several together, and brokers that go by two
 * names, are not, and starts that run beside each other do not see one another.
 */
import type { BrokerRef, Replication } from '../contract';
import type { DesiredReplication } from './desired';
import type { PlanStep } from './plan-step';
import type { EntryLook, World } from './world';

export type Conflict = Pick<PlanStep, 'action' | 'reason' | 'next'>;

/** An entry by who its brokers are, not by what they are called. */
interface Route {
  readonly queue: string;
  readonly origin: string;
  readonly replica: string;
  readonly desired: DesiredReplication;
}

/** What speaks against each entry; those that go with all others are not in it. */
export function conflictsIn({ brokers, entries }: World): ReadonlyMap<EntryLook, Conflict> {
  const ids = new Map(
    brokers.map(({ broker, seen }) => [broker.endpoint.text, seen?.inventory.ha?.systemId] as const),
  );
  const identity = ({ endpoint }: BrokerRef) => ids.get(endpoint.text) ?? endpoint.text;
  const routes = entries.map(({ desired }): Route => {
    const { queue, origin, replica } = desired.replication;
    return { queue, origin: identity(origin), replica: identity(replica), desired };
  });
  const ofQueue = new Map<string, Route[]>();
  for (const route of routes) {
    const known = ofQueue.get(route.queue);
    if (known === undefined) ofQueue.set(route.queue, [route]);
    else known.push(route);
  }
  return new Map(
    routes.flatMap((route, index) => {
      const entry = entries[index];
      const conflict = conflictOf(route, ofQueue.get(route.queue) ?? []);
      return entry === undefined || conflict === undefined ? [] : [[entry, conflict] as const];
    }),
  );
}

/** `all`: the routes of the same queue, this one among them. */
function conflictOf(route: Route, all: readonly Route[]): Conflict | undefined {
  const same = all.filter(({ origin, replica }) => origin === route.origin && replica === route.replica);
  if (same.some(({ desired }) => desired.state !== route.desired.state)) {
    return blocked('one entry wants it running, and another wants it stopped', 'Let the entries agree.');
  }
  if (same[0] !== undefined && same[0] !== route) {
    return { action: 'nothing', reason: 'it is declared more than once', next: undefined };
  }
  if (route.desired.state === 'stopped') return undefined;
  const running = all.filter(({ desired }) => desired.state === 'running');
  const rival = running.find(({ origin, replica }) => replica === route.replica && origin !== route.origin);
  if (rival !== undefined) {
    const { replica } = route.desired.replication;
    const from = rival.desired.replication.origin.name;
    const reason = `another entry wants the queue on ${replica.name} to be a replica of ${from}`;
    return blocked(reason, 'A queue can have one origin only: remove or stop one of the entries.');
  }
  const way = wayBack(route, running);
  if (way === undefined) return undefined;
  return blocked(
    `the entries replicate the queue in a circle, ${way.join(' → ')}: its producers would stall`,
    'Remove or stop one of the entries.',
  );
}

/** The names of the brokers from the origin round to it again; undefined where no way leads back. */
function wayBack(route: Route, running: readonly Route[]): readonly string[] | undefined {
  const name = ({ replica }: Replication) => replica.name;
  const seen = new Set<string>();
  const search = (at: string): readonly string[] | undefined => {
    if (at === route.origin) return [];
    if (seen.has(at)) return undefined;
    seen.add(at);
    for (const next of running) {
      if (next.origin !== at) continue;
      const rest = search(next.replica);
      if (rest !== undefined) return [name(next.desired.replication), ...rest];
    }
    return undefined;
  };
  const back = search(route.replica);
  const { replication } = route.desired;
  return back && [replication.origin.name, name(replication), ...back];
}

function blocked(reason: string, next: string): Conflict {
  return { action: 'blocked', reason, next };
}
