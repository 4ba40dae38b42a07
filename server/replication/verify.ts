/** Whether origin and replica hold the same: message by message, at a moment at which nothing moved. */
import { BrokerError } from '../amqp/broker-error';
import type { BrokerConnection } from '../amqp/contract';
import { argumentDifferences } from './change/replica-queue';
import { type Comparison, compareQueues } from './compare/compare';
import { atRest, type Both, isFair, isRow, undisturbed } from './compare/stillness';
import type { EngineContext, FailedOutcome, Refusal, Replication } from './contract';
import { inHand, type QueueDetails, queueDetails } from './observe/queue-details';
import { type Deadline, deadlineIn, pause, stopIfCancelled } from './patience';
import { refuse } from './refusals';

/** What went through a queue while it was compared. */
export interface Movement {
  readonly enqueued: number;
  readonly dequeued: number;
}

export type VerifyOutcome =
  | {
      readonly kind: 'equal';
      /** Messages compared. */
      readonly count: number;
      readonly inHand: number;
      readonly onTheWay: number;
      readonly unreadable: number;
      /** False where the order of browsing tells nothing, and the messages were compared as a heap. */
      readonly ordered: boolean;
    }
  | {
      readonly kind: 'different';
      /** Messages before the first difference; undefined where only the queues' kinds differ. */
      readonly index: number | undefined;
      /** The first difference, as a clause. */
      readonly difference: string;
      /** Differences between the queues themselves, as sentences. */
      readonly arguments: readonly string[];
    }
  /** Nothing can be said: there was no moment without traffic. `origin` and `replica` tell of the last attempt. */
  | {
      readonly kind: 'moving';
      /** Messages that were equal, from the head on, in the last attempt. */
      readonly count: number;
      readonly attempts: number;
      /** Milliseconds that the last attempt took. */
      readonly window: number;
      readonly origin: Movement;
      readonly replica: Movement;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | FailedOutcome;

export type VerifyTarget = Pick<Replication, 'queue' | 'origin' | 'replica'>;

/** Only looks. A comparison that has begun at rest is finished, the deadline notwithstanding. */
export async function verify(target: VerifyTarget, context: EngineContext): Promise<VerifyOutcome> {
  try {
    return await verifyUntil(target, context, deadlineIn(context.deadline));
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return { kind: 'failed', error, done: [], undone: [], left: [] };
  }
}

/** Milliseconds for which a difference must stand still: a copy may be on its way. */
const settling = 300;

/** Throws `BrokerError`. */
export async function verifyUntil(
  target: VerifyTarget,
  context: EngineContext,
  deadline: Deadline,
): Promise<VerifyOutcome> {
  const { queue, origin, replica } = target;
  const [there, here] = await Promise.all([context.connection(origin), context.connection(replica)]);
  const sides: Sides = { queue, there, here, target, context };
  for (let attempts = 1; ; attempts += 1) {
    stopIfCancelled(context.signal, replica.name, `comparing "${queue}"`);
    const before = await lookAtBoth(sides);
    if ('code' in before) return { kind: 'refused', refusal: before };
    const attempt = await compareOnce(sides, before);
    if (attempt.after === undefined)
      return { kind: 'refused', refusal: missing('no-replica-queue', queue, replica.name) };
    const { comparison } = attempt;
    if (comparison?.equal && attempt.stable) return concluded(comparison, before);
    if (comparison !== undefined && attempt.stable) {
      await pause(settling, context.signal);
      const later = await lookAtBoth(sides);
      if (!('code' in later) && atRest(attempt.after, later)) return concluded(comparison, before);
    }
    if (deadline.left() === 0) return { ...moving(before, attempt), attempts };
    await pause(Math.min(deadline.left(), 50 * attempts, 500), context.signal);
  }
}

interface Sides {
  readonly queue: string;
  readonly there: BrokerConnection;
  readonly here: BrokerConnection;
  readonly target: VerifyTarget;
  readonly context: EngineContext;
}

async function lookAtBoth(sides: Sides): Promise<Both | Refusal> {
  const { queue, target } = sides;
  const here = await queueDetails(sides.here, queue);
  const there = await queueDetails(sides.there, queue);
  if (there === undefined) return missing('no-origin-queue', queue, target.origin.name);
  return here === undefined ? missing('no-replica-queue', queue, target.replica.name) : { there, here };
}

function missing(code: 'no-origin-queue' | 'no-replica-queue', queue: string, broker: string): Refusal {
  return refuse(code, `${broker} has no queue "${queue}"`, 'Check the names.');
}

interface Attempt {
  /** Undefined when it was broken off, for messages moved. */
  readonly comparison: Comparison | undefined;
  readonly after: Both | undefined;
  readonly stable: boolean;
  /** Messages that were equal. */
  readonly count: number;
  /** Milliseconds. */
  readonly window: number;
}

/** Ends a comparison that has become meaningless. */
class Moved extends Error {}

async function compareOnce(sides: Sides, before: Both): Promise<Attempt> {
  const { queue, context, target } = sides;
  const since = performance.now();
  const total = before.there.depth;
  let count = 0;
  const options = {
    inHand: inHand(before.there),
    // What was sent since: the comparison itself finds out whether it is more than that.
    onTheWay: isRow(before.there) ? Number.MAX_SAFE_INTEGER : 0,
    ordered: !isFair(before.there),
    progress: async (compared: number) => {
      count = compared;
      const text = `compared ${compared.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} messages of "${queue}"`;
      context.onEvent({ type: 'look', broker: target.replica.name, text });
      stopIfCancelled(context.signal, target.replica.name, `comparing "${queue}"`);
      const now = await lookAtBoth(sides);
      if ('code' in now || !undisturbed(before, now)) throw new Moved();
    },
  };
  let comparison: Comparison | undefined;
  try {
    comparison = await compareQueues(sides.there, sides.here, queue, options);
  } catch (error) {
    if (!(error instanceof Moved)) throw error;
  }
  const looked = await lookAtBoth(sides);
  const after = 'code' in looked ? undefined : looked;
  const window = Math.round(performance.now() - since);
  if (comparison !== undefined) count = comparison.equal ? comparison.count : comparison.index;
  if (comparison === undefined || after === undefined || !undisturbed(before, after)) {
    return { comparison, after, stable: false, count, window };
  }
  return { ...judge(comparison, before, after, target), after, count, window };
}

/** Whether what was found holds for all that was on both queues before. */
function judge(found: Comparison, before: Both, after: Both, { origin }: VerifyTarget) {
  if (!found.equal || found.onTheWay === 0)
    return { comparison: found, stable: atRest(before, after) || found.equal };
  if (!atRest(before, after)) {
    return { comparison: found, stable: found.onTheWay <= after.there.enqueued - before.there.enqueued };
  }
  // At rest nothing is on its way.
  const difference = `message ${found.count + 1}: only ${origin.name} has it`;
  return { comparison: { equal: false, index: found.count, difference } as const, stable: true };
}

function concluded(comparison: Comparison, { there, here }: Both): VerifyOutcome {
  const differences = argumentDifferences(there, here);
  if (!comparison.equal) {
    const { index, difference } = comparison;
    return { kind: 'different', index, difference, arguments: differences };
  }
  const [first] = differences;
  if (first !== undefined) {
    const difference = 'the messages are equal, and the queues are not of one kind';
    return { kind: 'different', index: undefined, difference, arguments: differences };
  }
  const { count, onTheWay, unreadable } = comparison;
  return {
    kind: 'equal',
    count,
    inHand: comparison.inHand,
    onTheWay,
    unreadable,
    ordered: !isFair(there),
  };
}

function moving(before: Both, { after, count, window }: Attempt) {
  const movement = (was: QueueDetails, is: QueueDetails | undefined): Movement => ({
    enqueued: Math.max(0, (is?.enqueued ?? 0) - was.enqueued),
    dequeued: Math.max(0, (is?.dequeued ?? 0) - was.dequeued),
  });
  return {
    kind: 'moving',
    count,
    window,
    origin: movement(before.there, after?.there),
    replica: movement(before.here, after?.here),
  } as const;
}
