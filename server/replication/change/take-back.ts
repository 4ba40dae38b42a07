/** Undoes a start that failed or was cancelled, and says what could not be undone. */
import { BrokerError, type BrokerErrorKind } from '../../amqp/broker-error';
import { addressesOf } from '../addresses';
import type { EngineContext, Replication } from '../contract';
import { messages } from '../judge/verdict';
import { observeQueue, observeReplica, type QueueView } from '../observe/observe';
import { type Deadline, deadlineIn, within } from '../patience';
import { deleteUnusedQueue } from './actions';
import { lookOnceMore } from './last-look';
import { type Removal, removeReplicator } from './remove';

/** What a start has changed so far, noted as it happens. */
export interface Begun {
  /** Each change, in words. */
  readonly done: string[];
  /** What was left over from before is being removed. */
  cleaning: boolean;
  /** Set before a queue is asked for, like `replicated`: without an answer it may have been done all the same. */
  creating: boolean;
  /** The replica queue, as it was right after we created it. */
  createdQueue: QueueView | undefined;
  /** The origin queue before `replicate`. */
  originQueue: QueueView | undefined;
  replicated: boolean;
}

export function nothingBegun(): Begun {
  return {
    done: [],
    cleaning: false,
    creating: false,
    createdQueue: undefined,
    originQueue: undefined,
    replicated: false,
  };
}

/** Answers of a broker that has not done what it was asked for. */
const declining: ReadonlySet<BrokerErrorKind> = new Set([
  'forbidden',
  'not-found',
  'duplicate',
  'ha-off',
  'invalid-url',
  'limit',
  'exception',
]);

export function isDeclined(error: unknown): boolean {
  return error instanceof BrokerError && declining.has(error.kind);
}

export interface TakenBack {
  readonly undone: readonly string[];
  readonly left: readonly string[];
}

/** Milliseconds for taking back, also after a cancellation. */
const patience = 5000;

/** Never throws, never takes longer than its own deadline. */
export async function takeBack(
  replication: Replication,
  context: EngineContext,
  begun: Begun,
): Promise<TakenBack> {
  const undone: string[] = [];
  if (begun.cleaning) return { undone, left: await lookOnceMore(replication, context) };
  if (!begun.replicated && !begun.creating) return { undone, left: [] };
  const deadline = deadlineIn(patience);
  try {
    const left = await within(deadline, undo(replication, context, begun, undone, deadline));
    if (left !== undefined) return { undone, left };
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
  }
  const { queue, replica } = replication;
  const all = [
    ...(begun.replicated ? [`the replicator of "${queue}"`] : []),
    ...(begun.creating ? [`the queue "${queue}"`] : []),
  ];
  const text = `${replica.name} did not answer while it was taken back: perhaps`;
  return { undone, left: [`${text} ${all.join(' and ')}`] };
}

async function undo(
  replication: Replication,
  context: EngineContext,
  begun: Begun,
  undone: string[],
  deadline: Deadline,
): Promise<readonly string[]> {
  const { queue, origin, replica, linkAddress } = replication;
  const removal: Removal = {
    connection: await context.connection(replica),
    broker: replica.name,
    onEvent: (event) => context.onEvent(event),
    queue,
    originAddresses: addressesOf({ origin, linkAddress }),
    deadline,
    removed: undone,
  };
  const left = begun.replicated ? await removeReplicator(removal) : [];
  const { queue: here, bridges, replicator } = await observeReplica(removal.connection, queue);
  if (here === undefined) return left;
  const inUse = left.length > 0 || bridges.length > 0 || replicator !== 'absent';
  const name = `the queue "${queue}" on ${replica.name}`;
  if (!inUse && (await mayDelete(replication, context, begun, here, deadline))) {
    const kept = await deleteQueue(removal);
    return kept === undefined ? left : [...left, `${name}, for it could not be deleted: ${kept}`];
  }
  if (begun.creating) return [...left, `${name} with ${messages(here.depth)}`];
  return here.depth === 0 ? left : [...left, `${messages(here.depth)} copied into ${name}`];
}

/** Why it could not be deleted; undefined when it was. */
async function deleteQueue(removal: Removal): Promise<string | undefined> {
  try {
    await deleteUnusedQueue(removal, removal.queue);
    removal.removed.push(`queue "${removal.queue}"`);
    return undefined;
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return error.text ?? error.kind;
  }
}

/**
 * The queue is ours, nobody else uses it, and every message in it is a copy of one that the origin had: an origin
 * that has died since may leave the only copy here.
 */
async function mayDelete(
  { queue, origin }: Replication,
  context: EngineContext,
  { createdQueue, originQueue }: Begun,
  here: QueueView,
  deadline: Deadline,
): Promise<boolean> {
  if (createdQueue === undefined || here.created !== createdQueue.created) return false;
  if (here.bindings > 1 || here.consumers > 0) return false;
  if (here.enqueued === 0) return true;
  const look = async () => observeQueue(await context.connection(origin), queue);
  const there = await within(deadlineIn(deadline.left() / 2), look().catch(nothing));
  if (there === undefined || originQueue === undefined || there.created !== originQueue.created) return false;
  return here.enqueued <= originQueue.depth + there.enqueued - originQueue.enqueued;
}

function nothing(error: unknown): undefined {
  if (!(error instanceof BrokerError)) throw error;
  return undefined;
}
