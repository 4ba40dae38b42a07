import { type AppliedStep, apply } from '../replication/apply';
import type { EngineContext } from '../replication/contract';
import { makePlan } from '../replication/plan';
import type { PlanStep } from '../replication/planning/plan-step';
import { changesSince, type LoadedPlan, loadPlan } from '../replication/planning/saved-plan';
import { acceptedBy } from './dangers';
import { serveLive } from './engine';
import { type ApplyParams, applyPlan as method, type ReplicationResult } from './requests';
import type { Feature } from './session';

type Loaded = Extract<LoadedPlan, { ok: true }>;

/** The very plan that the user has read: when the world has changed since, nothing is done. */
export const applySavedPlan: Feature = {
  register(session) {
    serveLive<ApplyParams, ReplicationResult>(session, method, 'Apply', (params) => {
      const loaded = loadPlan(params.plan);
      if (!loaded.ok) return { ok: false, result: failure(`The plan ${loaded.reason}.`, newPlan, []) };
      return { ok: true, logins: new Map(), work: (context) => carryOut(loaded, params, context) };
    });
  },
};

const newPlan = 'Make a new plan, and read it.';

async function carryOut(
  { request, saved }: Loaded,
  params: ApplyParams,
  context: EngineContext,
): Promise<ReplicationResult> {
  const plan = await makePlan(request, context);
  const changes = changesSince(saved, plan);
  if (changes.length > 0) {
    return failure('The world has changed since the plan was made, and nothing was done.', newPlan, changes);
  }
  const over: AppliedStep[] = [];
  const results = await apply(
    plan,
    {
      accepted: acceptedBy('apply', params),
      onEvent: (_planned, event) => context.onEvent(event),
      onStep(applied) {
        over.push(applied);
        const text = `${over.length} steps are over`;
        context.onEvent({ type: 'look', broker: applied.planned.step.replica, text });
      },
    },
    context,
  );
  const blocked = plan.steps.map(({ step }) => step).filter(({ action }) => action === 'blocked');
  return conclusion(results, blocked);
}

function conclusion(results: readonly AppliedStep[], blocked: readonly PlanStep[]): ReplicationResult {
  const count = (kind: AppliedStep['result']['kind']) =>
    results.filter(({ result }) => result.kind === kind).length;
  const parts = [
    [count('done'), 'done'],
    [count('failed'), 'failed'],
    [count('not-begun'), 'not begun'],
    [blocked.length, 'blocked'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  const message = said.length === 0 ? 'Nothing to do.' : `Steps: ${said.join(', ')}.`;
  const details = [...results.flatMap(linesOf), ...blocked.flatMap(linesOfBlocked)];
  if (count('done') < results.length) return failure(message, 'Apply again: it goes on from there.', details);
  const careful =
    blocked.length > 0 ||
    results.some(({ result }) => result.kind !== 'not-begun' && result.description.severity !== 'info');
  return { severity: careful ? 'warning' : 'info', message, details };
}

function linesOf({ planned: { step }, result }: AppliedStep): readonly string[] {
  if (result.kind === 'not-begun') return [`${step.action} "${step.queue}" was not begun: ${result.why}.`];
  const { message, details, next } = result.description;
  return [message, ...details.map((line) => `  ${line}`), ...(next === undefined ? [] : [`  next: ${next}`])];
}

function linesOfBlocked({ queue, origin, replica, reason, next }: PlanStep): readonly string[] {
  return [
    `"${queue}" from ${origin ?? '–'} to ${replica}: ${reason}.`,
    ...(next === undefined ? [] : [`  next: ${next}`]),
  ];
}

function failure(message: string, next: string, details: readonly string[]): ReplicationResult {
  return { severity: 'error', message, next, details };
}
