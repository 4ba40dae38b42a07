import { lettersOf } from '../manifest/broker-names';
import type { ManifestDocument } from '../manifest/manifest-document';
import type { DocumentUri } from '../text/document';
import type { Span } from '../text/span';
import { resolveFrom } from './uris';

/** A path in a manifest, and the file that it leads to. */
export interface ManifestLink {
  readonly span: Span;
  readonly uri: DocumentUri;
  readonly path: string;
}

/** The files that a manifest names, each at its path. */
export function manifestLinks({ source, draft }: ManifestDocument): readonly ManifestLink[] {
  const paths = draft.brokers
    .flatMap(({ configs, primaryScript, clusterConf }) => [...configs, primaryScript, clusterConf])
    .filter((path) => path !== undefined);
  return paths.map((path) => ({
    span: lettersOf(path),
    uri: resolveFrom(source.uri, path.value),
    path: path.value,
  }));
}
