/** Carries a plan out: what ends first, then what begins; brokers beside each other. */
import { BrokerError } from '../amqp/broker-error';
import type { BrokerRef, EngineContext, EngineEvent } from './contract';
import type { Accepted } from './dangers';
import { brokerObject } from './names';
import { withSharedLooks } from './observe/shared-looks';
import { deadlineIn, within } from './patience';
import { type Applied, carryOut } from './planning/apply-step';
import { createGate, type Gate } from './planning/gate';
import { changesOf, type Plan, type PlannedStep } from './planning/plan-step';
import { withReplicateGate } from './planning/replicate-gate';

export interface ApplyOptions {
  readonly accepted: Accepted;
  onEvent(planned: PlannedStep, event: EngineEvent): void;
  /** A step is over; whatever happens later, this is true now. */
  onStep(applied: AppliedStep): void;
}

export interface AppliedStep {
  readonly planned: PlannedStep;
  readonly result: Applied | { readonly kind: 'not-begun'; readonly why: string };
}

/** Steps of one replica broker under way at a time: their looks are shared, so that more of them cost little. */
const stepsAtOnce = 256;

/**
 * Begins nothing when the plan holds a danger that is not accepted, and nothing more once a step meets one on its
 * way. A step that fails takes back what it has begun, and does not keep the others from being tried. Resolves,
 * also when it is cancelled, with one result for each step that changes something. Repeatable.
 */
export async function apply(
  plan: Plan,
  options: ApplyOptions,
  unshared: EngineContext,
): Promise<readonly AppliedStep[]> {
  const run = new Run(options, withReplicateGate(withSharedLooks(unshared)));
  const steps = changesOf(plan);
  const danger = steps.find(({ step }) => step.danger !== undefined && !options.accepted.has(step.danger));
  if (danger !== undefined) run.halt(`the danger "${danger.step.danger}" has not been accepted`);
  await run.all(steps.filter(({ step }) => step.action === 'stop'));
  await run.all(steps.filter(({ step }) => step.action !== 'stop'));
  return run.results;
}

class Run {
  readonly results: AppliedStep[] = [];
  readonly #options: ApplyOptions;
  readonly #context: EngineContext;
  readonly #gates = new Map<string, Gate>();
  /** Brokers that no longer answer, by address, and what they said last. */
  readonly #gone = new Map<string, string>();
  #halted: string | undefined;

  constructor(options: ApplyOptions, context: EngineContext) {
    this.#options = options;
    this.#context = context;
  }

  halt(why: string): void {
    this.#halted ??= why;
  }

  async all(steps: readonly PlannedStep[]): Promise<void> {
    await Promise.all(
      steps.map((planned) => this.#gateOf(planned.target.replica).through(() => this.#one(planned))),
    );
  }

  #gateOf({ endpoint }: BrokerRef): Gate {
    const gate = this.#gates.get(endpoint.text) ?? createGate(stepsAtOnce);
    this.#gates.set(endpoint.text, gate);
    return gate;
  }

  async #one(planned: PlannedStep): Promise<void> {
    const why = this.#obstacle(planned);
    if (why !== undefined) {
      this.#conclude({ planned, result: { kind: 'not-begun', why } });
      return;
    }
    const context: EngineContext = {
      connection: (broker) => this.#context.connection(broker),
      signal: this.#context.signal,
      deadline: this.#context.deadline,
      onEvent: (event) => this.#options.onEvent(planned, event),
    };
    const result = await carryOut(planned, this.#options.accepted, context);
    if (result === undefined) return;
    if (result.danger !== undefined) {
      this.halt(`a danger that has not been accepted: ${result.danger}`);
    }
    this.#conclude({ planned, result });
    if (result.error !== undefined) await this.#inquire(planned, result.error);
  }

  #obstacle({ target }: PlannedStep): string | undefined {
    if (this.#context.signal.aborted) return 'cancelled';
    if (this.#halted !== undefined) return this.#halted;
    for (const broker of [target.replica, target.origin]) {
      const gone = broker && this.#gone.get(broker.endpoint.text);
      if (gone !== undefined) return gone;
    }
    return undefined;
  }

  #conclude(applied: AppliedStep): void {
    this.results.push(applied);
    this.#options.onStep(applied);
  }

  /** Whether a broker is gone: then its other steps need not each run into the deadline. */
  async #inquire({ target }: PlannedStep, { broker: name }: BrokerError): Promise<void> {
    const broker = [target.replica, target.origin].find((other) => other?.name === name);
    if (broker === undefined || this.#gone.has(broker.endpoint.text)) return;
    const why = await whyGone(broker, this.#context);
    if (why !== undefined) this.#gone.set(broker.endpoint.text, why);
  }
}

/** Milliseconds for a broker to show that it lives. */
const patience = 2000;

async function whyGone(broker: BrokerRef, context: EngineContext): Promise<string | undefined> {
  const ask = async () => {
    const { qmf } = await context.connection(broker);
    await qmf.object(brokerObject);
    return true;
  };
  try {
    const answered = await within(deadlineIn(patience), ask());
    return answered === undefined ? `${broker.name} does not answer` : undefined;
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return error.kind === 'forbidden' ? undefined : `${broker.name} is gone: ${error.text ?? error.kind}`;
  }
}
