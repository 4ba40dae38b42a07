/** One step of a plan, by the verb that does it. */
import type { BrokerError } from '../../amqp/broker-error';
import type { EngineContext, RefusalCode, StartOutcome, StopOutcome } from '../contract';
import type { Accepted } from '../dangers';
import { type RebuildOutcome, rebuild } from '../rebuild';
import { start } from '../start';
import { stop } from '../stop';
import { type Description, describeStart, describeStop } from '../words/describe';
import { describeRebuild } from '../words/describe-rebuild';
import type { PlannedStep } from './plan-step';

type Outcome = StartOutcome | StopOutcome | RebuildOutcome;

export interface Applied {
  readonly kind: 'done' | 'failed';
  readonly outcome: Outcome;
  readonly description: Description;
  /** What the step met on its way, and nobody has accepted. */
  readonly danger?: string;
  /** Set where the broker, or the way to it, failed. */
  readonly error?: BrokerError;
}

/** Refusals by which a verb keeps messages from being lost: the plan did not see them coming. */
const dangerous: ReadonlySet<RefusalCode> = new Set(['replica-not-empty', 'unfinished-replicator', 'danger']);

/** Undefined for a step that changes nothing. */
export async function carryOut(
  { step, target, declared }: PlannedStep,
  accepted: Accepted,
  context: EngineContext,
): Promise<Applied | undefined> {
  switch (step.action) {
    case 'nothing':
    case 'blocked':
      return undefined;
    case 'stop': {
      const outcome = await stop(target, context);
      return toApplied(outcome, describeStop(target.queue, target.replica.name, outcome));
    }
    case 'start': {
      if (declared === undefined) return undefined;
      const outcome = await start(declared, context);
      return toApplied(outcome, describeStart(declared, outcome));
    }
    case 'rebuild': {
      if (declared === undefined) return undefined;
      const outcome = await rebuild(declared, context, { accepted, discard: false });
      return toApplied(outcome, describeRebuild(declared, outcome));
    }
  }
}

function toApplied(outcome: Outcome, description: Description): Applied {
  const { kind } = outcome;
  if (kind === 'failed') return { kind: 'failed', outcome, description, error: outcome.error };
  if (kind !== 'refused') return { kind: 'done', outcome, description };
  const danger = dangerous.has(outcome.refusal.code) ? { danger: outcome.refusal.message } : {};
  return { kind: 'failed', outcome, description, ...danger };
}
