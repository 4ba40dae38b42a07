/** Stops a replication, so that nothing of it is left. */
import { BrokerError } from '../amqp/broker-error';
import { addressesOf } from './addresses';
import { lookOnceMore, observationOf } from './change/last-look';
import { type Removal, removeReplicator } from './change/remove';
import type { EngineContext, ReplicationStatus, StopOutcome, StopTarget } from './contract';
import { classify } from './judge/classify';
import { piecesOf, subscriptionOf } from './observe/observation';
import { observeReplica } from './observe/observe';
import { type Deadline, deadlineIn, poll, stopIfCancelled, within } from './patience';
import { refuseBackup } from './refusals';
import { askOrigin } from './status';

/**
 * Looks, deletes what is there, and looks again. The replica broker alone must be reachable. The replica queue and
 * its messages stay. Repeatable; a stop that was interrupted is completed by the next.
 */
export async function stop(target: StopTarget, context: EngineContext): Promise<StopOutcome> {
  const removed: string[] = [];
  try {
    return await stopWith(target, context, removed);
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return { kind: 'failed', error, done: removed, undone: [], left: await lookOnceMore(target, context) };
  }
}

async function stopWith(target: StopTarget, context: EngineContext, removed: string[]): Promise<StopOutcome> {
  const { queue, replica } = target;
  const deadline = deadlineIn(context.deadline);
  const connection = await context.connection(replica);
  context.onEvent({ type: 'look', broker: replica.name, text: `looking for replicators of "${queue}"` });
  const view = await observeReplica(connection, queue);
  const refusal = refuseBackup(replica, view);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  if (piecesOf(observationOf(target, view)).length === 0) return { kind: 'not-running' };
  stopIfCancelled(context.signal, replica.name, `stopping "${queue}"`);
  const removal: Removal = {
    connection,
    broker: replica.name,
    onEvent: (event) => context.onEvent(event),
    queue,
    originAddresses: addressesOf({ origin: target.origin, linkAddress: target.linkAddress }),
    deadline,
    removed,
  };
  const left = await removeReplicator(removal);
  if (left.length > 0) {
    return { kind: 'failed', error: notGone(target), done: removed, undone: [], left };
  }
  return { kind: 'stopped', removed, status: await verify(target, context, deadline) };
}

/** Milliseconds for an origin to notice; it takes up to 60. */
const noticing = 3000;

/** Waits for the origin, when it is named and alive, to end its subscription. */
async function verify(
  target: StopTarget,
  context: EngineContext,
  deadline: Deadline,
): Promise<ReplicationStatus> {
  const { queue, replica, origin } = target;
  const view = await observeReplica(await context.connection(replica), queue);
  const alone = classify(observationOf(target, view));
  if (origin === undefined || context.signal.aborted) return alone;
  const patience = deadlineIn(Math.min(deadline.left(), noticing));
  let seen = alone;
  const watch = poll(
    async () => {
      const observation = { ...observationOf(target, view), origin: await askOrigin(origin, queue, context) };
      seen = classify(observation);
      return subscriptionOf(observation) === undefined ? seen : undefined;
    },
    patience,
    context.signal,
  );
  try {
    await within(patience, watch);
  } catch (error) {
    // Cancelled while the origin was asked: the stop itself is done.
    if (!(error instanceof BrokerError)) throw error;
  }
  return seen;
}

function notGone({ queue, replica }: StopTarget): BrokerError {
  return new BrokerError({
    kind: 'timeout',
    broker: replica.name,
    step: `waiting for the replicator of "${queue}" to be gone`,
    text: 'it is still there',
    advice: 'Stop it again; if it persists, look into the log of the broker.',
  });
}
