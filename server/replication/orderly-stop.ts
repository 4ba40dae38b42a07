/** Stops a replication after the replica has got everything, and so that the replica can be an origin later. */
import { BrokerError } from '../amqp/broker-error';
import type { BrokerConnection } from '../amqp/contract';
import { brokerAt } from './addresses';
import {
  abandon,
  begin,
  finish,
  type Readiness,
  readyToRecreate,
  recreationOf,
  whatIsLeft,
} from './change/keep-usable';
import { lookOnceMore, observationOf } from './change/last-look';
import type { Recreation } from './change/recreate';
import { type Drained, drain, type Mark, missedSince } from './compare/drain';
import type { BrokerRef, EngineContext, StopOutcome, StopTarget } from './contract';
import type { Accepted } from './dangers';
import { messages } from './judge/verdict';
import { linkOf, piecesOf } from './observe/observation';
import { observeReplica, type ReplicaView } from './observe/observe';
import { queueDetails } from './observe/queue-details';
import { deadlineIn, stopIfCancelled } from './patience';
import { refuse, refuseBackup } from './refusals';
import { stop } from './stop';

export interface StopOptions {
  /** Wait first until both queues are equal, message by message; refuse when they do not become so in time. */
  readonly drain: boolean;
  /** Create the queue anew afterwards, with its messages. */
  readonly keepUsable: boolean;
  readonly accepted: Accepted;
}

/** As `stop`. Repeatable: what an earlier run has left half-made is completed. */
export async function stopOrderly(
  target: StopTarget,
  context: EngineContext,
  options: StopOptions,
): Promise<StopOutcome> {
  const done: string[] = [];
  let recreation: Recreation | undefined;
  try {
    const connection = await context.connection(target.replica);
    recreation = recreationOf(target, connection, context, done);
    return await run({ target, context, options, recreation });
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    const left = [
      ...(await lookOnceMore(target, context)),
      ...(recreation === undefined ? [] : await whatIsLeft(recreation)),
    ];
    return { kind: 'failed', error, done, undone: [], left };
  }
}

interface Run {
  readonly target: StopTarget;
  readonly context: EngineContext;
  readonly options: StopOptions;
  readonly recreation: Recreation;
}

async function run({ target, context, options, recreation }: Run): Promise<StopOutcome> {
  const { queue, replica } = target;
  const { connection } = recreation;
  const view = await observeReplica(connection, queue);
  const backup = refuseBackup(replica, view);
  if (backup !== undefined) return { kind: 'refused', refusal: backup };
  const running = piecesOf(observationOf(target, view)).length > 0;
  const readiness = await readinessOf(target, connection, options);
  if (readiness.kind === 'refused') return readiness;
  if (!running && readiness.kind === 'nothing') return { kind: 'not-running' };
  const drained = options.drain && running ? await drainFirst(target, context, view) : undefined;
  if (drained?.kind === 'refused') return drained;
  stopIfCancelled(context.signal, replica.name, `stopping "${queue}"`);
  await begin(recreation, readiness);
  const outcome = await stop(drained === undefined ? target : { ...target, origin: drained.origin }, context);
  if (outcome.kind === 'refused' || outcome.kind === 'failed') return giveUp(outcome, recreation, readiness);
  const { removed, status } = outcome.kind === 'stopped' ? outcome : { removed: [], status: undefined };
  recreation.done.push(...removed.map((piece) => `deleted the ${piece}`));
  const warnings = await finish(recreation);
  return {
    kind: 'stopped',
    removed,
    status,
    usable: options.keepUsable && readiness.kind !== 'nothing',
    drained: drained?.count,
    warnings: [
      ...warnings,
      ...(drained === undefined ? [] : [...inHand(drained), ...(await missed(target, context, drained))]),
    ],
  };
}

async function readinessOf(
  { queue, replica }: StopTarget,
  connection: BrokerConnection,
  { keepUsable, accepted }: StopOptions,
): Promise<Readiness> {
  if (!keepUsable) return { kind: 'nothing' };
  return readyToRecreate({ queue, replica, accepted, intent: 'keep-usable' }, connection);
}

type DrainedFrom = Extract<Drained, { kind: 'equal' }> & { readonly origin: BrokerRef };

async function drainFirst(
  target: StopTarget,
  context: EngineContext,
  view: ReplicaView,
): Promise<DrainedFrom | Extract<Drained, { kind: 'refused' }>> {
  const { queue, replica } = target;
  const [link] = view.bridges.flatMap((bridge) => linkOf(view, bridge) ?? []);
  const origin = target.origin ?? (link && brokerAt(link));
  if (origin === undefined) {
    const text = `nothing on ${replica.name} tells where the origin of "${queue}" is`;
    return { kind: 'refused', refusal: refuse('not-drained', text, 'Name it with --origin.') };
  }
  const drained = await drain({ queue, origin, replica }, context, deadlineIn(context.deadline));
  return drained.kind === 'refused' ? drained : { ...drained, origin };
}

/** Nothing has been moved yet: unless a part of the replicator is gone, it is as if we had never begun. */
async function giveUp(
  outcome: Extract<StopOutcome, { kind: 'refused' | 'failed' }>,
  recreation: Recreation,
  readiness: Readiness,
): Promise<StopOutcome> {
  if (outcome.kind === 'refused') {
    if (readiness.kind === 'ready') await abandon(recreation);
    return outcome;
  }
  const untouched = outcome.done.length === 0 && readiness.kind === 'ready';
  const left = untouched ? await abandon(recreation) : await whatIsLeft(recreation);
  return { ...outcome, done: [...recreation.done, ...outcome.done], left: [...outcome.left, ...left] };
}

/** A consumer that settles them now does so on the origin alone. */
function inHand({ origin, inHand: count }: DrainedFrom): readonly string[] {
  return count === 0
    ? []
    : [
        `Consumers of ${origin.name} have ${messages(count)} of these in hand: the replica keeps them, also when they are settled.`,
      ];
}

async function missed(
  { queue, replica }: StopTarget,
  context: EngineContext,
  { origin, mark }: { readonly origin: BrokerRef; readonly mark: Mark },
): Promise<readonly string[]> {
  try {
    const there = await queueDetails(await context.connection(origin), queue);
    const here = await queueDetails(await context.connection(replica), queue);
    if (there === undefined || here === undefined) return [];
    const count = missedSince(mark, there, here);
    return count === 0
      ? []
      : [`${messages(count)} came to ${origin.name} after the queues were found equal: they are only there.`];
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return [`${origin.name} could not be asked whether messages have come since the queues were equal.`];
  }
}
