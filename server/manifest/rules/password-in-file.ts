import type { DocumentUri } from '../../text/document';
import type { FindingDraft, Rule } from '../../text/rule';
import { credentialKeys } from '../../yaml/credential-keys';
import { entryOf } from '../../yaml/tree';
import { quotable } from '../addresses';
import type { ManifestDocument } from '../manifest-document';
import { type ManifestAddress, type ManifestLinkAddress, spanWithin } from '../model';

export const passwordInFile: Rule<ManifestDocument> = {
  id: 'manifest/password-in-file',
  title: 'The manifest holds a login',
  severity: 'error',
  why: "A manifest is shared and kept in version control; a password in it is known to everyone who can read it, for ever. Logins come from the editor's secret storage, from environment variables named after the broker, or from a prompt. In a link address they have no effect at all: a link uses the replica broker's own `ha-username` and `ha-password`.",
  source: 'The format of the manifest, version 1; HaBroker.cpp METHOD_REPLICATE ignores the user of the URL.',
  bad: [
    {
      files: { 'replicas.qpid.yaml': manifest('admin:pw@node1:5672') },
      fixed: { 'replicas.qpid.yaml': manifest('node1:5672') },
    },
    {
      files: { 'replicas.qpid.yaml': manifest('"amqps://admin:pw@node1"') },
      fixed: { 'replicas.qpid.yaml': manifest('"amqps://node1"') },
    },
    { files: { 'replicas.qpid.yaml': manifest('node1\n    user: admin\n    password: pw') } },
  ],
  good: [{ files: { 'replicas.qpid.yaml': manifest('node1') } }],
  check(document, report) {
    const { root, draft, source } = document;
    for (const { key, keySpan } of credentialKeys(root, entryOf(root, 'brokers')?.value)) {
      const message = `A manifest never holds a login: remove "${quotable(key)}". ${elsewhere}`;
      report({ uri: source.uri, span: keySpan, message });
    }
    for (const { name, address } of draft.brokers) {
      const what = `The address of "${quotable(name.value)}"`;
      if (address !== undefined) reportAddress(source.uri, address, what, report);
    }
    for (const { linkAddress } of draft.replications) {
      if (linkAddress !== undefined) reportAddress(source.uri, linkAddress, 'This link address', report);
    }
  },
};

const elsewhere = "Logins come from the editor's secret storage or from environment variables.";

function reportAddress(
  uri: DocumentUri,
  { text, credentials }: ManifestAddress | ManifestLinkAddress,
  what: string,
  report: (draft: FindingDraft) => void,
): void {
  if (credentials === undefined) return;
  const at = spanWithin(text, credentials.start, credentials.end);
  // With a second "@" it is open where the login ends and the host begins.
  const certain = text.literalStart !== undefined && text.value.indexOf('@') === credentials.end - 1;
  const edits = [{ uri, span: at, newText: '' }];
  report({
    uri,
    span: at,
    message: `${what} holds a login: remove it. ${elsewhere}`,
    ...(certain && { fix: { title: 'Remove the login from the address', edits } }),
  });
}

function manifest(address: string): string {
  return `version: 1\nbrokers:\n  node1:\n    address: ${address}\n`;
}
