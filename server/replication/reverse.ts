/** Moves the work from an origin to its replica, and then replicates the other way. */
import { BrokerError } from '../amqp/broker-error';
import { refuseClients } from './activity';
import type { Aside } from './change/aside-queue';
import { findHolding } from './change/holding-queue';
import { recreationOf, whatIsLeft } from './change/keep-usable';
import { deleteHolding, type Recreation } from './change/recreate';
import type { EngineContext, FailedOutcome, Refusal, Replication, ReplicationStatus } from './contract';
import { observeBoth } from './converge';
import { type CutoverOptions, cutOver } from './cutover';
import { classify } from './judge/classify';
import { isFromOrigin } from './preconditions';
import { type RebuildOutcome, rebuild } from './rebuild';
import { refuse, refuseBrokers, refuseHalfMade } from './refusals';
import { isHealthy } from './words/describe';

export interface ReverseOptions extends CutoverOptions {
  /** Delete what the former origin holds instead of moving it aside: the danger `discard-content`, accepted. */
  readonly discard: boolean;
  /** How the former origin reaches the former replica, when it is not the replica's endpoint. */
  readonly linkAddress: string | undefined;
}

export type ReverseOutcome =
  | {
      readonly kind: 'reversed';
      readonly count: number | undefined;
      /** What the former origin held, and where it is now; on that broker. */
      readonly aside: Aside;
      readonly status: ReplicationStatus;
      readonly warnings: readonly string[];
      readonly done: readonly string[];
    }
  | { readonly kind: 'already-reversed'; readonly status: ReplicationStatus }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** `cutOver`: the work has moved, and only the replication back is missing. */
  | (FailedOutcome & { readonly cutOver: boolean });

/** Repeatable, like its two halves: `cutover`, and then `rebuild` on the former origin. */
export async function reverse(
  replication: Replication,
  context: EngineContext,
  options: ReverseOptions,
): Promise<ReverseOutcome> {
  const done: string[] = [];
  let bench: Recreation | undefined;
  let moved = false;
  try {
    const connection = await context.connection(replication.replica);
    bench = recreationOf(replication, connection, context, done);
    const back = turned(replication, options.linkAddress);
    const before = await look(back, context, options, bench);
    if (before !== undefined) return before;
    const cut = await cutOver(replication, context, options, 'reverse');
    if (cut.kind === 'refused') return cut;
    if (cut.kind === 'failed') return { ...cut, cutOver: false };
    if (cut.kind === 'not-running') return { kind: 'refused', refusal: notReplicating(replication) };
    moved = true;
    done.push(...cut.done);
    const rebuilt = await rebuild(back, context, options);
    return await concluded(bench, cut, rebuilt);
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    const left = bench === undefined ? [] : await whatIsLeft(bench);
    return { kind: 'failed', error, done, undone: [], left, cutOver: moved };
  }
}

/** The replication the other way. */
function turned({ queue, origin, replica }: Replication, linkAddress: string | undefined): Replication {
  const way = { queue, origin: replica, replica: origin, create: 'if-missing' } as const;
  return linkAddress === undefined ? way : { ...way, linkAddress };
}

/** What speaks against the second half is found out before the first: in between there is no replica. */
async function look(
  back: Replication,
  context: EngineContext,
  options: ReverseOptions,
  bench: Recreation,
): Promise<ReverseOutcome | undefined> {
  const seen = await observeBoth(back, context);
  if (seen.replica.view.bridges.length > 0 && isFromOrigin(back, seen)) {
    const status = classify(seen);
    if (isHealthy(status) && (await findHolding(bench.connection, bench.queue)) !== 'foreign') {
      await deleteHolding(bench);
      return { kind: 'already-reversed', status };
    }
  }
  const refusal =
    refuseBrokers(back, seen.origin.view, seen.replica.view) ??
    (await refuseClients(back, context, options.accepted)) ??
    ((await findHolding(await context.connection(back.replica), back.queue)) === 'none'
      ? undefined
      : refuseHalfMade(back));
  return refusal && { kind: 'refused', refusal };
}

async function concluded(
  bench: Recreation,
  cut: Extract<Awaited<ReturnType<typeof cutOver>>, { kind: 'cut-over' }>,
  rebuilt: RebuildOutcome,
): Promise<ReverseOutcome> {
  const { count } = cut;
  const { done } = bench;
  switch (rebuilt.kind) {
    case 'rebuilt': {
      await deleteHolding(bench);
      const { status, aside } = rebuilt;
      const warnings = [...cut.warnings, ...rebuilt.warnings, ...rebuilt.notices];
      return { kind: 'reversed', count, aside, status, warnings, done: [...done, ...rebuilt.done] };
    }
    case 'healthy': {
      await deleteHolding(bench);
      const aside = { queue: undefined, count: 0 };
      return { kind: 'reversed', count, aside, status: rebuilt.status, warnings: cut.warnings, done };
    }
    case 'refused': {
      const { message, advice } = rebuilt.refusal;
      const error = new BrokerError({
        kind: 'exception',
        broker: bench.broker,
        step: `replicating "${bench.queue}" the other way`,
        text: message.replace(/\.$/, ''),
        advice,
      });
      return { kind: 'failed', error, done, undone: [], left: await whatIsLeft(bench), cutOver: true };
    }
    case 'failed': {
      const left = [...rebuilt.left, ...(await whatIsLeft(bench))];
      return { ...rebuilt, done: [...done, ...rebuilt.done], left, cutOver: true };
    }
  }
}

function notReplicating({ queue, origin, replica }: Replication): Refusal {
  return refuse(
    'not-replicating',
    `nothing on ${replica.name} replicates "${queue}" from ${origin.name}, so that there is nothing to reverse`,
    'Start a replication in the direction that you want.',
  );
}
