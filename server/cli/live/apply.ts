import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type AppliedStep, apply } from '../../replication/apply';
import type { EngineContext } from '../../replication/contract';
import type { Accepted, DangerId } from '../../replication/dangers';
import { makePlan } from '../../replication/plan';
import { changesOf, type Plan, type PlanRequest } from '../../replication/planning/plan-step';
import { changesSince, loadPlan, type SavedPlan } from '../../replication/planning/saved-plan';
import { exitCode, UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { readFaultOf } from '../write-fault';
import { applyReporter, type Reporter } from './apply-report';
import { withEngine } from './engine';
import type { LiveOptions } from './replications';

export interface ApplyOptions extends LiveOptions {
  readonly prune: boolean;
  readonly rebuild: boolean;
}

/** A manifest's request, or a plan that was saved. */
export interface ApplySource {
  readonly request: PlanRequest;
  readonly saved?: SavedPlan;
}

/** Throws `UsageError`. */
export function savedPlanFrom(file: string, terminal: Terminal): ApplySource {
  let text: string;
  try {
    text = readFileSync(resolve(terminal.cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${readFaultOf(error)}.`);
  }
  const loaded = loadPlan(text);
  if (!loaded.ok) throw new UsageError(`${file} ${loaded.reason}.`, 'Make a plan: qpidha plan --out FILE.');
  return { request: loaded.request, saved: loaded.saved };
}

/** `qpidha apply`: makes a manifest true, or carries a saved plan out. What was done is printed, whatever happens. */
export async function applyCommand(
  source: ApplySource,
  options: ApplyOptions,
  terminal: Terminal,
): Promise<number> {
  const reporter = applyReporter(options.json, terminal);
  // Also when a second Ctrl-C ends the process on the spot.
  process.once('exit', reporter.finish);
  const engine = { ...options, credentials: new Map(), onEvent: reporter.look };
  try {
    const well = await withEngine(terminal, engine, (context) => run(source, options, context, reporter));
    return well ? exitCode.ok : exitCode.findings;
  } finally {
    reporter.finish();
    process.removeListener('exit', reporter.finish);
  }
}

async function run(
  { request, saved }: ApplySource,
  options: ApplyOptions,
  context: EngineContext,
  reporter: Reporter,
): Promise<boolean> {
  const plan = await makePlan(request, context);
  const changes = saved === undefined ? [] : changesSince(saved, plan);
  if (changes.length > 0) {
    reporter.outdated(changes);
    return false;
  }
  const blocked = plan.steps.filter(({ step }) => step.action === 'blocked');
  for (const { step } of blocked) reporter.blocked(step);
  const results = await applyTo(plan, acceptedBy(options), context, reporter);
  return blocked.length === 0 && results.every(({ result }) => result.kind === 'done');
}

function applyTo(
  plan: Plan,
  accepted: Accepted,
  context: EngineContext,
  reporter: Reporter,
): Promise<readonly AppliedStep[]> {
  reporter.begin(changesOf(plan));
  return apply(plan, { accepted, onEvent: reporter.event, onStep: reporter.step }, context);
}

function acceptedBy({ prune, rebuild }: ApplyOptions): Accepted {
  const accepted = new Set<DangerId>();
  if (rebuild) accepted.add('replaced-content');
  if (prune) accepted.add('unwanted-replication');
  return accepted;
}
