/** The words in which a state is explained. */

import type { ReplicationState } from '../contract';
import type { Observation } from '../observe/observation';
import { command } from '../words/command';

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
export function restart(observation: Observation): string {
  const { queue, replica, origin } = observation;
  if (origin === undefined) {
    const stop = command('stop', { queue, replica: replica.broker });
    return `Stop it: ${stop}, and rebuild it from its origin.`;
  }
  return `${isEmpty(observation) ? 'Start it again' : 'Rebuild it'}: ${restartCommand(observation)}.`;
}

/** The command that begins anew, for an origin that is known. */
export function restartCommand(observation: Observation): string {
  const { queue, replica, origin, linkAddress } = observation;
  const verb = isEmpty(observation) ? 'start' : 'rebuild';
  const link = linkAddress === undefined ? '' : ', by the manifest with its link address';
  return `${command(verb, { queue, origin: origin?.broker, replica: replica.broker })}${link}`;
}

function isEmpty({ replica }: Observation): boolean {
  return (replica.view.queue?.depth ?? 0) === 0;
}

export function words(lastError: string): string {
  return lastError === '' ? '' : `: ${lastError}`;
}

export function messages(count: number): string {
  return count === 1 ? '1 message' : `${count.toLocaleString('en-US')} messages`;
}
