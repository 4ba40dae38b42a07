import { type DangerId, dangers, flagOf } from '../../replication/dangers';
import type { Plan, PlanStep } from '../../replication/planning/plan-step';
import { planMarks, planSummary, routeOf, stepLines, toldSteps } from '../../replication/words/describe-plan';
import { visible } from '../../report/visible';
import type { Colors } from '../terminal';

/** The steps that change something, or need somebody; then how many there are of each. */
export function planText({ steps }: Plan, colors: Colors): string {
  const all = steps.map(({ step }) => step);
  return `${[...toldSteps(all).map((step) => stepText(step, colors)), planSummary(all)].join('\n')}\n`;
}

function stepText(step: PlanStep, colors: Colors): string {
  const { action, danger } = step;
  const paint = { start: colors.green, stop: colors.cyan, rebuild: colors.yellow, blocked: colors.red };
  const mark = `${planMarks[action]} ${action}`.padEnd(9);
  const lines = stepLines(step, danger === undefined ? [] : dangerLines(danger));
  return [
    `${action === 'nothing' ? mark : paint[action](mark)}  ${colors.bold(visible(routeOf(step)))}`,
    ...lines.map((line) => `           ${visible(line)}`),
  ].join('\n');
}

function dangerLines(danger: DangerId): readonly string[] {
  return [`danger ${danger}: ${dangers[danger].risk}`, `accept it: ${flagOf(danger)}`];
}
