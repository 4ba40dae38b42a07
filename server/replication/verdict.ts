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

/**
 * Only an empty replica queue is a correct start: where it holds messages they are moved aside first. Both commands
 * clear what is left over.
 */
export function restart({ queue, replica, origin, linkAddress }: Observation): string {
  if (origin === undefined) {
    const stop = command('stop', { queue, replica: replica.broker });
    return `Stop it: ${stop}, and rebuild it from its origin.`;
  }
  const empty = (replica.view.queue?.depth ?? 0) === 0;
  const again = command(empty ? 'start' : 'rebuild', {
    queue,
    origin: origin.broker,
    replica: replica.broker,
  });
  const link = linkAddress === undefined ? '' : ', by the manifest with its link address';
  return `${empty ? 'Start it again' : 'Rebuild it'}: ${again}${link}.`;
}

export function words(lastError: string): string {
  return lastError === '' ? '' : `: ${lastError}`;
}

export function messages(count: number): string {
  return count === 1 ? '1 message' : `${count.toLocaleString('en-US')} messages`;
}
