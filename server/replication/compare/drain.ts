/** Waits until a replica is equal to its origin. */
import type { EngineContext, Refusal } from '../contract';
import { messages } from '../judge/verdict';
import { type QueueDetails, queueDetails } from '../observe/queue-details';
import { type Deadline, deadlineIn, pause, stopIfCancelled } from '../patience';
import { refuse } from '../refusals';
import { type VerifyOutcome, type VerifyTarget, verifyUntil } from '../verify';

export type Drained =
  | {
      readonly kind: 'equal';
      /** Messages on both. */
      readonly count: number;
      /** Messages that consumers of the origin have in hand: the replica has them too. */
      readonly inHand: number;
      readonly mark: Mark;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Counters of the moment before the queues were found equal. */
export interface Mark {
  readonly originEnqueued: number;
  readonly replicaEnqueued: number;
}

/**
 * Throws `BrokerError`. Refuses when the time is over. `whileSending`: it is enough that all has been copied but for
 * what came within the last moments.
 */
export async function drain(
  target: VerifyTarget,
  context: EngineContext,
  deadline: Deadline,
  whileSending = false,
): Promise<Drained> {
  const { queue, origin, replica } = target;
  const [there, here] = await Promise.all([context.connection(origin), context.connection(replica)]);
  let first: QueueDetails | undefined;
  let seen: VerifyOutcome | undefined;
  for (let wait = 50; ; wait = Math.min(2 * wait, 500)) {
    stopIfCancelled(context.signal, replica.name, `waiting until "${queue}" is equal on both`);
    const copies = await queueDetails(here, queue);
    const originals = await queueDetails(there, queue);
    if (originals === undefined) return missing(queue, origin.name);
    if (copies === undefined) return missing(queue, replica.name);
    first ??= originals;
    const text = `waiting for ${messages(originals.depth)} to be equal; there are ${copies.depth.toLocaleString('en-US')}`;
    context.onEvent({ type: 'look', broker: replica.name, text });
    if (originals.depth === copies.depth || whileSending) {
      seen = await verifyUntil(target, context, deadlineIn(0));
      if (seen.kind === 'equal' && (seen.onTheWay === 0 || whileSending)) {
        const mark = { originEnqueued: originals.enqueued, replicaEnqueued: copies.enqueued };
        return { kind: 'equal', count: seen.count + seen.inHand, inHand: seen.inHand, mark };
      }
    } else {
      seen = undefined;
    }
    if (deadline.left() === 0)
      return { kind: 'refused', refusal: late(target, seen, first, originals, copies) };
    await pause(Math.min(wait, deadline.left()), context.signal);
  }
}

/** Messages that came to the origin after the mark, and that the replica has not got. */
export function missedSince(mark: Mark, there: QueueDetails, here: QueueDetails): number {
  const sent = there.enqueued - mark.originEnqueued;
  return Math.max(0, sent - (here.enqueued - mark.replicaEnqueued));
}

function missing(queue: string, broker: string): Drained {
  const refusal = refuse('no-origin-queue', `${broker} has no queue "${queue}"`, 'Check the names.');
  return { kind: 'refused', refusal };
}

function late(
  { queue, origin, replica }: VerifyTarget,
  seen: VerifyOutcome | undefined,
  first: QueueDetails,
  there: QueueDetails,
  here: QueueDetails,
): Refusal {
  const both = `"${queue}" on ${origin.name} and ${replica.name}`;
  if (seen?.kind === 'different') {
    return refuse(
      'queues-differ',
      `${both} are different: ${seen.difference}`,
      'Look at the status for the cause.',
    );
  }
  const came = there.enqueued - first.enqueued;
  const went = there.dequeued - first.dequeued;
  const depths = `there are ${messages(there.depth)} on the origin and ${messages(here.depth)} on the replica`;
  if (came === 0 && went === 0) {
    return refuse(
      'not-drained',
      `${both} did not become equal: ${depths}`,
      'Look at the status for the cause, or allow more time.',
    );
  }
  return refuse(
    'not-drained',
    `${both} did not become equal, for the origin keeps moving: ${messages(came)} came and ${messages(went)} went meanwhile; ${depths}`,
    'Stop the producers and consumers of the origin, or allow more time.',
  );
}
