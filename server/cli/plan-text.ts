import { type DangerId, dangers, flagOf } from '../replication/dangers';
import type { Plan, PlanAction, PlanStep } from '../replication/planning/plan-step';
import { visible } from '../report/visible';
import type { Colors } from './terminal';

const marks: Readonly<Record<PlanAction, string>> = {
  start: '+',
  stop: '-',
  rebuild: '!',
  blocked: '✘',
  nothing: ' ',
};

/** The steps that change something, or need somebody; then how many there are of each. */
export function planText({ steps }: Plan, colors: Colors): string {
  const all = steps.map(({ step }) => step);
  const told = all.filter(({ action, next }) => action !== 'nothing' || next !== undefined);
  return `${[...told.map((step) => stepText(step, colors)), summary(all)].join('\n')}\n`;
}

function stepText(step: PlanStep, colors: Colors): string {
  const { action, queue, origin, replica, reason, changes, danger, warnings, next } = step;
  const paint = { start: colors.green, stop: colors.cyan, rebuild: colors.yellow, blocked: colors.red };
  const mark = `${marks[action]} ${action}`.padEnd(9);
  const route = `${queue}: ${origin ?? '–'} → ${replica}`;
  return [
    `${action === 'nothing' ? mark : paint[action](mark)}  ${colors.bold(visible(route))}`,
    ...[
      reason,
      ...changes.map((change) => `${marks[action]} ${change}`),
      ...(danger === undefined ? [] : dangerLines(danger)),
      ...warnings.map((warning) => `warning: ${warning}`),
      ...(next === undefined ? [] : [`next: ${next}`]),
    ].map((line) => `           ${visible(line)}`),
  ].join('\n');
}

function dangerLines(danger: DangerId): readonly string[] {
  return [`danger ${danger}: ${dangers[danger].risk}`, `accept it: ${flagOf(danger)}`];
}

/** `2 to start, 1 to stop, 14 as wanted.` */
function summary(steps: readonly PlanStep[]): string {
  const count = (action: PlanAction) => steps.filter((step) => step.action === action).length;
  const parts = [
    [count('start'), 'to start'],
    [count('stop'), 'to stop'],
    [count('rebuild'), 'to rebuild'],
    [count('blocked'), 'blocked'],
    [count('nothing'), 'left as they are'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  return said.length === 0 ? 'Nothing to do.' : `${said.join(', ')}.`;
}
