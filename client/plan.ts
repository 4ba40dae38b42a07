import type { Uri } from 'vscode';
import {
  type ApplyParams,
  applyPlan,
  type PlanParams,
  type PlanResult,
  planManifest,
  type ReplicationResult,
} from '../server/lsp/requests';
import { acceptDanger, confirm } from './accept';
import { nameOf } from './manifest';
import { runWithProgress } from './run';
import type { Services } from './services';
import { type NextStep, showResult } from './show-result';

type Plan = NonNullable<PlanResult['plan']>;

export interface Planned {
  /** What heads the report of it. */
  readonly title: string;
  readonly result: PlanResult;
}

/** Makes a plan and shows it as a page. Undefined when the user cancelled. */
export async function makePlan({ client, plans }: Services, manifest: Uri): Promise<Planned | undefined> {
  const title = `Planning ${nameOf(manifest)}`;
  const params: PlanParams = { uri: client.code2ProtocolConverter.asUri(manifest) };
  const result = await runWithProgress<PlanParams, PlanResult>(client, {
    request: planManifest,
    title,
    params,
  });
  if (result === undefined) return undefined;
  const { plan } = result as PlanResult;
  if (plan !== undefined) await plans.show(manifest, plan.page);
  return { title, result };
}

/**
 * Carries out the very plan that the user has seen. Asks once for all of it, naming the dangers, and then about each
 * danger by itself; whoever does not accept one leaves everything as it is.
 */
export async function carryOut(
  services: Services,
  manifest: Uri,
  { message, plan }: { readonly message: string; readonly plan: Plan },
  again: NextStep,
): Promise<void> {
  const detail = `${message} It is shown beside the manifest.\n${dangersOf(plan)}`;
  if (!(await confirm(`Apply ${nameOf(manifest)}?`, detail, 'Apply'))) return;
  const accept: string[] = [];
  for (const danger of plan.dangers) {
    const about = aboutOf(danger.about);
    if (!(await acceptDanger(danger, `${about}: ${danger.risk}`))) return;
    accept.push(danger.id);
  }
  const title = `Applying ${nameOf(manifest)}`;
  const result = await runWithProgress<ApplyParams, ReplicationResult>(services.client, {
    request: applyPlan,
    title,
    params: { plan: plan.saved, accept },
  });
  if (result === undefined) return;
  // What stands there is no plan any more.
  const time = new Date().toLocaleTimeString();
  await services.plans.show(manifest, `Applied at ${time}. ${result.message}\n\nThe plan was: ${plan.page}`);
  await showResult(services.reports, title, result, result.severity === 'error' ? [again] : []);
}

function dangersOf({ dangers }: Plan): string {
  if (dangers.length === 0) return 'It holds no danger.';
  const lines = dangers.map(({ id, risk, about }) => `• ${id} (${aboutOf(about)}): ${risk}`);
  return ['Its dangers, each of which is asked about next:', ...lines].join('\n');
}

/** How many replications a dialog names. */
const named = 3;

function aboutOf(about: readonly string[]): string {
  const more = about.length - named;
  return [...about.slice(0, named), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
