import type { Edge } from './edges';

/** Edges in the order in which messages would travel. */
export interface Cycle {
  /** All edges but the last; of a long cycle the first `maximumShown`. */
  readonly edges: readonly Edge[];
  readonly closing: Edge;
  /** How many edges it has in all. */
  readonly length: number;
}

const maximumShown = 20;

/**
 * Cycles among the replications of one queue. Without the closing edge of each, none is left. A replication
 * within one broker is none of them.
 *
 * A depth-first walk from the first replication on finds one cycle for each edge that leads back, in time linear
 * in the edges.
 */
export function findCycles(edges: readonly Edge[]): readonly Cycle[] {
  const outgoing = new Map<string, Edge[]>();
  for (const edge of edges) {
    if (edge.origin === edge.replica) continue;
    const others = outgoing.get(edge.origin);
    if (others === undefined) outgoing.set(edge.origin, [edge]);
    else others.push(edge);
  }
  const cycles: Cycle[] = [];
  const finished = new Set<string>();
  for (const start of outgoing.keys()) walk(start, outgoing, finished, cycles);
  return cycles;
}

/** One step of the walk: a broker, the edge that led there, and how many of its own edges were followed. */
interface Step {
  readonly broker: string;
  readonly arrival: Edge | undefined;
  followed: number;
}

function walk(
  start: string,
  outgoing: ReadonlyMap<string, readonly Edge[]>,
  finished: Set<string>,
  cycles: Cycle[],
): void {
  if (finished.has(start)) return;
  const path: Step[] = [{ broker: start, arrival: undefined, followed: 0 }];
  const depths = new Map([[start, 0]]);
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const edge = outgoing.get(step.broker)?.[step.followed];
    if (edge === undefined) {
      finished.add(step.broker);
      depths.delete(step.broker);
      path.pop();
      continue;
    }
    step.followed += 1;
    const depth = depths.get(edge.replica);
    if (depth !== undefined) {
      const steps = path.slice(depth + 1, depth + 1 + maximumShown);
      const edges = steps.flatMap(({ arrival }) => arrival ?? []);
      cycles.push({ edges, closing: edge, length: path.length - depth });
    } else if (!finished.has(edge.replica)) {
      depths.set(edge.replica, path.length);
      path.push({ broker: edge.replica, arrival: edge, followed: 0 });
    }
  }
}
