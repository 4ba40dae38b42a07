/** Whether others work on the replica queue. A replica is for the replication alone: nothing keeps others from it. */

import type { Observation } from '../observe/observation';
import { command } from '../words/command';
import { restart, type Verdict } from './verdict';

/** `content`: what the depths tell. */
export function judgeTraffic(observation: Observation, content: Verdict): Verdict | undefined {
  const { traffic, replica, origin } = observation;
  if (traffic === undefined) return undefined;
  const { readers, writers } = traffic;
  if (readers.length === 0 && writers.length === 0) return undefined;
  const name = origin?.broker.name ?? 'the origin';
  const reading = `from the replica: what is taken is missing there, and delivered again by ${name}`;
  const writing = `to the replica: that is not on ${name}, and gets lost`;
  const causes = [
    ...(readers.length === 0 ? [] : [`${clientsThat('read', readers)} ${reading}`]),
    ...(writers.length === 0 ? [] : [`${clientsThat('send', writers)} ${writing}`]),
    ...(content.cause === undefined ? [] : [content.cause]),
  ];
  const sound = content.state === 'in-step' || content.state === 'catching-up';
  const after = sound
    ? `Look again: ${command('status', { replica: replica.broker })}.`
    : restart(observation);
  return { state: 'foreign-traffic', cause: causes.join('; '), next: `Move them to ${name}. ${after}` };
}

const shown = 3;

/** `2 clients (shop, till) read` */
export function clientsThat(verb: 'read' | 'send', names: readonly string[]): string {
  const who = names.slice(0, shown).map((name) => name || 'without a name');
  const more = names.length > shown ? `, and ${names.length - shown} more` : '';
  const list = `(${who.join(', ')}${more})`;
  return names.length === 1 ? `a client ${list} ${verb}s` : `${names.length} clients ${list} ${verb}`;
}
