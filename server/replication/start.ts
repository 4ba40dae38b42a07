/** Starts a replication, and believes it when it has seen it on both brokers. */
import { BrokerError } from '../amqp/broker-error';
import { addressesOf, linkUrl } from './addresses';
import { createQueue, replicate, type Workbench } from './change/actions';
import { removeReplicator, removeSpareLinks } from './change/remove';
import { replicaProperties, warningsOf } from './change/replica-queue';
import { type Begun, isDeclined, nothingBegun, takeBack } from './change/take-back';
import type { EngineContext, Refusal, Replication, ReplicationState, StartOutcome } from './contract';
import { type BothSeen, converge, observeBoth } from './converge';
import { classify } from './judge/classify';
import { piecesOf } from './observe/observation';
import { observeQueue, type QueueView } from './observe/observe';
import { type Deadline, deadlineIn, pause, stopIfCancelled } from './patience';
import { isFromOrigin, refuseBoth, refuseContents, refuseRoutes } from './preconditions';
import { refuseContent, refuseElsewhere, refuseLinkAddress, refuseNames } from './refusals';

/** One run of the verb. */
interface Run {
  readonly replication: Replication;
  readonly context: EngineContext;
  readonly deadline: Deadline;
  readonly begun: Begun;
  readonly replica: Workbench;
}

/**
 * Looks, does only what is missing, and looks again until the replica is in step. What has been begun when it fails
 * or is cancelled is taken back. Repeatable: a replication that runs is left alone.
 */
export async function start(replication: Replication, context: EngineContext): Promise<StartOutcome> {
  const named = refuseNames(replication);
  if (named !== undefined) return refused(named);
  const begun = nothingBegun();
  const deadline = deadlineIn(context.deadline);
  try {
    const connection = await context.connection(replication.replica);
    const replica = { connection, broker: replication.replica.name, onEvent: context.onEvent.bind(context) };
    return await run({ replication, context, deadline, begun, replica });
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    const { undone, left } = await takeBack(replication, context, begun);
    if (error.kind === 'invalid-url' && left.length === 0) {
      return refused(refuseLinkAddress(error.text ?? 'the broker does not accept it'));
    }
    return { kind: 'failed', error, done: begun.done, undone, left };
  }
}

async function run(run: Run): Promise<StartOutcome> {
  const { replication, context, deadline, begun, replica } = run;
  context.onEvent({ type: 'look', broker: replica.broker, text: 'looking at both brokers' });
  const seen = await observeBoth(replication, context);
  const unfit = refuseBoth(replication, seen);
  if (unfit !== undefined) return refused(unfit);
  if (running.has(classify(seen).state)) {
    await removeLeftOver(run);
    return alreadyRunning(run);
  }
  const unready = refuseContents(replication, seen) ?? (await refuseRoutes(replication, context, seen));
  if (unready !== undefined) return (await joinRival(run)) ?? refused(unready);
  if (piecesOf(seen).length > 0) {
    const rival = await joinRival(run);
    if (rival !== undefined) return rival;
    await cleanUp(run);
  }
  const prepared = await prepareQueue(run, seen.origin.view.queue);
  if (prepared.refusal !== undefined) return (await joinRival(run)) ?? refused(prepared.refusal);
  const rival = await beginReplicating(run, clusterUrlOf(seen));
  if (rival !== undefined) return rival;
  const status = await converge(replication, context, deadline);
  return {
    kind: 'started',
    createdQueue: begun.createdQueue !== undefined,
    status,
    warnings: warningsOf(replication.queue, replication.replica, prepared.found, seen.origin.view.queue),
  };
}

/** States in which a replication is left to go on. */
const running: ReadonlySet<ReplicationState> = new Set(['connecting', 'catching-up', 'in-step', 'stalled']);

async function alreadyRunning({ replication, context, deadline }: Run): Promise<StartOutcome> {
  return { kind: 'already-running', status: await converge(replication, context, deadline) };
}

/** Links of what was declined before: they carry nothing, and each takes up a connection at both brokers. */
async function removeLeftOver({ replication, deadline, replica }: Run): Promise<void> {
  const { queue, origin, linkAddress } = replication;
  const addresses = addressesOf({ origin, linkAddress });
  await removeSpareLinks({ ...replica, queue, originAddresses: addresses, deadline, removed: [] }, addresses);
}

/** Milliseconds in which a start by somebody else, that we saw half of, shows all its pieces. */
const settling = 100;

/** What looks like a left-over, or like content from before, may be another start of the same, just under way. */
async function joinRival(run: Run): Promise<StartOutcome | undefined> {
  const { replication, context } = run;
  await pause(settling, context.signal);
  const seen = await observeBoth(replication, context);
  if (!running.has(classify(seen).state) || !isFromOrigin(replication, seen)) return undefined;
  return alreadyRunning(run);
}

/** Takes away what an unclean stop has left. */
async function cleanUp({ replication, deadline, begun, replica }: Run): Promise<void> {
  const { queue, origin, linkAddress } = replication;
  const removed: string[] = [];
  let left: readonly string[];
  const originAddresses = addressesOf({ origin, linkAddress });
  begun.cleaning = true;
  try {
    const removal = { ...replica, queue, originAddresses, deadline, removed };
    left = await removeReplicator(removal);
  } finally {
    begun.done.push(...removed.map((piece) => `removed the ${piece}, left over from before`));
  }
  if (left.length === 0) {
    begun.cleaning = false;
    return;
  }
  throw new BrokerError({
    kind: 'timeout',
    broker: replica.broker,
    step: `removing what was left over of "${queue}"`,
    text: `still there: ${left.join(', ')}`,
    advice: 'Start again; if it persists, look into the log of the broker.',
  });
}

interface PreparedQueue {
  readonly refusal?: Refusal | undefined;
  /** The queue that was there before; undefined where it has been created. */
  readonly found?: QueueView | undefined;
}

/** Sees to an empty queue on the replica broker, at the last moment before it is needed. */
async function prepareQueue(
  { replication, context, begun, replica }: Run,
  origin: QueueView | undefined,
): Promise<PreparedQueue> {
  const { queue } = replication;
  stopIfCancelled(context.signal, replica.broker, `starting to replicate "${queue}"`);
  const here = await observeQueue(replica.connection, queue);
  if (here === undefined && origin !== undefined && (await create(replica, begun, queue, origin))) {
    begun.done.push(`created the queue "${queue}"`);
    begun.createdQueue = await observeQueue(replica.connection, queue);
    return {};
  }
  const found = here ?? (await observeQueue(replica.connection, queue));
  return { found, refusal: found && refuseContent(queue, replication.replica, found) };
}

/** False when somebody else has created it since we looked. */
async function create(replica: Workbench, begun: Begun, queue: string, origin: QueueView): Promise<boolean> {
  begun.creating = true;
  try {
    await createQueue(replica, queue, replicaProperties(origin));
    return true;
  } catch (error) {
    begun.creating = !isDeclined(error);
    if (error instanceof BrokerError && error.kind === 'duplicate') return false;
    throw error;
  }
}

function clusterUrlOf({ origin }: BothSeen): string | undefined {
  const { ha } = origin.view;
  return ha?.status === 'standalone' ? undefined : ha?.brokersUrl;
}

/** Undefined when the broker has taken it on; an outcome when somebody else was faster. */
async function beginReplicating(run: Run, clusterUrl: string | undefined): Promise<StartOutcome | undefined> {
  const { replication, context, begun, replica } = run;
  const { queue, origin, linkAddress } = replication;
  const url = linkUrl(origin, linkAddress, clusterUrl);
  if (!url.ok) return refused(refuseLinkAddress(url.reason));
  stopIfCancelled(context.signal, replica.broker, `starting to replicate "${queue}"`);
  begun.originQueue = await observeQueue(await context.connection(origin), queue);
  begun.replicated = true;
  try {
    await replicate(replica, queue, url.url);
  } catch (error) {
    begun.replicated = !isDeclined(error);
    if (!(error instanceof BrokerError) || error.kind !== 'duplicate') throw error;
    return giveWay(run, error);
  }
  begun.done.push(`began to replicate "${queue}" from ${url.url}`);
  return undefined;
}

/** A declined duplicate has made a link all the same (HaBroker.cpp METHOD_REPLICATE): it is removed again. */
async function giveWay(run: Run, error: BrokerError): Promise<StartOutcome> {
  const { replication, context } = run;
  await removeLeftOver(run);
  const joined = await joinRival(run);
  if (joined !== undefined) return joined;
  const seen = await observeBoth(replication, context);
  if (seen.replica.view.bridges.length === 0 || isFromOrigin(replication, seen)) throw error;
  return refused(refuseElsewhere(replication, seen.replica.view));
}

function refused(refusal: Refusal): StartOutcome {
  return { kind: 'refused', refusal };
}
