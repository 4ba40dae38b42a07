import type { Replication } from '../contract';
import type { DesiredReplication } from '../planning/desired';
import type { Looked } from '../status';

export interface WatchedEntry {
  readonly desired: DesiredReplication;
  /** Undefined where the replica broker could not be asked. */
  readonly looked: Looked | undefined;
}

/** Tells replications apart. */
export function routeKey({ queue, origin, replica }: Replication): string {
  return JSON.stringify([queue, origin.name, replica.name]);
}

export function keyOf({ desired }: WatchedEntry): string {
  return routeKey(desired.replication);
}
