import { secretsOf as configSecrets } from '../config/secrets';
import type { ManifestDocument } from '../manifest/manifest-document';
import { spanWithin } from '../manifest/model';
import type { Project } from '../project/project';
import { type ConfDocument, settingsOfOptions } from '../qpidd-conf/model';
import type { DocumentUri } from '../text/document';
import { type Span, span } from '../text/span';
import { credentialKeys } from '../yaml/credential-keys';
import { entryOf } from '../yaml/tree';

/** Where the files of a project hold what no report may show. */
export function secretsOf({ confs, manifests, configs }: Project): ReadonlyMap<DocumentUri, readonly Span[]> {
  const secrets = new Map<DocumentUri, readonly Span[]>();
  for (const [uri, conf] of confs) secrets.set(uri, confSecrets(conf));
  for (const [uri, manifest] of manifests) secrets.set(uri, manifestSecrets(manifest));
  for (const [uri, config] of configs) secrets.set(uri, configSecrets(config));
  return secrets;
}

/** To the end of the line: what follows a `#` was meant to be part of the password. */
function confSecrets(document: ConfDocument): readonly Span[] {
  return settingsOfOptions(document, ({ secret }) => secret === true).map(({ key, value, line }) =>
    span(Math.max(value.start, key.end), line.span.end),
  );
}

function manifestSecrets({ root, draft }: ManifestDocument): readonly Span[] {
  const addresses = [
    ...draft.brokers.map(({ address }) => address),
    ...draft.replications.map(({ linkAddress }) => linkAddress),
  ];
  return [
    ...credentialKeys(root, entryOf(root, 'brokers')?.value).map(({ value }) => value.span),
    ...addresses.flatMap((address) =>
      address?.credentials === undefined
        ? []
        : [spanWithin(address.text, address.credentials.start, address.credentials.end)],
    ),
  ];
}
