/** Watches a replication until the replica has what the origin has, or until it is clear that it never will. */
import { BrokerError } from '../amqp/broker-error';
import type { EngineContext, Replication, ReplicationState, ReplicationStatus } from './contract';
import { classify } from './judge/classify';
import { type Observation, type ObservedOrigin, subscriptionOf } from './observe/observation';
import { type OriginView, observeOrigin, observeReplica } from './observe/observe';
import { type Deadline, deadlineIn, pause, stopIfCancelled } from './patience';

export interface BothSeen extends Observation {
  readonly origin: ObservedOrigin & { readonly view: OriginView };
}

/** A look at both brokers, which must both answer. Throws `BrokerError`. */
export async function observeBoth(
  { queue, origin, replica, linkAddress }: Replication,
  context: EngineContext,
): Promise<BothSeen> {
  const [here, there] = await Promise.all([context.connection(replica), context.connection(origin)]);
  const replicaView = await observeReplica(here, queue);
  const originView = await observeOrigin(there, queue);
  return {
    queue,
    replica: { broker: replica, view: replicaView },
    origin: { broker: origin, view: originView, error: undefined },
    linkAddress,
  };
}

/** States from which a replication does not come into step by itself. */
const hopeless: ReadonlySet<ReplicationState> = new Set([
  'absent',
  'failed',
  'half-stopped',
  'doubled',
  'stale',
  'origin-without-ha',
]);

/**
 * Milliseconds for which a replication may look hopeless: others that start it at the same time leave links for a
 * moment, and a look that falls in the middle of a change sees half of it.
 */
const settling = 300;

/** Milliseconds without any change after which a replication counts as stuck: two retries of a link. */
const standstill = 6000;

/**
 * Resolves with the status once the replica is in step, or when the deadline passes while messages still arrive.
 * Throws `BrokerError` when that cannot be expected any more, or the verb was cancelled.
 */
export async function converge(
  replication: Replication,
  context: EngineContext,
  deadline: Deadline,
): Promise<ReplicationStatus> {
  const { queue, replica } = replication;
  const { signal } = context;
  let previous: Observation | undefined;
  let quiet = deadlineIn(standstill);
  let hopeful = deadlineIn(settling);
  for (let wait = 5; ; wait = Math.min(2 * wait, 200)) {
    stopIfCancelled(signal, replica.name, `starting to replicate "${queue}"`);
    const observation = await observeBoth(replication, context);
    const seen = classify(observation, previous);
    if (seen.state === 'in-step') return seen;
    if (!hopeless.has(seen.state)) hopeful = deadlineIn(settling);
    else if (hopeful.left() === 0) throw hopelessError(replication, seen);
    report(seen, context, standstill - quiet.left());
    if (previous === undefined || fingerprint(previous) !== fingerprint(observation)) {
      quiet = deadlineIn(standstill);
    }
    if (deadline.left() === 0 && isFlowing(observation) && quiet.left() > 0) return seen;
    if (deadline.left() === 0 || quiet.left() === 0) throw stuckError(replication, seen);
    previous = observation;
    await pause(Math.min(wait, deadline.left()), signal);
  }
}

/** Everything whose change is a sign of life. */
function fingerprint(observation: Observation): string {
  const here = observation.replica.view;
  const there = observation.origin?.view;
  return JSON.stringify([
    here.links.map(({ name, state, host, port, lastError, opened }) => [
      name,
      state,
      host,
      port,
      lastError,
      opened,
    ]),
    here.queue?.enqueued,
    here.queue?.dequeued,
    there?.subscriptions.length,
  ]);
}

/** Everything is in place, and only messages are still to be copied. */
function isFlowing(observation: Observation): boolean {
  return subscriptionOf(observation) !== undefined && (observation.replica.view.queue?.enqueued ?? 0) > 0;
}

/** Milliseconds of stillness that are worth a word. */
const noticeable = 1000;

function report(seen: ReplicationStatus, context: EngineContext, still: number): void {
  const { state, originDepth = 0, replicaDepth = 0, replica, cause } = seen;
  if (state === 'catching-up' || (state === 'stalled' && still < noticeable && originDepth > 0)) {
    context.onEvent({ type: 'progress', copied: Math.min(replicaDepth, originDepth), total: originDepth });
  } else {
    const text = cause ?? `waiting for the replica to come into step`;
    context.onEvent({ type: 'look', broker: replica, text });
  }
}

function hopelessError({ queue, origin, replica }: Replication, seen: ReplicationStatus): BrokerError {
  // The origin's not-found makes the replicator destroy itself (QueueReplicator.cpp deletedOnPrimary).
  const vanished = seen.state === 'absent' || seen.state === 'half-stopped';
  return new BrokerError({
    kind: 'exception',
    broker: replica.name,
    step: `starting to replicate "${queue}"`,
    text: seen.cause ?? 'the replicator ended itself',
    advice: vanished
      ? `Check that "${queue}" still exists on ${origin.name} and that nobody else starts or stops it, then start again.`
      : (seen.next ?? 'Start again.'),
  });
}

function stuckError({ queue, replica }: Replication, seen: ReplicationStatus): BrokerError {
  return new BrokerError({
    kind: 'timeout',
    broker: replica.name,
    step: `waiting for the replica of "${queue}" to come into step`,
    text: seen.cause ?? `${seen.lag ?? 0} messages are still missing`,
    advice: seen.next ?? 'Allow more time, or look into the logs of both brokers.',
  });
}
