/** The cure for a replica that is stale or corrupt: its content goes aside, and all is copied anew. */
import { BrokerError } from '../amqp/broker-error';
import { refuseClients } from './activity';
import { type Aside, discard, moveAside } from './change/aside-queue';
import { findHolding } from './change/holding-queue';
import { recreationOf } from './change/keep-usable';
import { lookOnceMore } from './change/last-look';
import { deleteEmptyQueue } from './change/queue-actions';
import type { Recreation } from './change/recreate';
import { argumentDifferences, hasLimits, limitsOf } from './change/replica-queue';
import { untilStored } from './change/until-stored';
import type {
  EngineContext,
  FailedOutcome,
  Refusal,
  Replication,
  ReplicationStatus,
  StartOutcome,
} from './contract';
import { type BothSeen, observeBoth } from './converge';
import type { Accepted } from './dangers';
import { classify } from './judge/classify';
import { messages } from './judge/verdict';
import { recreatedArgument } from './names';
import { piecesOf } from './observe/observation';
import { othersReplicating } from './observe/observe';
import { queueDetails } from './observe/queue-details';
import { deadlineIn, stopIfCancelled } from './patience';
import { refuseBoth, refuseRoutes } from './preconditions';
import { refuse, refuseCreation, refuseHalfMade, refuseNames } from './refusals';
import { start } from './start';
import { stop } from './stop';
import { verifyUntil } from './verify';

export interface RebuildOptions {
  readonly accepted: Accepted;
  /** Delete the old content instead of moving it aside: the danger `discard-content`, accepted. */
  readonly discard: boolean;
}

export type RebuildOutcome =
  | {
      readonly kind: 'rebuilt';
      /** What became of the old content. */
      readonly aside: Aside;
      readonly status: ReplicationStatus;
      readonly warnings: readonly string[];
      /** What is not as it was, as sentences. */
      readonly notices: readonly string[];
      readonly done: readonly string[];
    }
  /** In step, and equal message by message: there is nothing to cure. */
  | { readonly kind: 'healthy'; readonly count: number; readonly status: ReplicationStatus }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | (FailedOutcome & { readonly aside: Aside | undefined });

interface Run {
  readonly replication: Replication;
  readonly context: EngineContext;
  readonly options: RebuildOptions;
  readonly bench: Recreation;
  aside: Aside | undefined;
  /** The queue for the old content, known before anything is moved there. */
  asideName: string | undefined;
}

/**
 * Repeatable: what an earlier run has done is not done again. No message is deleted unless `discard` says so, and a
 * replica that is equal to its origin is left alone.
 */
export async function rebuild(
  replication: Replication,
  context: EngineContext,
  options: RebuildOptions,
): Promise<RebuildOutcome> {
  const named = refuseNames(replication);
  if (named !== undefined) return { kind: 'refused', refusal: named };
  const done: string[] = [];
  let run: Run | undefined;
  try {
    const connection = await context.connection(replication.replica);
    const bench = recreationOf(replication, connection, context, done);
    run = { replication, context, options, bench, aside: undefined, asideName: undefined };
    return await cure(run);
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    const left = [...(await lookOnceMore(replication, context)), ...contentLeft(run)];
    return { kind: 'failed', error, done, undone: [], left, aside: run?.aside };
  }
}

async function cure(run: Run): Promise<RebuildOutcome> {
  const { replication, context, bench } = run;
  const { queue, replica } = replication;
  context.onEvent({ type: 'look', broker: replica.name, text: 'looking at both brokers' });
  const seen = await observeBoth(replication, context);
  const healthy = await soundAlready(run, seen);
  if (healthy !== undefined) return healthy;
  const refusal = await refuseToRebuild(replication, context, run.options.accepted, seen);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  stopIfCancelled(context.signal, replica.name, `rebuilding "${queue}"`);
  const stopped = await stop(replication, context);
  if (stopped.kind === 'refused') return stopped;
  if (stopped.kind === 'failed') return { ...stopped, aside: undefined };
  if (stopped.kind === 'stopped') bench.done.push(...stopped.removed.map((piece) => `deleted the ${piece}`));
  const rememberName = (name: string) => {
    run.asideName = name;
  };
  const aside = await (run.options.discard ? discard(bench) : moveAside(bench, rememberName));
  if (aside === undefined) throw refilled(replication);
  run.aside = aside;
  const notices = await dropUnfit(run, seen, aside);
  return concluded(run, aside, await start(replication, context), notices);
}

/** Undefined unless the replication is in step and both queues have been seen to be equal. */
async function soundAlready(
  { replication, context }: Run,
  seen: BothSeen,
): Promise<RebuildOutcome | undefined> {
  const status = classify(seen);
  if (status.state !== 'in-step') return undefined;
  const compared = await verifyUntil(replication, context, deadlineIn(0));
  return compared.kind === 'equal' ? { kind: 'healthy', count: compared.count, status } : undefined;
}

/** What speaks against a rebuild, before anything is changed. Throws `BrokerError`. */
async function refuseToRebuild(
  replication: Replication,
  context: EngineContext,
  accepted: Accepted,
  seen: BothSeen,
): Promise<Refusal | undefined> {
  const { queue, replica } = replication;
  const unfit = refuseBoth(replication, seen);
  if (unfit !== undefined) return unfit;
  const connection = await context.connection(replica);
  if ((await findHolding(connection, queue)) !== 'none') return refuseHalfMade(replication);
  if (piecesOf(seen).length === 0) {
    const routes = await refuseRoutes(replication, context, seen);
    if (routes !== undefined) return routes;
  }
  const here = await queueDetails(connection, queue);
  if (here === undefined) return refuseCreation(replication);
  const clients = await refuseClients(replication, context, accepted);
  if (clients !== undefined) return clients;
  const others = await othersReplicating(connection, queue);
  return refuseSubscribers(replication, others.length);
}

function refuseSubscribers({ queue, replica }: Replication, count: number): Refusal | undefined {
  if (count === 0) return undefined;
  return refuse(
    'queue-in-use',
    `another broker replicates "${queue}" from ${replica.name}, and would lose its copies`,
    'Stop that replication first, and rebuild it afterwards.',
  );
}

/**
 * An empty queue that is of another kind than the origin, or has limits at which it would take its broker down, is
 * deleted, so that the start creates the right one; so is one that was made an origin. One that is bound stays: its
 * bindings are somebody's work.
 */
async function dropUnfit(
  { replication, bench }: Run,
  seen: BothSeen,
  aside: Aside,
): Promise<readonly string[]> {
  const { queue, create } = replication;
  const here = await queueDetails(bench.connection, queue);
  const there = seen.origin.view.queue;
  if (here === undefined || there === undefined || create === 'never') return [];
  if (here.bindings > 1 || here.alternateExchange !== undefined) {
    return recreatedArgument in here.arguments ? [stillMarked(replication)] : [];
  }
  const fit = !hasLimits(here.arguments) && !(recreatedArgument in here.arguments);
  if (fit && argumentDifferences(there, here).length === 0) return [];
  if (aside.queue !== undefined) await untilStored(bench, aside.queue);
  if ((await deleteEmptyQueue(bench, queue)) !== 'deleted') return [];
  bench.done.push(`deleted the empty queue "${queue}", which was unfit for a replica`);
  const limits = limitsOf(here.arguments);
  return limits.length === 0
    ? []
    : [
        `"${queue}" on ${bench.broker} was created anew, as a replica without limits. It had ${limits.join(', ')}.`,
      ];
}

function stillMarked({ queue, replica }: Replication): string {
  return `"${queue}" on ${replica.name} is bound to exchanges, or has an alternate exchange, and so was not created anew. It still counts as made an origin: once the replication is stopped, no plan starts it again, only rebuild.`;
}

function concluded(
  { bench }: Run,
  aside: Aside,
  outcome: StartOutcome,
  notices: readonly string[],
): RebuildOutcome {
  const { done } = bench;
  switch (outcome.kind) {
    case 'started':
      return { kind: 'rebuilt', aside, status: outcome.status, warnings: outcome.warnings, notices, done };
    case 'already-running':
      return { kind: 'rebuilt', aside, status: outcome.status, warnings: [], notices, done };
    case 'refused': {
      const { message, advice } = outcome.refusal;
      const error = new BrokerError({
        kind: 'exception',
        broker: bench.broker,
        step: `starting to replicate "${bench.queue}" again`,
        text: message.replace(/\.$/, ''),
        advice,
      });
      return { kind: 'failed', error, done, undone: [], left: asideLeft(bench, aside), aside };
    }
    case 'failed':
      return {
        ...outcome,
        done: [...done, ...outcome.done],
        left: [...outcome.left, ...asideLeft(bench, aside)],
        aside,
      };
  }
}

function contentLeft(run: Run | undefined): readonly string[] {
  if (run?.aside !== undefined) return asideLeft(run.bench, run.aside);
  if (run?.asideName === undefined) return [];
  return [`messages of before in the queue "${run.asideName}" on ${run.bench.broker}`];
}

function asideLeft({ broker }: Recreation, { queue, count }: Aside): readonly string[] {
  return queue === undefined ? [] : [`${messages(count)} of before in the queue "${queue}" on ${broker}`];
}

function refilled({ queue, replica }: Replication): BrokerError {
  return new BrokerError({
    kind: 'exception',
    broker: replica.name,
    step: `emptying "${queue}"`,
    text: 'others send to it all the time',
    advice: 'Stop its producers, then rebuild again.',
  });
}
