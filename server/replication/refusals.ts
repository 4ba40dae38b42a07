/** Reasons to do nothing: each verb would lose messages, or could not work. */

import { parseBrokerUrl } from '../address/broker-url';
import { formatMember } from '../address/endpoint';
import type { BrokerRef, Refusal, RefusalCode, Replication } from './contract';
import { type Accepted, type DangerId, dangers, flagOf } from './dangers';
import { messages } from './judge/verdict';
import { longestQueueName, reservedPrefix } from './names';
import { linkOf } from './observe/observation';
import type { BrokerView, OriginView, QueueView, ReplicaView } from './observe/observe';
import { command } from './words/command';

/** `message` comes without its full stop. */
export function refuse(code: RefusalCode, message: string, advice: string): Refusal {
  return { code, message: `${message}.`, advice };
}

/** What the names alone tell, before any broker is asked. */
export function refuseNames({ queue, linkAddress }: Replication): Refusal | undefined {
  const fault = nameFault(queue);
  if (fault !== undefined) return refuse('reserved-name', fault, 'Replicate a queue of another name.');
  const parsed = linkAddress === undefined ? undefined : parseBrokerUrl(linkAddress);
  if (parsed === undefined || parsed.ok) return undefined;
  return refuseLinkAddress(parsed.reason);
}

export function refuseLinkAddress(reason: string): Refusal {
  return refuse(
    'invalid-link-address',
    `the address for the link cannot be used: ${reason}`,
    'Write it as host:port, several separated by commas without blanks.',
  );
}

function nameFault(queue: string): string | undefined {
  if (queue === '') return 'a queue has a name';
  if (queue.includes('\0')) return 'the name of the queue contains a NUL, which cuts it short on the way';
  if (/\p{Cs}/u.test(queue)) return 'the name of the queue is no well-formed Unicode';
  if (queue.startsWith(reservedPrefix))
    return `names that start with "${reservedPrefix}" are the broker's own`;
  const bytes = Buffer.byteLength(queue);
  return bytes > longestQueueName
    ? `the name of the queue has ${bytes} bytes; replication works up to ${longestQueueName}`
    : undefined;
}

/** A backup is the cluster's: it is looked at, never touched. */
export function refuseBackup(broker: BrokerRef, view: BrokerView): Refusal | undefined {
  const status = view.ha?.status;
  if (status === undefined || status === 'standalone' || status === 'active') return undefined;
  if (status === 'recovering') {
    return refuse(
      'not-serving',
      `${broker.name} has just become the primary of its cluster, and is recovering`,
      'Try again when its backups are back, or its ha-backup-timeout is over: some seconds.',
    );
  }
  return refuse(
    'not-serving',
    `${broker.name} is ${status}, not the primary of its cluster`,
    'Name the address of the primary, or all addresses of the cluster separated by commas.',
  );
}

export function refuseBrokers(
  { origin, replica }: Replication,
  there: OriginView,
  here: ReplicaView,
): Refusal | undefined {
  if (here.ha === undefined) return haOff('ha-off-on-replica', replica);
  if (there.ha === undefined) return haOff('ha-off-on-origin', origin);
  const backup = refuseBackup(replica, here) ?? refuseBackup(origin, there);
  if (backup !== undefined) return backup;
  if (here.ha.systemId === undefined || here.ha.systemId !== there.ha.systemId) return undefined;
  return refuse(
    'same-broker',
    `${origin.name} and ${replica.name} are one and the same broker`,
    'Name two brokers: a broker cannot replicate a queue from itself.',
  );
}

function haOff(code: 'ha-off-on-origin' | 'ha-off-on-replica', { name }: BrokerRef): Refusal {
  return refuse(
    code,
    `${name} runs without HA: it has neither ha-queue-replication nor ha-cluster on`,
    `Set ha-queue-replication=yes in the qpidd.conf of ${name} and restart that broker.`,
  );
}

export function refuseMissing({ queue, origin }: Replication, there: OriginView): Refusal | undefined {
  if (there.queue !== undefined) return undefined;
  return refuse(
    'no-origin-queue',
    `${origin.name} has no queue "${queue}"`,
    `Check the name, or create the queue on ${origin.name} first.`,
  );
}

export function refuseCreation({ queue, replica, create }: Replication): Refusal | undefined {
  if (create === 'if-missing') return undefined;
  return refuse(
    'no-replica-queue',
    `${replica.name} has no queue "${queue}", and it is not to be created`,
    `Create the queue on ${replica.name}, without limits, or allow it to be created.`,
  );
}

/** Messages that a replica holds from before are never removed, and hide new ones of the same ids. */
export function refuseContent(queue: string, replica: BrokerRef, here: QueueView): Refusal | undefined {
  if (here.depth === 0) return undefined;
  return refuse(
    'replica-not-empty',
    `the queue "${queue}" on ${replica.name} holds ${messages(here.depth)}: only an empty replica is a correct start`,
    'Look at those messages, and move or remove them; or let "qpidha rebuild" move them aside and start anew.',
  );
}

/** Messages would go round: producers stall and both queues diverge. `way`: the brokers from replica to origin. */
export function refuseCycle({ queue, origin, replica }: Replication, way: readonly BrokerRef[]): Refusal {
  const last = way.at(-2) ?? replica;
  const between = way.slice(1, -1).map(({ name }) => name);
  const detour = between.length === 0 ? '' : ` by way of ${between.join(' and ')}`;
  return refuse(
    'cycle',
    `${origin.name} already replicates "${queue}" from ${replica.name}${detour}: the messages would go round`,
    `Stop that first: ${command('stop', { queue, origin: last === replica ? undefined : last, replica: origin })}.`,
  );
}

export function refuseElsewhere({ queue, replica }: Replication, here: ReplicaView): Refusal {
  const [bridge] = here.bridges;
  const link = bridge && linkOf(here, bridge);
  const from = link === undefined ? 'another broker' : `${formatMember(link)} (link ${link.state})`;
  return refuse(
    'replicated-from-elsewhere',
    `${replica.name} replicates "${queue}" from ${from} already`,
    `Stop that first: ${command('stop', { queue, replica })}, and empty the replica queue.`,
  );
}

export function refuseUnfinished(
  { queue, origin, replica }: Replication,
  here: QueueView,
  cause: string | undefined,
): Refusal {
  return refuse(
    'unfinished-replicator',
    `an earlier replication of "${queue}" on ${replica.name} is broken${cause === undefined ? '' : `: ${cause}`}; ` +
      `the replica queue holds ${here.depth.toLocaleString('en-US')} messages`,
    `Rebuild it, which moves them aside: ${command('rebuild', { queue, origin, replica })}.`,
  );
}

/** Whether one more would leave none for anybody else. A limit of 0 is none. */
export function lacksConnections(limit: number, open: number): boolean {
  return limit > 0 && open + 2 > limit;
}

/** At the limit nobody can log in any more, not even to undo: one connection is kept free. */
export function refuseConnections(broker: BrokerRef, view: BrokerView, open: number): Refusal | undefined {
  const limit = view.connectionLimit;
  if (!lacksConnections(limit, open)) return undefined;
  return refuse(
    'connection-limit',
    `${broker.name} has ${open} of ${limit} connections in use, and a replication takes one more`,
    `Raise max-connections in the qpidd.conf of ${broker.name}, or close connections.`,
  );
}

/**
 * A verb that has met a danger does nothing, unless it has been accepted by name. `seen` is what was observed, as a
 * clause without its full stop.
 */
export function refuseDanger(id: DangerId, seen: string, accepted: Accepted): Refusal | undefined {
  if (accepted.has(id)) return undefined;
  const { risk, instead } = dangers[id];
  const advice = `${instead} Or accept the danger: ${flagOf(id)}.`;
  return { code: 'danger', danger: id, message: `${seen}. ${risk}`, advice };
}

/** A run that creates the replica queue anew was broken off, and has put the messages elsewhere meanwhile. */
export function refuseHalfMade({ queue, replica }: Pick<Replication, 'queue' | 'replica'>): Refusal {
  return refuse(
    'half-made',
    `messages of "${queue}" on ${replica.name} may be in the queue "${queue}~usable", for a run that creates the queue anew is under way, or was broken off`,
    `Repeat the command that was broken off, or complete it: ${command('stop', { queue, replica, keepUsable: true })}.`,
  );
}
