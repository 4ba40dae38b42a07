/** Moves the work from an origin to its replica. */
import { BrokerError } from '../amqp/broker-error';
import { refuseActive } from './activity';
import type { Intent } from './change/holding-queue';
import {
  abandon,
  begin,
  finish,
  type Readiness,
  readyToRecreate,
  recreationOf,
  whatIsLeft,
} from './change/keep-usable';
import { lookOnceMore } from './change/last-look';
import type { Recreation } from './change/recreate';
import { limitsOf } from './change/replica-queue';
import { drain, type Mark, missedSince } from './compare/drain';
import type { EngineContext, FailedOutcome, Refusal, Replication, StopOutcome } from './contract';
import type { Accepted } from './dangers';
import { messages } from './judge/verdict';
import type { Observation } from './observe/observation';
import { observeReplica } from './observe/observe';
import { type QueueDetails, queueDetails } from './observe/queue-details';
import { deadlineIn, stopIfCancelled } from './patience';
import { isFromOrigin } from './preconditions';
import { refuse, refuseBackup, refuseDanger, refuseElsewhere, refuseNames } from './refusals';
import { askOrigin } from './status';
import { stop } from './stop';

export interface CutoverOptions {
  readonly accepted: Accepted;
}

export type CutoverOutcome =
  | {
      readonly kind: 'cut-over';
      /** Messages on both queues when they were found equal; undefined where they were not compared in this run. */
      readonly count: number | undefined;
      /** What an operator has to see to, as sentences. */
      readonly warnings: readonly string[];
      readonly done: readonly string[];
    }
  /** Nothing replicates the queue, and nothing was left to be completed: perhaps it was cut over before. */
  | { readonly kind: 'not-running' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | FailedOutcome;

interface Run {
  readonly replication: Replication;
  readonly context: EngineContext;
  readonly accepted: Accepted;
  readonly intent: Intent;
  readonly bench: Recreation;
}

/**
 * Refuses while clients work with the origin, waits until both queues are equal, stops the replication, and creates
 * the queue of the replica anew, so that it may be an origin. The queue on the origin broker stays as it is.
 * Repeatable: what an earlier run has left half-made is completed.
 */
export function cutover(
  replication: Replication,
  context: EngineContext,
  options: CutoverOptions,
): Promise<CutoverOutcome> {
  return cutOver(replication, context, options, 'cutover');
}

/** With the intent `reverse` the empty holding queue stays, as the sign that there is more to do. */
export async function cutOver(
  replication: Replication,
  context: EngineContext,
  { accepted }: CutoverOptions,
  intent: Intent,
): Promise<CutoverOutcome> {
  const named = refuseNames(replication);
  if (named !== undefined) return { kind: 'refused', refusal: named };
  const done: string[] = [];
  let bench: Recreation | undefined;
  try {
    const connection = await context.connection(replication.replica);
    bench = recreationOf(replication, connection, context, done);
    return await run({ replication, context, accepted, intent, bench });
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    const left = [
      ...(await lookOnceMore(replication, context)),
      ...(bench === undefined ? [] : await whatIsLeft(bench)),
    ];
    return { kind: 'failed', error, done, undone: [], left };
  }
}

async function run(run: Run): Promise<CutoverOutcome> {
  const { replication, context, accepted, intent, bench } = run;
  const { queue, replica } = replication;
  context.onEvent({ type: 'look', broker: replica.name, text: 'looking at both brokers' });
  const seen = await observe(replication, context, bench);
  const unfit = refuseBackup(replica, seen.replica.view) ?? refuseOther(replication, seen);
  if (unfit !== undefined) return { kind: 'refused', refusal: unfit };
  const readiness = await readyToRecreate({ queue, replica, accepted, intent }, bench.connection);
  if (readiness.kind === 'refused') return readiness;
  if (readiness.kind === 'nothing') return { kind: 'refused', refusal: missing(queue, replica.name) };
  const { bridges, replicator } = seen.replica.view;
  const running = bridges.length > 0 || replicator === 'present';
  if (!running && readiness.kind === 'ready') return { kind: 'not-running' };
  const compared = running ? await compare(run, seen) : undefined;
  if (compared?.kind === 'refused') return compared;
  stopIfCancelled(context.signal, replica.name, `cutting "${queue}" over`);
  await begin(bench, readiness);
  const stopped = await stop(replication, context);
  if (stopped.kind === 'refused' || stopped.kind === 'failed') return giveUp(run, readiness, stopped);
  if (stopped.kind === 'stopped') bench.done.push(...stopped.removed.map((piece) => `deleted the ${piece}`));
  return complete(run, compared);
}

async function observe(
  replication: Replication,
  context: EngineContext,
  bench: Recreation,
): Promise<Observation> {
  const { queue, origin, replica, linkAddress } = replication;
  const view = await observeReplica(bench.connection, queue);
  return {
    queue,
    replica: { broker: replica, view },
    origin: await askOrigin(origin, queue, context),
    linkAddress,
  };
}

function refuseOther(replication: Replication, seen: Observation): Refusal | undefined {
  const { view } = seen.replica;
  return view.bridges.length > 0 && !isFromOrigin(replication, seen)
    ? refuseElsewhere(replication, view)
    : undefined;
}

function missing(queue: string, broker: string): Refusal {
  return refuse('no-replica-queue', `${broker} has no queue "${queue}"`, 'Check the names.');
}

type Compared =
  | {
      readonly kind: 'compared';
      readonly count: number | undefined;
      readonly mark: Mark | undefined;
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** That both queues hold the same, and that nobody works with the origin; or that the operator does without. */
async function compare(run: Run, seen: Observation): Promise<Compared> {
  const { replication, context, accepted, intent } = run;
  const { queue, origin } = replication;
  if (seen.origin?.view === undefined) return withoutOrigin(run, seen);
  const connection = await context.connection(origin);
  const active = await refuseActive({ connection, broker: origin.name, queue }, accepted, context.signal);
  if (active !== undefined) return { kind: 'refused', refusal: active };
  const patience = deadlineIn(context.deadline);
  const drained = await drain(replication, context, patience, accepted.has('producers-active'));
  if (drained.kind === 'equal') {
    const { count, inHand, mark } = drained;
    const text = `Consumers of ${origin.name} have ${messages(inHand)} in hand: the replica delivers them once more.`;
    return { kind: 'compared', count, mark, warnings: inHand === 0 ? [] : [text] };
  }
  const { code, message } = drained.refusal;
  if (code !== 'queues-differ') return drained;
  const clause = message.replace(/\.$/, '');
  const refusal = refuseDanger('queues-differ', clause, accepted);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  const warning = `${message} The messages of ${intent === 'reverse' ? 'the replica' : replication.replica.name} count from now on.`;
  return { kind: 'compared', count: undefined, mark: undefined, warnings: [warning] };
}

function withoutOrigin({ replication, accepted, intent }: Run, seen: Observation): Compared {
  const { origin } = replication;
  const error = seen.origin?.error;
  if (intent === 'reverse' && error !== undefined) throw error;
  const why = error?.text ?? error?.kind ?? 'no answer';
  const refusal = refuseDanger('origin-unreachable', `${origin.name} could not be asked: ${why}`, accepted);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  const warning = `${origin.name} could not be asked: what the replica had not received is not on it.`;
  return { kind: 'compared', count: undefined, mark: undefined, warnings: [warning] };
}

/** The replication has been stopped, now or by an earlier run. */
async function complete(
  { replication, context, intent, bench }: Run,
  compared: Extract<Compared, { kind: 'compared' }> | undefined,
): Promise<CutoverOutcome> {
  // The queue that is created anew counts from the beginning.
  const here = await queueDetails(bench.connection, bench.queue);
  const twice = await finish(bench, intent === 'reverse');
  const left = await originLeft(replication, context, compared?.mark, here);
  return {
    kind: 'cut-over',
    count: compared?.count,
    warnings: [...(compared?.warnings ?? []), ...left, ...twice],
    done: bench.done,
  };
}

/** What of the origin an operator has to see to, at the last moment: who still sends there does not know better. */
async function originLeft(
  { queue, origin, replica }: Replication,
  context: EngineContext,
  mark: Mark | undefined,
  here: QueueDetails | undefined,
): Promise<readonly string[]> {
  let there: QueueDetails | undefined;
  try {
    there = await queueDetails(await context.connection(origin), queue);
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
  }
  if (there === undefined) return [];
  const late = mark === undefined || here === undefined ? 0 : missedSince(mark, there, here);
  const limits = limitsOf(there.arguments);
  return [
    ...(late === 0
      ? []
      : [
          `${messages(late)} came to ${origin.name} after the queues were found equal: they are only there, as is what comes from now on.`,
        ]),
    ...(limits.length === 0
      ? []
      : [`"${queue}" on ${replica.name} has no limits. On ${origin.name} it has ${limits.join(', ')}.`]),
    ...(there.bindings > 1
      ? [
          `"${queue}" is bound to exchanges on ${origin.name}: see whether ${replica.name} needs those bindings.`,
        ]
      : []),
  ];
}

/** Nothing has been moved yet. */
async function giveUp(
  { bench }: Run,
  readiness: Readiness,
  outcome: Extract<StopOutcome, { kind: 'refused' | 'failed' }>,
): Promise<CutoverOutcome> {
  const untouched = readiness.kind === 'ready' && (outcome.kind === 'refused' || outcome.done.length === 0);
  const left = untouched ? await abandon(bench) : await whatIsLeft(bench);
  if (outcome.kind === 'refused') return outcome;
  return { ...outcome, done: [...bench.done, ...outcome.done], left: [...outcome.left, ...left] };
}
