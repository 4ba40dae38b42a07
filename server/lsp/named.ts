import type { Location, TextDocumentPositionParams } from 'vscode-languageserver';
import { type Named, namedAt, type Place } from '../project/references';
import { editorUri } from './diagnostics';
import type { Session } from './session';
import { toOffset, toRange } from './view';

/** What is named at a position of an open document. */
export function namedAtPosition(
  { documents, analysis }: Session,
  { textDocument, position }: TextDocumentPositionParams,
): Named | undefined {
  const document = documents.get(textDocument.uri);
  if (document === undefined) return undefined;
  return namedAt(analysis.checked().project, document.source.uri, toOffset(document, position));
}

/** Nothing where the file has gone. */
export function toLocations({ analysis, documents }: Session, places: readonly Place[]): Location[] {
  return places.flatMap(({ uri, span }) => {
    const view = analysis.view(uri);
    return view === undefined ? [] : [{ uri: editorUri(documents, uri), range: toRange(view, span) }];
  });
}
