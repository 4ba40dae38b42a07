/**
 * What a plan was decided by, fact by fact, so that it can be told whether, and how, the world has changed since.
 * Depths and counters are no facts: they change while all is well.
 */

import { type Observation, piecesOf } from '../observe/observation';
import type { QueueView } from '../observe/observe';
import { isHealthy } from '../words/describe';
import type { Facts } from './plan-step';
import type { BrokerLook, EntryLook, World } from './world';

export function factsOf({ brokers, entries }: World): Facts {
  return Object.fromEntries([...brokers.flatMap(factsOfBroker), ...entries.flatMap(factsOfEntry)]);
}

/** What has changed, in words; none: nothing has. */
export function changesBetween(before: Facts, now: Facts): readonly string[] {
  const subjects = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return subjects.flatMap((subject) => {
    const was = before[subject];
    const is = now[subject];
    if (was === is) return [];
    if (was === undefined) return [`${subject} is new: ${is}`];
    if (is === undefined) return [`${subject} is gone: it was ${was}`];
    return [`${subject} was ${was}, and is ${is}`];
  });
}

type Fact = readonly [subject: string, fact: string];

function factsOfBroker({ broker, seen, error }: BrokerLook): readonly Fact[] {
  const subject = `broker ${broker.name}`;
  if (seen === undefined) return [[subject, `not to be asked (${error?.kind ?? 'unknown'})`]];
  const { ha, started, bridges } = seen.inventory;
  const status = ha === undefined ? 'without HA' : `${ha.status} as ${ha.systemId ?? 'nobody'}`;
  const feeds = bridges.map(
    ({ queue, name }): Fact => [`the replication of "${queue}" on ${broker.name}`, `bridge ${name}`],
  );
  return [[subject, `${status}, started ${moment(started)}`], ...feeds];
}

function factsOfEntry({ desired, looked, error }: EntryLook): readonly Fact[] {
  const { queue, origin, replica } = desired.replication;
  const route = `the replication of "${queue}" from ${origin.name} to ${replica.name}`;
  if (looked === undefined) return [[route, `not to be asked (${error?.kind ?? 'unknown'})`]];
  const { observation, status } = looked;
  const { view } = observation.replica;
  const facts: Fact[] = [
    [route, isHealthy(status) ? 'running' : describePieces(observation, status.state)],
    [
      `the queue "${queue}" on ${replica.name}`,
      `${creation(view.queue)}${isHealthy(status) ? '' : content(view.queue)}`,
    ],
  ];
  const there = observation.origin;
  if (there?.view !== undefined) {
    facts.push([`the queue "${queue}" on ${origin.name}`, creation(there.view.queue)]);
  } else facts.push([`the origin of "${queue}"`, `not to be asked (${there?.error?.kind ?? 'unknown'})`]);
  return facts;
}

function describePieces(observation: Observation, state: string): string {
  return [state, ...piecesOf(observation)].join(', ');
}

function creation(queue: QueueView | undefined): string {
  return queue === undefined ? 'missing' : `created ${moment(queue.created)}`;
}

function content(queue: QueueView | undefined): string {
  if (queue === undefined) return '';
  return queue.depth === 0 ? ', empty' : ', not empty';
}

/** Of nanoseconds since the epoch. */
function moment(time: bigint): string {
  const date = new Date(Number(time / 1_000_000n));
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}
