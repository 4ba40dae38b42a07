/** Starts again what a manifest wants and what does not run, by the same steps as a plan. */
import { BrokerError } from '../../amqp/broker-error';
import { type AppliedStep, apply } from '../apply';
import type { BrokerRef, EngineContext } from '../contract';
import { type Accepted, dangers, flagOf } from '../dangers';
import { makePlan } from '../plan';
import type { PlannedStep } from '../planning/plan-step';
import { BackOff } from './back-off';
import { keyOf, routeKey, type WatchedEntry } from './watch-entry';
import type { WatchEvent, WatchKind } from './watch-event';

/** Milliseconds. What fails once may be better in seconds; what fails for long is for somebody to look at. */
const times = { first: 5000, longest: 300_000 };

export interface HealerOptions {
  readonly accepted: Accepted;
  onEvent(event: WatchEvent): void;
  /** Something has been done about these, and told: look again. */
  done(entries: readonly WatchedEntry[]): void;
}

type Work = readonly [
  entries: readonly WatchedEntry[],
  brokers: readonly BrokerRef[],
  context: EngineContext,
];

export class Healer {
  readonly #options: HealerOptions;
  readonly #backOff = new BackOff(times);
  readonly #underWay = new Set<string>();
  #running: Promise<void> | undefined;
  /** What was told of each since it was well, so that it is told once. */
  readonly #told = new Map<string, Set<string>>();

  constructor(options: HealerOptions) {
    this.#options = options;
  }

  isHealing(entry: WatchedEntry): boolean {
    return this.#underWay.has(keyOf(entry));
  }

  /** All is well with it again: the next trouble is a new one. */
  isWell(entry: WatchedEntry): void {
    this.#backOff.succeeded(keyOf(entry));
    this.#told.delete(keyOf(entry));
  }

  /** Begins with those that are due, all together, and does not wait; one round at a time. */
  heal(entries: readonly WatchedEntry[], brokers: readonly BrokerRef[], context: EngineContext): void {
    const due = entries.filter((entry) => this.#backOff.isDue(keyOf(entry)));
    if (this.#running !== undefined || due.length === 0) return;
    for (const entry of due) {
      this.#underWay.add(keyOf(entry));
      this.#backOff.failed(keyOf(entry));
    }
    this.#running = this.#cure(due, brokers, context).then((attempted) => {
      this.#running = undefined;
      this.#underWay.clear();
      this.#options.done(attempted);
    });
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Resolves with those about which something was done. */
  async #cure(...work: Work): Promise<readonly WatchedEntry[]> {
    try {
      return await this.#attempt(...work);
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error;
      return [];
    }
  }

  async #attempt(...[entries, brokers, context]: Work): Promise<readonly WatchedEntry[]> {
    const { accepted } = this.#options;
    const desired = entries.map((entry) => entry.desired);
    const plan = await makePlan({ desired, brokers, unwanted: 'ignore' }, context);
    const steps = plan.steps.filter((planned) => {
      const refusal = refusalOf(planned, accepted);
      if (refusal !== undefined) this.#tell(planned, 'heal-refused', 'error', refusal.message, refusal.next);
      else if (planned.step.action !== 'nothing') {
        this.#tell(planned, 'healing', 'info', `is being started again: ${planned.step.reason}`);
      }
      return refusal === undefined;
    });
    const onStep = (applied: AppliedStep) => {
      if (!context.signal.aborted) this.#tellOutcome(applied);
    };
    const applied = await apply({ ...plan, steps }, { accepted, onEvent() {}, onStep }, context);
    const routes = new Set(applied.map(({ planned }) => planned.declared && routeKey(planned.declared)));
    return entries.filter((entry) => routes.has(keyOf(entry)));
  }

  #tellOutcome({ planned, result }: AppliedStep): void {
    if (result.kind === 'not-begun') {
      this.#tell(planned, 'heal-failed', 'error', `was not started again: ${result.why}`);
      return;
    }
    const { message, next, details } = result.description;
    const words = [message.replace(/\.$/, ''), ...details].join('; ');
    if (result.kind === 'done') this.#tell(planned, 'healed', 'info', `was started again: ${words}`, next);
    else this.#tell(planned, 'heal-failed', 'error', `could not be started again: ${words}`, next);
  }

  #tell(
    { declared }: PlannedStep,
    kind: WatchKind,
    severity: WatchEvent['severity'],
    words: string,
    next?: string,
  ): void {
    if (declared === undefined) return;
    const { queue, origin, replica } = declared;
    const key = routeKey(declared);
    const message = `"${queue}" from ${origin.name} to ${replica.name} ${words}.`;
    const told = this.#told.get(key) ?? new Set();
    if (told.has(message)) return;
    this.#told.set(key, told.add(message));
    const route = { queue, origin: origin.name, replica: replica.name };
    this.#options.onEvent({ kind, severity, ...route, message, next });
  }
}

/** Why it is left alone, although it does not run. */
function refusalOf(
  { step }: PlannedStep,
  accepted: Accepted,
): { readonly message: string; readonly next: string | undefined } | undefined {
  const { action, danger, reason, next } = step;
  if (action === 'blocked') return { message: `cannot be started again: ${reason}`, next };
  if (danger === undefined || accepted.has(danger)) return undefined;
  const { risk, instead } = dangers[danger];
  return {
    message: `is not started again: ${reason}. ${risk.replace(/\.$/, '')}`,
    next: `${instead} Or accept the danger: ${flagOf(danger)}.`,
  };
}
