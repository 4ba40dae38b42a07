import type { FindingDraft, Rule } from '../../text/rule';
import { quotable } from '../addresses';
import { findCycles } from '../cycles';
import { type Edge, runningEdges } from '../edges';
import type { ManifestDocument } from '../manifest-document';

/** Brokers of a cycle that a message names, and places that it points at. */
const shownBrokers = 20;

export const replicaCycle: Rule<ManifestDocument> = {
  id: 'manifest/replica-cycle',
  title: 'A queue is replicated in a circle',
  severity: 'error',
  why: 'When a replica is, directly or through others, the origin of its own origin, every start succeeds; then producers stall, and the queues drift apart. A chain, from one broker to the next without return, is fine.',
  source:
    'Measured: A to B and B to A, one of two messages accepted, both queues diverge; A to B to C works.',
  bad: [
    { files: { 'replicas.qpid.yaml': manifest(['node1', 'node2'], ['node2', 'node1']) } },
    { files: { 'replicas.qpid.yaml': manifest(['node1', 'node2'], ['node2', 'node3'], ['node3', 'node1']) } },
    {
      files: {
        'replicas.qpid.yaml': manifest(['node1', 'node2'], ['alias', 'node1']).replace(
          'replications:',
          '  alias: { address: "NODE2:5672" }\nreplications:',
        ),
      },
    },
  ],
  good: [
    { files: { 'replicas.qpid.yaml': manifest(['node1', 'node2'], ['node2', 'node3']) } },
    { files: { 'replicas.qpid.yaml': manifest(['node1', 'node2']) } },
  ],
  check(document, report) {
    for (const edges of runningEdges(document.manifest).values()) {
      const places = new Map(edges.map((edge, index) => [edge, index]));
      for (const cycle of findCycles(edges)) report(describe(document, fromLatest(cycle, places)));
    }
  },
};

/** Turns a cycle so that it ends with the edge that comes last in the file: the one that closes it. */
function fromLatest(cycle: readonly Edge[], places: ReadonlyMap<Edge, number>): readonly Edge[] {
  let latest = 0;
  cycle.forEach((edge, index) => {
    if ((places.get(edge) ?? 0) > (places.get(cycle[latest] ?? edge) ?? 0)) latest = index;
  });
  return [...cycle.slice(latest + 1), ...cycle.slice(0, latest + 1)];
}

function describe({ source: { uri } }: ManifestDocument, cycle: readonly Edge[]): FindingDraft {
  const [others, closing] = [cycle.slice(0, -1), cycle.slice(-1)];
  const replication = closing[0]?.replication ?? others[0]?.replication;
  if (replication === undefined) throw new Error('a cycle has edges');
  const names = [...cycle.map(({ replication: { from } }) => from.value), replication.to.value];
  const shown = names.slice(0, shownBrokers).map(quotable);
  const circle = [...shown, ...(names.length > shownBrokers ? ['…'] : [])].join(' → ');
  const queue = quotable(replication.queue.value);
  return {
    uri,
    span: replication.to.span,
    message: `"${queue}" is replicated in a circle, ${circle}: its producers will stall. Remove or stop one of these replications.`,
    related: others.slice(0, shownBrokers).map(({ replication: { from, to } }) => ({
      uri,
      span: to.span,
      message: `From "${quotable(from.value)}" to "${quotable(to.value)}".`,
    })),
  };
}

function manifest(...replications: readonly (readonly [from: string, to: string])[]): string {
  const entries = replications.map(([from, to]) => `  - queue: myqueue\n    from: ${from}\n    to: ${to}\n`);
  return `version: 1\nbrokers:\n  node1: { address: node1 }\n  node2: { address: node2 }\n  node3: { address: node3 }\nreplications:\n${entries.join('')}`;
}
