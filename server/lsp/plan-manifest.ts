import { makePlan } from '../replication/plan';
import { declaredBrokers, desiredReplications } from '../replication/planning/desired';
import { changesOf, type Plan, verdictOf } from '../replication/planning/plan-step';
import { savePlan } from '../replication/planning/saved-plan';
import { planSummary } from '../replication/words/describe-plan';
import { noticeOf } from './dangers';
import { serveLive } from './engine';
import { planPage } from './plan-page';
import { planManifest as method, type PlannedDanger, type PlanParams, type PlanResult } from './requests';
import type { Feature } from './session';
import { manifestAt } from './targets';

/**
 * What runs and stands in no other manifest either cannot be told from one manifest, so that the plan names what
 * this one does not want, and never ends it.
 */
export const planManifest: Feature = {
  register(session) {
    serveLive<PlanParams, PlanResult>(session, method, 'Plan', ({ uri }) => {
      const found = manifestAt(session, uri);
      if (!found.ok) return found;
      const { manifest } = found;
      const request = {
        desired: desiredReplications(manifest),
        brokers: declaredBrokers(manifest),
        unwanted: 'tell',
      } as const;
      return {
        ok: true,
        logins: new Map(),
        work: async (context) => resultOf(await makePlan(request, context)),
      };
    });
  },
};

function resultOf(plan: Plan): PlanResult {
  const steps = plan.steps.map(({ step }) => step);
  const blocked = verdictOf(plan) === 'blocked';
  const changes = changesOf(plan).length;
  const page = planPage(plan);
  return {
    severity: blocked ? 'warning' : 'info',
    message: changes > 0 || blocked ? `Plan: ${planSummary(steps)}` : 'All is as the manifest wants.',
    ...(blocked ? { next: 'Somebody has to see to what is blocked; the plan says why.' } : {}),
    details: page.trimEnd().split('\n'),
    plan: { page, changes, saved: JSON.stringify(savePlan(plan)), dangers: dangersIn(plan) },
  };
}

function dangersIn(plan: Plan): readonly PlannedDanger[] {
  const about = new Map<PlannedDanger['id'], PlannedDanger>();
  for (const { step } of changesOf(plan)) {
    const { danger, queue, replica } = step;
    if (danger === undefined) continue;
    const others = about.get(danger)?.about ?? [];
    about.set(danger, { ...noticeOf(danger), about: [...others, `"${queue}" on ${replica}`] });
  }
  return [...about.values()];
}
