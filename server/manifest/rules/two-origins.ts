import type { Rule } from '../../text/rule';
import { quotable } from '../addresses';
import { type Edge, runningEdges } from '../edges';
import type { ManifestDocument } from '../manifest-document';

export const twoOrigins: Rule<ManifestDocument> = {
  id: 'manifest/two-origins',
  title: 'One replica queue has two origins',
  severity: 'error',
  why: 'A queue can be the replica of one origin only. The broker answers the second `replicate` with `Duplicate queue replicator`, and leaks a link to the second origin.',
  source: 'QueueReplicator.cpp; measured: error 7, and one more link for each attempt.',
  bad: [{ files: { 'replicas.qpid.yaml': manifest(['myqueue', 'node1'], ['myqueue', 'node2']) } }],
  good: [
    { files: { 'replicas.qpid.yaml': manifest(['myqueue', 'node1'], ['orders', 'node2']) } },
    { files: { 'replicas.qpid.yaml': manifest(['myqueue', 'node1'], ['myqueue', 'node2', 'stopped']) } },
  ],
  check({ manifest, source: { uri } }, report) {
    for (const edges of runningEdges(manifest).values()) {
      const firsts = new Map<string, Edge>();
      for (const edge of edges) {
        // Within one broker there is no replica at all, and another rule says so.
        if (edge.origin === edge.replica) continue;
        const first = firsts.get(edge.replica);
        if (first === undefined) firsts.set(edge.replica, edge);
        if (first === undefined || first.origin === edge.origin) continue;
        const { queue, from, to } = edge.replication;
        const replica = `The replica of "${quotable(queue.value)}" on "${quotable(to.value)}"`;
        const origin = `"${quotable(first.replication.from.value)}"`;
        report({
          uri,
          span: from.span,
          message: `${replica} already has its origin on ${origin}: a queue can have one origin only.`,
          related: [{ uri, span: first.replication.from.span, message: 'The first origin is here.' }],
        });
      }
    }
  },
};

function manifest(
  ...replications: readonly (readonly [queue: string, from: string, state?: string])[]
): string {
  const entries = replications.map(
    ([queue, from, state]) =>
      `  - queue: ${queue}\n    from: ${from}\n    to: replica\n${state === undefined ? '' : `    state: ${state}\n`}`,
  );
  return `version: 1\nbrokers:\n  node1: { address: node1 }\n  node2: { address: node2 }\n  replica: { address: node3 }\nreplications:\n${entries.join('')}`;
}
