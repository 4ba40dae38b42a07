import type { Span } from '../text/span';
import type { ManifestDocument } from './manifest-document';
import { isComplete } from './model';

/** Where an editor offers to start, stop and look at a replication. */
export interface ReplicationLens {
  readonly span: Span;
  readonly queue: string;
  /** Names of the origin and the replica broker. */
  readonly from: string;
  readonly to: string;
}

/** One for each replication that is completely declared, between brokers that are declared with an address. */
export function replicationLenses({ manifest }: ManifestDocument): readonly ReplicationLens[] {
  const reachable = new Set(
    manifest.brokers.filter(({ address }) => address?.endpoint !== undefined).map(({ name }) => name.value),
  );
  return manifest.replications
    .filter(isComplete)
    .filter(({ from, to }) => reachable.has(from.value) && reachable.has(to.value))
    .map(({ queue, from, to, span }) => ({ span, queue: queue.value, from: from.value, to: to.value }));
}
