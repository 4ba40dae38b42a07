import { type ConfigDocument, parseConfig } from '../config/config-document';
import { type ManifestDocument, parseManifest } from '../manifest/manifest-document';
import { type ConfDocument, parseConf } from '../qpidd-conf/model';
import type { Release } from '../qpidd-conf/release';
import { type DocumentUri, documentFromBytes, type SourceDocument } from '../text/document';
import type { FileContent } from './file-system';

/** Parses each version of a file once. What is kept is the newest version of each. */
export class DocumentCache {
  private readonly confs = new Map<DocumentUri, ConfDocument>();
  private readonly releases = new Map<DocumentUri, Release | undefined>();
  private readonly configs = new Map<DocumentUri, ConfigDocument>();
  private readonly manifests = new Map<DocumentUri, ManifestDocument>();

  /** @param release of the broker, as the project has it: with another one a file is another document. */
  conf(uri: DocumentUri, content: Readable, release?: Release): ConfDocument {
    if (this.releases.get(uri) !== release) this.confs.delete(uri);
    this.releases.set(uri, release);
    return current(this.confs, uri, content, (source, previous) => parseConf(source, release, previous));
  }

  config(uri: DocumentUri, content: Readable): ConfigDocument {
    return current(this.configs, uri, content, parseConfig);
  }

  manifest(uri: DocumentUri, content: Readable): ManifestDocument {
    return current(this.manifests, uri, content, parseManifest);
  }
}

export type Readable = Extract<FileContent, { readonly kind: 'bytes' | 'document' }>;

function current<Document extends { readonly source: SourceDocument }>(
  known: Map<DocumentUri, Document>,
  uri: DocumentUri,
  content: Readable,
  parse: (source: SourceDocument, previous: Document | undefined) => Document,
): Document {
  const source = content.kind === 'document' ? content.source : documentFromBytes(uri, content.bytes);
  const previous = known.get(uri);
  if (previous?.source.text === source.text && previous.source.encoding === source.encoding) return previous;
  const document = parse(source.uri === uri ? source : { ...source, uri }, previous);
  known.set(uri, document);
  return document;
}
