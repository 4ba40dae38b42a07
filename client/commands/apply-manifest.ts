import { chooseManifest } from '../manifest';
import { carryOut, makePlan } from '../plan';
import type { Services } from '../services';
import { type NextStep, showResult } from '../show-result';
import { mayContactBrokers } from '../trust';

/** Makes a manifest true: shows the plan first, and asks. */
export async function applyManifest(services: Services, argument: unknown): Promise<void> {
  if (!mayContactBrokers()) return;
  const manifest = await chooseManifest(services.client, argument, 'Apply Manifest');
  if (manifest === undefined) return;
  const planned = await makePlan(services, manifest);
  if (planned === undefined) return;
  const { title, result } = planned;
  const { plan, message } = result;
  const again: NextStep = { label: 'Plan Again', run: () => applyManifest(services, manifest) };
  if (plan === undefined || plan.changes === 0) await showResult(services.reports, title, result, [again]);
  else await carryOut(services, manifest, { message, plan }, again);
}
