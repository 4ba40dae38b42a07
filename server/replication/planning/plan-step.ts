/** The shape of a plan. */
import type { BrokerRef, Replication, ReplicationState, StopTarget } from '../contract';
import type { DangerId } from '../dangers';
import type { DesiredReplication } from './desired';

export interface PlanRequest {
  readonly desired: readonly DesiredReplication[];
  /** Every broker that the manifests declare: on these, what nobody wants is looked for. */
  readonly brokers: readonly BrokerRef[];
  /** What is to be done about replications that no manifest wants. */
  readonly unwanted: 'ignore' | 'tell' | 'stop';
}

/** What each subject, such as a broker or a queue, was found to be. */
export type Facts = Readonly<Record<string, string>>;

export type PlanAction =
  | 'start'
  | 'stop'
  /** The old content of the replica is moved aside, and the replication started anew. */
  | 'rebuild'
  | 'nothing'
  /** It is not as wanted, and no step of ours would make it so. */
  | 'blocked';

export interface PlanStep {
  readonly action: PlanAction;
  readonly queue: string;
  /** Names of the brokers; the origin is the link's address where no manifest names it. */
  readonly origin: string | undefined;
  readonly replica: string;
  /** As it was found; undefined where the replica broker could not be asked. */
  readonly state: ReplicationState | undefined;
  /** Why, as a clause without its full stop. */
  readonly reason: string;
  /** What will be changed on which broker, in order. */
  readonly changes: readonly string[];
  /** What has to be accepted by its flag first. */
  readonly danger: DangerId | undefined;
  /** What will go wrong later, as sentences. */
  readonly warnings: readonly string[];
  /** What somebody else has to do. */
  readonly next: string | undefined;
}

export interface PlannedStep {
  readonly step: PlanStep;
  readonly target: StopTarget;
  /** Of an entry of a manifest: what it declares. */
  readonly declared: Replication | undefined;
}

export interface Plan {
  readonly request: PlanRequest;
  /** One for each entry of the manifests, in their order, and then one for each replication that nobody wants. */
  readonly steps: readonly PlannedStep[];
  /** Everything that the steps were decided by. */
  readonly facts: Facts;
}

export type PlanVerdict = 'nothing-to-do' | 'changes-pending' | 'blocked';

/** The steps that change something. */
export function changesOf({ steps }: Plan): readonly PlannedStep[] {
  return steps.filter(({ step: { action } }) => action !== 'nothing' && action !== 'blocked');
}

export function verdictOf(plan: Plan): PlanVerdict {
  if (plan.steps.some(({ step }) => step.action === 'blocked')) return 'blocked';
  return changesOf(plan).length > 0 ? 'changes-pending' : 'nothing-to-do';
}
