import { identifyBrokers } from './broker-identity';
import { type CompleteReplication, isComplete, type Manifest } from './model';

/** A replication as an arrow between brokers. */
export interface Edge {
  readonly replication: CompleteReplication;
  /** The first name in the manifest of the origin's, and of the replica's, broker. */
  readonly origin: string;
  readonly replica: string;
}

/**
 * The replications that are to run, in the file's order, by queue. One that is stopped moves no message: a
 * manifest may keep the way back, stopped, beside the way there.
 */
export function runningEdges(manifest: Manifest): ReadonlyMap<string, readonly Edge[]> {
  const identity = identifyBrokers(manifest);
  const edges = new Map<string, Edge[]>();
  for (const replication of manifest.replications) {
    if (!isComplete(replication) || replication.state === 'stopped') continue;
    const { queue, from, to } = replication;
    const edge = { replication, origin: identity(from.value), replica: identity(to.value) };
    const others = edges.get(queue.value);
    if (others === undefined) edges.set(queue.value, [edge]);
    else others.push(edge);
  }
  return edges;
}
