/** What is wrong beside a replication that does well for now. */
import { warningsOf } from '../change/replica-queue';
import type { ReplicationStatus } from '../contract';
import type { Observation } from '../observe/observation';
import type { LinkView } from '../observe/observe';
import { command } from '../words/command';
import { messages } from './verdict';

interface Note {
  readonly cause: string;
  readonly next?: string;
}

/** `spare`: links that no bridge uses, and that lead to the same origin. */
export function withNotes(
  status: ReplicationStatus,
  observation: Observation,
  spare: readonly LinkView[],
): ReplicationStatus {
  if (status.state !== 'in-step' && status.state !== 'catching-up') return status;
  const notes = [...leftOver(observation, spare), ...taken(observation), ...unfit(observation)];
  if (notes.length === 0) return status;
  const cause = [status.cause ?? [], ...notes.map((note) => note.cause)].flat().join('; ');
  const next = [status.next ?? [], ...notes.map((note) => note.next ?? [])].flat().join(' ');
  return { ...status, cause, next: next === '' ? undefined : next };
}

/** A `replicate` that is declined as a duplicate has made a link all the same (HaBroker.cpp METHOD_REPLICATE). */
function leftOver({ queue, replica, origin }: Observation, spare: readonly LinkView[]): readonly Note[] {
  if (spare.length === 0) return [];
  const start = command('start', { queue, origin: origin?.broker, replica: replica.broker });
  const links =
    spare.length === 1
      ? `a link that no bridge uses is left over on ${replica.broker.name}, and takes up a connection`
      : `${spare.length} links that no bridge uses are left over on ${replica.broker.name}, and take up connections`;
  return [
    {
      cause: links,
      next: `Remove what is left over: ${start}, which leaves alone what runs.`,
    },
  ];
}

/** Milliseconds between the creation of a queue for a replication and its bridge. */
const together = 5000;

/** Counters begin with the queue: only one that was created for this replication tells of its time alone. */
function taken({ queue, replica, origin }: Observation): readonly Note[] {
  const [bridge] = replica.view.bridges;
  const here = replica.view.queue;
  if (bridge === undefined || here === undefined || origin === undefined) return [];
  const count = here.acquired - here.released;
  if (count <= 0 || bridge.created - here.created > BigInt(together) * 1_000_000n) return [];
  const verify = command('verify', { queue, origin: origin.broker, replica: replica.broker });
  return [
    {
      cause: `clients have taken ${messages(count)} from the replica since the replication began, so equal depths do not prove equal content`,
      next: `Compare the messages: ${verify}.`,
    },
  ];
}

/** Messages that find no room end the whole broker (QueueReplicator.cpp route). */
function unfit({ queue, replica, origin }: Observation): readonly Note[] {
  const warnings = warningsOf(queue, replica.broker, replica.view.queue, origin?.view?.queue);
  return warnings.map((warning) => ({ cause: warning.replace(/\.$/, '') }));
}
