/** Plans in words: the same on the command line and in the editor. */
import type { PlanAction, PlanStep } from '../planning/plan-step';

export const planMarks: Readonly<Record<PlanAction, string>> = {
  start: '+',
  stop: '-',
  rebuild: '!',
  blocked: '✘',
  nothing: ' ',
};

/** Those that change something, or need somebody. */
export function toldSteps(steps: readonly PlanStep[]): readonly PlanStep[] {
  return steps.filter(({ action, next }) => action !== 'nothing' || next !== undefined);
}

/** `orders: node1 → node2` */
export function routeOf({ queue, origin, replica }: PlanStep): string {
  return `${queue}: ${origin ?? '–'} → ${replica}`;
}

/** What there is to say of a step, line by line; `danger`: the lines about its danger. */
export function stepLines(
  { action, reason, changes, warnings, next }: PlanStep,
  danger: readonly string[],
): readonly string[] {
  return [
    reason,
    ...changes.map((change) => `${planMarks[action]} ${change}`),
    ...danger,
    ...warnings.map((warning) => `warning: ${warning}`),
    ...(next === undefined ? [] : [`next: ${next}`]),
  ];
}

/** `2 to start, 1 to stop, 14 left as they are.` */
export function planSummary(steps: readonly PlanStep[]): string {
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
