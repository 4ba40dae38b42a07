/** Outcomes in words: the same sentences on the command line and in the editor. */
import type {
  FailedOutcome,
  Refusal,
  Replication,
  ReplicationStatus,
  StartOutcome,
  StopOutcome,
} from '../contract';

export interface Description {
  readonly severity: 'info' | 'warning' | 'error';
  /** One sentence: what is true now. */
  readonly message: string;
  readonly next?: string;
  /** What else a careful reader wants to know, line by line. */
  readonly details: readonly string[];
}

/** The states that need nobody's attention. */
const healthy: ReadonlySet<ReplicationStatus['state']> = new Set(['in-step', 'catching-up']);

export function isHealthy(status: ReplicationStatus): boolean {
  return healthy.has(status.state);
}

export function describeStart(replication: Replication, outcome: StartOutcome): Description {
  const { queue, origin, replica } = replication;
  const route = `"${queue}" from ${origin.name} to ${replica.name}`;
  switch (outcome.kind) {
    case 'started':
      return withWarnings(
        withStatus(outcome.status, `Replication of ${route} is running: ${describeState(outcome.status)}.`),
        outcome.warnings,
      );
    case 'already-running':
      return withStatus(
        outcome.status,
        `Replication of ${route} was running already: ${describeState(outcome.status)}.`,
      );
    case 'refused':
      return describeRefusal(`Replication of ${route} was not started`, outcome.refusal);
    case 'failed':
      return describeFailure(`Replication of ${route} could not be started`, outcome);
  }
}

export function describeStop(queue: string, replica: string, outcome: StopOutcome): Description {
  switch (outcome.kind) {
    case 'stopped':
      return describeStopped(queue, replica, outcome);
    case 'not-running':
      return {
        severity: 'info',
        message: `Nothing on ${replica} replicates "${queue}": there is nothing to stop.`,
        details: [],
      };
    case 'refused':
      return describeRefusal(`Replication of "${queue}" to ${replica} was not stopped`, outcome.refusal);
    case 'failed':
      return describeFailure(`Replication of "${queue}" to ${replica} could not be stopped`, outcome);
  }
}

function describeStopped(
  queue: string,
  replica: string,
  { usable, drained, warnings = [] }: Extract<StopOutcome, { kind: 'stopped' }>,
): Description {
  const equal = drained === undefined ? '' : ` It was equal to its origin, with ${counted(drained)}.`;
  const kept = usable
    ? 'The queue was created anew with its messages: it may be an origin.'
    : 'The replica keeps the messages it has.';
  const next =
    'Empty the replica queue before you start the replication again, or before you replicate from it.';
  return {
    severity: warnings.length > 0 ? 'warning' : 'info',
    message: `Replication of "${queue}" to ${replica} is stopped.${equal} ${kept}`,
    ...(usable ? {} : { next }),
    details: warnings,
  };
}

/** `in step, 700 messages on both brokers` */
export function describeState(status: ReplicationStatus): string {
  const { state, originDepth, replicaDepth } = status;
  const words = state.replaceAll('-', ' ').replace(' ha', ' HA');
  if (state === 'in-step' && originDepth !== undefined)
    return `${words}, ${counted(originDepth)} on both brokers`;
  if (originDepth === undefined || replicaDepth === undefined) return words;
  return `${words}, ${counted(originDepth)} on the origin and ${counted(replicaDepth)} on the replica`;
}

export function counted(messages: number): string {
  return `${messages.toLocaleString('en-US')} ${messages === 1 ? 'message' : 'messages'}`;
}

function withStatus(status: ReplicationStatus, message: string): Description {
  return {
    severity: isHealthy(status) ? 'info' : 'warning',
    message,
    ...(status.next === undefined ? {} : { next: status.next }),
    details: status.cause === undefined ? [] : [status.cause],
  };
}

function withWarnings(description: Description, warnings: readonly string[]): Description {
  if (warnings.length === 0) return description;
  return { ...description, severity: 'warning', details: [...description.details, ...warnings] };
}

export function describeRefusal(what: string, refusal: Refusal): Description {
  return { severity: 'error', message: `${what}: ${refusal.message}`, next: refusal.advice, details: [] };
}

export function describeFailure(what: string, { error, done, undone, left }: FailedOutcome): Description {
  return {
    severity: 'error',
    message: `${what}: ${error.text ?? error.kind} (${error.broker}, while ${error.step}).`,
    next: error.advice,
    details: [
      ...done.map((step) => `done: ${step}`),
      ...undone.map((step) => `taken back: ${step}`),
      ...left.map((item) => `still there: ${item}`),
    ],
  };
}
