import type { FindingDraft, Rule } from '../../text/rule';
import { quotable } from '../addresses';
import { type Cycle, findCycles } from '../cycles';
import { runningEdges } from '../edges';
import type { ManifestDocument } from '../manifest-document';

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
      for (const cycle of findCycles(edges)) report(describe(document, cycle));
    }
  },
};

function describe({ source: { uri } }: ManifestDocument, { edges, closing, length }: Cycle): FindingDraft {
  const { queue, from: last, to: first } = closing.replication;
  const skipped = length > edges.length + 1 ? [`… (${length - edges.length - 1} more)`] : [];
  const names = [...edges.map(({ replication }) => replication.from), last].map(({ value }) =>
    quotable(value),
  );
  const circle = [...names.slice(0, -1), ...skipped, names.at(-1), quotable(first.value)].join(' → ');
  return {
    uri,
    span: first.span,
    message: `"${quotable(queue.value)}" is replicated in a circle, ${circle}: its producers will stall. Remove or stop one of these replications.`,
    related: edges.map(({ replication: { from, to } }) => ({
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
