import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { canonicalUri } from '../project/uris';
import type { Encoding } from '../text/decode';
import { type DocumentUri, documentFromText, documentWithText, type SourceDocument } from '../text/document';
import { span } from '../text/span';
import { toSpan, type View } from './view';

/** A document as an editor has it open. */
export interface OpenDocument extends View {
  /** As the editor spells it; the source has the one spelling that a project uses. */
  readonly uri: DocumentUri;
  readonly version: number;
  readonly languageId: string;
}

/** What an editor strips from the text that it sends, and writes back when it saves. */
export interface FileStart {
  readonly byteOrderMark: boolean;
  readonly encoding: Encoding;
}

const byteOrderMark = '\uFEFF';

/** The documents that are open in the editor, kept in step by its incremental changes. */
export class OpenDocuments {
  private readonly documents = new Map<DocumentUri, OpenDocument>();

  get(uri: DocumentUri): OpenDocument | undefined {
    return this.documents.get(canonicalUri(uri));
  }

  all(): readonly OpenDocument[] {
    return [...this.documents.values()];
  }

  /** By the URIs that a project uses. */
  sources(): ReadonlyMap<DocumentUri, SourceDocument> {
    return new Map([...this.documents].map(([uri, { source }]) => [uri, source]));
  }

  open(uri: DocumentUri, languageId: string, version: number, text: string, start: FileStart): void {
    const hidden = start.byteOrderMark && !text.startsWith(byteOrderMark) ? 1 : 0;
    const source = documentFromText(canonicalUri(uri), byteOrderMark.repeat(hidden) + text, start.encoding);
    this.documents.set(source.uri, { uri, version, languageId, source, hidden });
  }

  /** Applies changes in their order; each range refers to the text after the change before it. */
  change(uri: DocumentUri, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const document = this.get(uri);
    if (document === undefined) return;
    let view: View = document;
    for (const change of changes) view = { ...view, source: changed(view, change) };
    this.documents.set(view.source.uri, { ...document, ...view, version });
  }

  /** A save may add or remove what the editor hides. */
  saved(uri: DocumentUri, start: FileStart): void {
    const document = this.get(uri);
    if (document === undefined) return;
    const shown = document.source.text.slice(document.hidden);
    this.open(document.uri, document.languageId, document.version, shown, start);
  }

  close(uri: DocumentUri): void {
    this.documents.delete(canonicalUri(uri));
  }
}

/** The next version of a document; whatever its encoding is, the editor sends its text. */
function changed(view: View, change: TextDocumentContentChangeEvent): SourceDocument {
  const { source, hidden } = view;
  const { text } = source;
  const { start, end } = 'range' in change ? toSpan(view, change.range) : span(hidden, text.length);
  const [first, last] = start <= end ? [start, end] : [end, start];
  return documentWithText(source, text.slice(0, first) + change.text + text.slice(last));
}
