import { type DangerId, dangers } from '../replication/dangers';
import type { Plan, PlanStep } from '../replication/planning/plan-step';
import { planMarks, planSummary, routeOf, stepLines, toldSteps } from '../replication/words/describe-plan';
import { visible } from '../report/visible';

/** A plan as a page to read: how much there is to do, and then each step with its reason and its danger. */
export function planPage({ steps }: Plan): string {
  const all = steps.map(({ step }) => step);
  return `${[planSummary(all), ...toldSteps(all).map(stepText)].join('\n\n')}\n`;
}

function stepText(step: PlanStep): string {
  const { action, danger } = step;
  const lines = stepLines(step, danger === undefined ? [] : dangerLines(danger));
  return [
    visible(`${planMarks[action]} ${action}  ${routeOf(step)}`),
    ...lines.map((line) => `    ${visible(line)}`),
  ].join('\n');
}

/** Accepted by its name in a dialog, when the plan is carried out. */
function dangerLines(danger: DangerId): readonly string[] {
  const { risk, instead } = dangers[danger];
  return [`danger ${danger}: ${risk}`, `instead: ${instead}`];
}
