import { type ManifestDocument, parseManifest } from '../../server/manifest/manifest-document';
import { documentFromText } from '../../server/text/document';

export const manifestUri = 'file:///example/replicas.qpid.yaml';

export function parse(text: string): ManifestDocument {
  return parseManifest(documentFromText(manifestUri, text));
}

/** A text whose cursor is written as `|`. */
export function atCursor(marked: string): { readonly document: ManifestDocument; readonly offset: number } {
  const offset = marked.indexOf('|');
  return { document: parse(marked.replace('|', '')), offset };
}
