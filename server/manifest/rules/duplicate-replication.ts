import type { FindingDraft, Rule } from '../../text/rule';
import { quotable } from '../addresses';
import { identifyBrokers } from '../broker-identity';
import { removeListItem } from '../edits';
import type { ManifestDocument } from '../manifest-document';
import { type CompleteReplication, isComplete } from '../model';

export const duplicateReplication: Rule<ManifestDocument> = {
  id: 'manifest/duplicate-replication',
  title: 'A replication is declared twice',
  severity: 'warning',
  why: 'A queue is replicated from one broker to another once. A second entry that says the same has no effect; one that says something else, such as `state: stopped`, contradicts the first.',
  source: 'QueueReplicator.cpp: one replicator a queue.',
  bad: [
    {
      files: { 'replicas.qpid.yaml': manifest('', '') },
      fixed: { 'replicas.qpid.yaml': manifest('') },
    },
    { files: { 'replicas.qpid.yaml': manifest('', '    state: stopped\n') } },
  ],
  good: [{ files: { 'replicas.qpid.yaml': manifest('') } }],
  check(document, report) {
    const identity = identifyBrokers(document.manifest);
    const firsts = new Map<string, CompleteReplication>();
    for (const replication of document.manifest.replications) {
      if (!isComplete(replication)) continue;
      const { queue, from, to } = replication;
      const key = JSON.stringify([queue.value, identity(from.value), identity(to.value)]);
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, replication);
      else report(repeated(document, first, replication));
    }
  },
};

function repeated(
  { source }: ManifestDocument,
  first: CompleteReplication,
  second: CompleteReplication,
): FindingDraft {
  const { queue, from, to } = second;
  const what = `The replication of "${quotable(queue.value)}" from "${quotable(from.value)}" to "${quotable(to.value)}"`;
  const finding = {
    uri: source.uri,
    span: queue.span,
    related: [{ uri: source.uri, span: first.queue.span, message: 'It is first declared here.' }],
  };
  if (content(first) !== content(second)) {
    return { ...finding, message: `${what} is declared twice, and differently: keep one of the two.` };
  }
  const edit = removeListItem(source, second.span);
  const fix = edit && { title: 'Remove the repetition', edits: [edit] };
  return { ...finding, message: `${what} is declared twice: remove this one.`, ...(fix && { fix }) };
}

/** All that an entry says. */
function content({ from, to, linkAddress, create, state }: CompleteReplication): string {
  return JSON.stringify([from.value, to.value, linkAddress?.text.value, create, state]);
}

function manifest(...entries: readonly string[]): string {
  const list = entries.map((rest) => `  - queue: myqueue\n    from: node1\n    to: node2\n${rest}`).join('');
  return `version: 1\nbrokers:\n  node1: { address: node1 }\n  node2: { address: node2 }\nreplications:\n${list}`;
}
