import type { Rule } from '../../text/rule';
import { quotable } from '../addresses';
import type { ManifestDocument } from '../manifest-document';
import type { Manifest } from '../model';

export const unusedBroker: Rule<ManifestDocument> = {
  id: 'manifest/unused-broker',
  title: 'A broker takes part in no replication',
  severity: 'info',
  why: 'The broker is declared, and no replication starts or ends there. It may be a leftover, or a replication may be missing.',
  source: 'The format of the manifest, version 1.',
  bad: [{ files: { 'replicas.qpid.yaml': manifest('  node3: { address: node3 }\n') } }],
  good: [{ files: { 'replicas.qpid.yaml': manifest('') } }],
  check({ manifest, source: { uri } }, report) {
    const used = usedBrokers(manifest);
    if (used === undefined) return;
    for (const { name } of manifest.brokers) {
      if (used.has(name.value)) continue;
      const message = `The broker "${quotable(name.value)}" takes part in no replication.`;
      report({ uri, span: name.span, message });
    }
  },
};

/**
 * The names of the brokers that take part in a replication; undefined where that is not known: a name that is missing
 * or misspelt may have been meant for any of them.
 */
export function usedBrokers({
  brokers,
  replications,
}: Manifest): ReadonlySet<string | undefined> | undefined {
  const used = new Set(replications.flatMap(({ from, to }) => [from?.value, to?.value]));
  const known = new Set(brokers.map(({ name }) => name.value));
  return used.size > 0 && [...used].every((name) => name !== undefined && known.has(name)) ? used : undefined;
}

function manifest(more: string): string {
  return `version: 1\nbrokers:\n  node1: { address: node1 }\n  node2: { address: node2 }\n${more}replications:\n  - queue: myqueue\n    from: node1\n    to: node2\n`;
}
