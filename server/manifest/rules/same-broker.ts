import type { RelatedLocation } from '../../text/finding';
import type { FindingDraft, Rule } from '../../text/rule';
import { quotable } from '../addresses';
import { commonMember, identifyBrokers } from '../broker-identity';
import type { ManifestDocument } from '../manifest-document';
import { type CompleteReplication, isComplete, type ManifestBroker } from '../model';

export const sameBroker: Rule<ManifestDocument> = {
  id: 'manifest/same-broker',
  title: 'The origin and the replica are on one broker',
  severity: 'error',
  why: 'A replica has the name of its origin, so the two cannot be on one broker: the broker would link to itself and copy the queue onto itself. Two names for one address, or one member of a cluster and the cluster, are one broker too.',
  source:
    'Measured: `replicate` of a broker to itself is answered with success, and its link is operational.',
  bad: [
    { files: { 'replicas.qpid.yaml': manifest('node1', 'node1', 'node2') } },
    { files: { 'replicas.qpid.yaml': manifest('node2', 'localhost', '127.0.0.1:5672') } },
    { files: { 'replicas.qpid.yaml': manifest('node2', 'east1,east2', 'EAST2:5672') } },
    { files: { 'replicas.qpid.yaml': manifest('node2', 'node1', 'node2', 'node2:5672') } },
  ],
  good: [
    { files: { 'replicas.qpid.yaml': manifest('node2', 'localhost:5672', 'localhost:5673') } },
    { files: { 'replicas.qpid.yaml': manifest('node2', 'node1', 'node2', '10.0.0.1') } },
  ],
  check(document, report) {
    const { manifest } = document;
    const identity = identifyBrokers(manifest);
    const brokers = new Map(manifest.brokers.map((broker) => [broker.name.value, broker]));
    for (const replication of manifest.replications) {
      if (!isComplete(replication)) continue;
      const { from, to } = replication;
      if (from.value === to.value) {
        const message = `The origin and the replica are both on "${quotable(to.value)}": replicate to another broker.`;
        report({ uri: document.source.uri, span: to.span, message });
      } else if (identity(from.value) === identity(to.value)) {
        report(twoNames(document, replication, brokers));
      } else {
        const draft = linkToReplica(document, replication, brokers.get(to.value));
        if (draft !== undefined) report(draft);
      }
    }
  },
};

function twoNames(
  { source }: ManifestDocument,
  { from, to }: CompleteReplication,
  brokers: ReadonlyMap<string, ManifestBroker>,
): FindingDraft {
  const members = [from, to].map(({ value }) => brokers.get(value)?.address?.endpoint?.members ?? []);
  const common = commonMember(members[0] ?? [], members[1] ?? []);
  const because = common === undefined ? 'through their addresses' : `at ${common}`;
  const related = [from, to].flatMap(({ value }): RelatedLocation[] => {
    const address = brokers.get(value)?.address?.text;
    if (address === undefined) return [];
    return [{ uri: source.uri, span: address.span, message: `The address of "${quotable(value)}".` }];
  });
  const names = `"${quotable(from.value)}" and "${quotable(to.value)}"`;
  return {
    uri: source.uri,
    span: to.span,
    message: `${names} are one broker, ${because}: replicate to another broker.`,
    related,
  };
}

/** The link address is how the replica broker sees the origin: it must not lead back to the replica broker. */
function linkToReplica(
  { source }: ManifestDocument,
  { to, linkAddress }: CompleteReplication,
  replica: ManifestBroker | undefined,
): FindingDraft | undefined {
  const common = commonMember(linkAddress?.members ?? [], replica?.address?.endpoint?.members ?? []);
  if (linkAddress === undefined || common === undefined) return undefined;
  const message = `This link leads back to the replica broker "${quotable(to.value)}", at ${common}: give the address of the origin.`;
  return { uri: source.uri, span: linkAddress.text.span, message };
}

function manifest(to: string, address1: string, address2: string, linkAddress?: string): string {
  const link = linkAddress === undefined ? '' : `    linkAddress: ${linkAddress}\n`;
  return `version: 1\nbrokers:\n  node1:\n    address: ${address1}\n  node2:\n    address: ${address2}\nreplications:\n  - queue: myqueue\n    from: node1\n    to: ${to}\n${link}`;
}
