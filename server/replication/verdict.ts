/** The words in which a state is explained. */
import { command } from './command';
import type { ReplicationState } from './contract';
import type { Observation } from './observation';

export interface Verdict {
  readonly state: ReplicationState;
  readonly cause?: string;
  readonly next?: string;
}

export function halfStopped(observation: Observation, cause: string): Verdict {
  return { state: 'half-stopped', cause, next: restart(observation) };
}

export function stale(observation: Observation, cause: string): Verdict {
  return {
    state: 'stale',
    cause: `${cause}: its messages have new ids, and the replica keeps old messages for them`,
    next: restart(observation),
  };
}

/** Only an empty replica queue is a correct start. */
export function restart({ queue, replica, origin, linkAddress }: Observation): string {
  const stop = command('stop', { queue, replica: replica.broker });
  if (origin === undefined) return `Stop it: ${stop}, empty the replica queue, and start it again.`;
  const start =
    linkAddress === undefined
      ? `: ${command('start', { queue, origin: origin.broker, replica: replica.broker })}`
      : ` with its link address`;
  return `Stop it: ${stop}, empty the replica queue, and start it again${start}.`;
}

export function words(lastError: string): string {
  return lastError === '' ? '' : `: ${lastError}`;
}

export function messages(count: number): string {
  return count === 1 ? '1 message' : `${count.toLocaleString('en-US')} messages`;
}
