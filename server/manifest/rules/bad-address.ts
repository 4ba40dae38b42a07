import type { DocumentUri } from '../../text/document';
import type { Reporter, Rule } from '../../text/rule';
import { quotable } from '../addresses';
import type { ManifestDocument } from '../manifest-document';
import { type ManifestAddress, type ManifestLinkAddress, spanWithin } from '../model';

export const badAddress: Rule<ManifestDocument> = {
  id: 'manifest/bad-address',
  title: 'An address cannot be parsed',
  severity: 'error',
  why: '`address` is `host`, `host:port` or several of them separated by commas, without blanks; `amqp://` or `amqps://` may stand before it. `linkAddress` is handed to the replica broker, which knows no `amqp://` and answers `Invalid URL`.',
  source: 'Url.cpp UrlParser, as the broker accepts it when given to `replicate`.',
  bad: [
    { files: { 'replicas.qpid.yaml': manifest('node1:567200') } },
    { files: { 'replicas.qpid.yaml': manifest('east1, east2') } },
    { files: { 'replicas.qpid.yaml': manifest('node1', 'amqp://10.0.0.1') } },
  ],
  good: [
    { files: { 'replicas.qpid.yaml': manifest('east1,east2:5673') } },
    { files: { 'replicas.qpid.yaml': manifest('amqps://node1', 'ssl:10.0.0.1:5671') } },
  ],
  check({ manifest, source }, report) {
    for (const { address } of manifest.brokers) reportFault(address, 'broker address', source.uri, report);
    for (const { linkAddress } of manifest.replications) {
      reportFault(linkAddress, "address in the broker's grammar", source.uri, report);
    }
  },
};

function reportFault(
  address: ManifestAddress | ManifestLinkAddress | undefined,
  what: string,
  uri: DocumentUri,
  report: Reporter,
): void {
  if (address?.fault === undefined) return;
  const { text, fault } = address;
  const { length } = text.value;
  // From the offending character on; the whole address where it ends too early.
  const at = fault.offset < length ? spanWithin(text, fault.offset, length) : text.span;
  report({ uri, span: at, message: `"${quotable(text.value)}" is no ${what}: ${fault.reason}.` });
}

function manifest(address: string, linkAddress?: string): string {
  const link = linkAddress === undefined ? '' : `    linkAddress: ${linkAddress}\n`;
  return `version: 1\nbrokers:\n  origin:\n    address: ${address}\n  replica:\n    address: node2\nreplications:\n  - queue: myqueue\n    from: origin\n    to: replica\n${link}`;
}
