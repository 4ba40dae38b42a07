import type { AppliedStep } from '../../replication/apply';
import type { EngineEvent } from '../../replication/contract';
import { dangers, flagOf } from '../../replication/dangers';
import type { PlannedStep, PlanStep } from '../../replication/planning/plan-step';
import type { Terminal } from '../terminal';
import { createNarrator } from './narrator';
import { toJson } from './replications';

/** Tells of an apply while it runs, and at the end, once, how much of it was done. */
export interface Reporter {
  look(event: EngineEvent): void;
  outdated(changes: readonly string[]): void;
  blocked(step: PlanStep): void;
  begin(steps: readonly PlannedStep[]): void;
  event(planned: PlannedStep, event: EngineEvent): void;
  step(applied: AppliedStep): void;
  finish(): void;
}

const outdated = 'The world has changed since the plan was made, and nothing was done.';

/** Changes of the world that a person is told; after a restart there may be some for each replication. */
const shown = 20;

export function applyReporter(json: boolean, terminal: Terminal): Reporter {
  return json ? jsonReporter(terminal) : textReporter(terminal);
}

/** What is counted at the end. */
class Tally {
  steps: readonly PlannedStep[] = [];
  /** A plan was made. */
  planned = false;
  readonly over: AppliedStep[] = [];
  blocked = 0;
  #told = false;

  /** True the first time. */
  tell(): boolean {
    const first = !this.#told;
    this.#told = true;
    return first;
  }

  count(kind: AppliedStep['result']['kind']): number {
    return this.over.filter(({ result }) => result.kind === kind).length;
  }

  /** Begun and not over: the process is ended in the middle. */
  get cut(): number {
    return this.steps.length - this.over.length;
  }
}

function textReporter(terminal: Terminal): Reporter {
  const narrator = createNarrator(terminal);
  const tally = new Tally();
  return {
    look: narrator.onEvent,
    outdated(changes) {
      tally.tell();
      narrator.conclude('error', outdated);
      for (const change of changes.slice(0, shown)) narrator.detail(change);
      if (changes.length > shown) narrator.detail(`and ${changes.length - shown} more (--json tells all)`);
      narrator.detail('next: Make a new plan, and read it.');
    },
    blocked(step) {
      tally.blocked += 1;
      narrator.conclude(
        'error',
        `"${step.queue}" from ${step.origin ?? '–'} to ${step.replica}: ${step.reason}.`,
      );
      if (step.next !== undefined) narrator.detail(`next: ${step.next}`);
    },
    begin(steps) {
      tally.planned = true;
      tally.steps = steps;
    },
    event(_planned, event) {
      if (event.type === 'change') narrator.onEvent(event);
    },
    step(applied) {
      tally.over.push(applied);
      const { planned, result } = applied;
      if (result.kind === 'not-begun') {
        narrator.conclude(
          'error',
          `${planned.step.action} "${planned.step.queue}" was not begun: ${result.why}.`,
        );
        for (const line of dangerLines(planned.step)) narrator.detail(line);
        return;
      }
      const { severity, message, details, next } = result.description;
      narrator.conclude(severity, message);
      for (const detail of details) narrator.detail(detail);
      if (next !== undefined) narrator.detail(`next: ${next}`);
      if (tally.cut > 0) {
        const text = `${tally.over.length} of ${tally.steps.length} steps are over`;
        narrator.onEvent({ type: 'look', broker: planned.step.replica, text });
      }
    },
    finish() {
      if (!tally.tell()) return;
      narrator.done();
      terminal.out(`${summary(tally)}\n`);
    },
  };
}

function dangerLines({ danger }: PlanStep): readonly string[] {
  return danger === undefined ? [] : [dangers[danger].risk, `next: Accept the danger: ${flagOf(danger)}.`];
}

function summary(tally: Tally): string {
  const parts = [
    [tally.count('done'), 'done'],
    [tally.count('failed'), 'failed'],
    [tally.count('not-begun'), 'not begun'],
    [tally.blocked, 'blocked'],
    [tally.cut, 'cut off in the middle'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  if (said.length > 0) return `Steps: ${said.join(', ')}.`;
  return tally.planned ? 'Nothing to do.' : 'Nothing was begun.';
}

/** One JSON document a line; the last one has the type `summary`. */
function jsonReporter(terminal: Terminal): Reporter {
  const tally = new Tally();
  const line = (value: object) => terminal.out(`${toJson(value, 0)}\n`);
  const about = ({ action, queue, origin, replica }: PlanStep) => ({ step: action, queue, origin, replica });
  return {
    look() {},
    outdated(changes) {
      tally.tell();
      line({ type: 'outdated', message: outdated, changes });
    },
    blocked(step) {
      tally.blocked += 1;
      line({ type: 'blocked', ...about(step), message: step.reason, next: step.next });
    },
    begin(steps) {
      tally.planned = true;
      tally.steps = steps;
    },
    event({ step }, event) {
      if (event.type !== 'look') line({ ...event, ...about(step) });
    },
    step(applied) {
      tally.over.push(applied);
      const { planned, result } = applied;
      if (result.kind === 'not-begun') {
        line({ type: 'step', ...about(planned.step), result: 'not-begun', message: result.why });
        return;
      }
      const { description, outcome, kind } = result;
      line({ type: 'step', ...about(planned.step), result: kind, ...description, outcome });
    },
    finish() {
      if (!tally.tell()) return;
      const { blocked, cut } = tally;
      const [done, failed] = [tally.count('done'), tally.count('failed')];
      line({ type: 'summary', done, failed, notBegun: tally.count('not-begun'), blocked, cut });
    },
  };
}
