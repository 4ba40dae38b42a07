import type { Edge } from './edges';

/**
 * Cycles among the replications of one queue, each as its edges in the order in which messages would travel.
 * Without the latest edge of each, none is left. A replication within one broker is none of them.
 *
 * A depth-first walk that finds one cycle for each edge that leads back, in time linear in the edges.
 */
export function findCycles(edges: readonly Edge[]): readonly (readonly Edge[])[] {
  const outgoing = new Map<string, Edge[]>();
  for (const edge of edges) {
    if (edge.origin === edge.replica) continue;
    const others = outgoing.get(edge.origin);
    if (others === undefined) outgoing.set(edge.origin, [edge]);
    else others.push(edge);
  }
  const cycles: Edge[][] = [];
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
  cycles: Edge[][],
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
      cycles.push([...path.slice(depth + 1).flatMap(({ arrival }) => arrival ?? []), edge]);
    } else if (!finished.has(edge.replica)) {
      depths.set(edge.replica, path.length);
      path.push({ broker: edge.replica, arrival: edge, followed: 0 });
    }
  }
}
