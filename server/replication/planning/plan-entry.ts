/** The step for one entry of a manifest. */

import { warningsOf } from '../change/replica-queue';
import type {
  EngineContext,
  Refusal,
  Replication,
  ReplicationState,
  ReplicationStatus,
  StopTarget,
} from '../contract';
import type { BothSeen } from '../converge';
import { dangers } from '../dangers';
import { messages } from '../judge/verdict';
import { recreatedArgument } from '../names';
import { type Observation, piecesOf } from '../observe/observation';
import type { Room } from '../observe/room';
import { refuseRound } from '../observe/round';
import { isFromOrigin, refuseBoth } from '../preconditions';
import { refuseCreation, refuseNames } from '../refusals';
import type { Looked } from '../status';
import { command } from '../words/command';
import { describeState } from '../words/describe';
import type { Conflict } from './conflicts';
import type { PlanRequest, PlanStep } from './plan-step';
import type { EntryLook } from './world';

export interface Deciding {
  readonly request: PlanRequest;
  readonly context: EngineContext;
  readonly room: Room;
  /** What other steps of the plan end, before anything is started. */
  readonly stopped: readonly StopTarget[];
  /** Entries that cannot all be true. */
  readonly conflicts: ReadonlyMap<EntryLook, Conflict>;
}

type Part = Partial<PlanStep> & Pick<PlanStep, 'action' | 'reason'>;

export async function decideEntry(entry: EntryLook, deciding: Deciding): Promise<PlanStep> {
  const { replication } = entry.desired;
  const part = await decide(entry, deciding);
  return {
    queue: replication.queue,
    origin: replication.origin.name,
    replica: replication.replica.name,
    state: entry.looked?.status.state,
    changes: [],
    danger: undefined,
    warnings: [],
    next: undefined,
    ...part,
  };
}

async function decide(entry: EntryLook, deciding: Deciding): Promise<Part> {
  const { desired, looked, error } = entry;
  const conflict = deciding.conflicts.get(entry);
  if (conflict !== undefined) return conflict;
  const { replication } = desired;
  if (looked === undefined) {
    const reason = `${replication.replica.name} cannot be asked: ${error?.text ?? error?.kind ?? 'no answer'}`;
    return { action: 'blocked', reason, next: error?.advice };
  }
  return desired.state === 'stopped'
    ? decideStopped(replication, looked, deciding.request)
    : decideRunning(replication, looked, deciding);
}

/** Only this replication is ended: what feeds the same queue from another origin is not meant by the entry. */
function decideStopped(
  replication: Replication,
  { observation, status }: Looked,
  request: PlanRequest,
): Part {
  const pieces = piecesOf(observation);
  const { bridges, ha } = observation.replica.view;
  if (pieces.length === 0) return { action: 'nothing', reason: 'it is stopped, as the manifest wants' };
  const name = replication.replica.name;
  if (bridges.length > 0 && !isFromOrigin(replication, observation)) {
    return { action: 'nothing', reason: status.cause ?? `${name} replicates the queue from elsewhere` };
  }
  // A primary that was a backup has replicators of its own, which the cluster looks after.
  const clusters = bridges.length === 0 && ha?.status === 'active';
  if (clusters || (bridges.length === 0 && isWantedElsewise(replication, request))) {
    return { action: 'nothing', reason: 'no message flows' };
  }
  return {
    action: 'stop',
    reason: `the manifest wants it stopped, and it is ${describeState(status)}`,
    changes: pieces.map((piece) => `delete the ${piece} on ${name}`),
  };
}

function isWantedElsewise({ queue, replica }: Replication, { desired }: PlanRequest): boolean {
  return desired.some(
    ({ replication, state }) =>
      state === 'running' &&
      replication.queue === queue &&
      replication.replica.endpoint.text === replica.endpoint.text,
  );
}

/** What is to be done about each state; undefined: it has to be started, or rebuilt. */
const standing: Readonly<Record<ReplicationState, 'nothing' | 'blocked' | undefined>> = {
  'in-step': 'nothing',
  'catching-up': 'nothing',
  connecting: 'nothing',
  unverified: 'blocked',
  stalled: 'blocked',
  'origin-without-ha': 'blocked',
  absent: undefined,
  failed: undefined,
  'half-stopped': undefined,
  doubled: undefined,
  stale: undefined,
  diverged: undefined,
  'foreign-traffic': 'blocked',
};

async function decideRunning(replication: Replication, looked: Looked, deciding: Deciding): Promise<Part> {
  const { status, observation } = looked;
  const { cause, next, originError, state } = status;
  const reason = cause ?? `it is ${describeState(status)}`;
  const action = originError === undefined ? standing[state] : 'blocked';
  if (action !== undefined) return { action, reason, next };
  if (state === 'absent' && isOrigin(observation)) return handedOver(replication, reason);
  const seen = bothOf(observation);
  if (seen === undefined) return { action: 'blocked', reason: 'the origin cannot be asked', next };
  const refusal = await refuse(replication, seen, deciding);
  if (refusal !== undefined) return blocked(refusal);
  const why = cause === undefined ? `it does not run` : `it is ${state.replaceAll('-', ' ')}: ${cause}`;
  return (seen.replica.view.queue?.depth ?? 0) === 0
    ? startOf(replication, seen, why)
    : rebuildOf(replication, seen, status, why);
}

/** After a cutover the replica queue is where the work is. */
function isOrigin({ replica }: Observation): boolean {
  return recreatedArgument in (replica.view.queue?.arguments ?? {});
}

function handedOver({ queue, origin, replica }: Replication, reason: string): Part {
  const rebuild = command('rebuild', { queue, origin, replica });
  return {
    action: 'blocked',
    reason,
    next: `Take the entry out of the manifest, or turn it round. To make the queue a replica once more: ${rebuild}.`,
  };
}

function bothOf(observation: Observation): BothSeen | undefined {
  const { origin } = observation;
  if (origin?.view === undefined) return undefined;
  return { ...observation, origin: { ...origin, view: origin.view } };
}

/** As `start` would, with what other steps of the plan clear away beforehand taken as cleared. */
async function refuse(
  replication: Replication,
  seen: BothSeen,
  { context, room, stopped }: Deciding,
): Promise<Refusal | undefined> {
  const ended = stopped.filter(({ queue }) => queue === replication.queue);
  const freed = ended.some(({ replica }) => replica.endpoint.text === replication.replica.endpoint.text);
  const unfit = refuseNames(replication) ?? refuseBoth(replication, seen);
  if (unfit !== undefined && !(unfit.code === 'replicated-from-elsewhere' && freed)) return unfit;
  if (seen.replica.view.queue === undefined) {
    const missing = refuseCreation(replication);
    if (missing !== undefined) return missing;
  }
  const round = await refuseRound(replication, context, seen);
  if (round !== undefined && ended.length === 0) return round;
  return room.take(replication);
}

function startOf(replication: Replication, seen: BothSeen, reason: string): Part {
  const { queue, origin, replica } = replication;
  const here = seen.replica.view.queue;
  return {
    action: 'start',
    reason,
    changes: [
      ...piecesOf(seen).map((piece) => `delete the ${piece} on ${replica.name}`),
      ...(here === undefined ? [`create the queue "${queue}" on ${replica.name}, without limits`] : []),
      `replicate "${queue}" from ${origin.name} to ${replica.name}`,
    ],
    warnings: warningsOf(queue, replica, here, seen.origin.view.queue),
  };
}

function rebuildOf(replication: Replication, seen: BothSeen, status: ReplicationStatus, why: string): Part {
  const { queue, origin, replica } = replication;
  const here = seen.replica.view.queue;
  const depth = here?.depth ?? 0;
  const reason = `${why}; the replica queue holds ${messages(depth)}, and only an empty one is a correct start`;
  if (here !== undefined && here.consumers > 0) {
    const { risk, instead } = dangers['replica-consumers'];
    return {
      action: 'blocked',
      reason: `${reason}; clients consume from it`,
      warnings: [risk],
      next: instead,
    };
  }
  return {
    action: 'rebuild',
    reason,
    changes: [
      ...piecesOf(seen).map((piece) => `delete the ${piece} on ${replica.name}`),
      `move ${messages(depth)} of "${queue}" on ${replica.name} aside`,
      `create the queue "${queue}" on ${replica.name} anew, without limits`,
      `replicate "${queue}" from ${origin.name} to ${replica.name}`,
    ],
    danger: 'replaced-content',
    next:
      status.state === 'absent'
        ? undefined
        : `See what differs: ${command('verify', { queue, origin, replica })}.`,
  };
}

function blocked({ message, advice }: Refusal): Part {
  return { action: 'blocked', reason: message.replace(/\.$/, ''), next: advice };
}
