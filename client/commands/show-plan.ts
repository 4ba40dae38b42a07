import { chooseManifest } from '../manifest';
import { carryOut, makePlan } from '../plan';
import type { Services } from '../services';
import { type NextStep, showResult } from '../show-result';
import { mayContactBrokers } from '../trust';

/** What would have to be done to make a manifest true, as a page beside it. Changes nothing. */
export async function showPlan(services: Services, argument: unknown): Promise<void> {
  if (!mayContactBrokers()) return;
  const manifest = await chooseManifest(services.client, argument, 'Show Plan');
  if (manifest === undefined) return;
  const planned = await makePlan(services, manifest);
  if (planned === undefined) return;
  const { title, result } = planned;
  const { plan, message } = result;
  const again: NextStep = { label: 'Plan Again', run: () => showPlan(services, manifest) };
  const apply: readonly NextStep[] =
    plan === undefined || plan.changes === 0
      ? []
      : [{ label: 'Apply…', run: () => carryOut(services, manifest, { message, plan }, again) }];
  await showResult(services.reports, title, result, [...apply, again]);
}
