import type { Location, TextDocumentPositionParams } from 'vscode-languageserver';
import { brokerNameAt, lettersOf } from '../manifest/broker-names';
import { hostsOfConf, hostsOfManifest } from '../project/hosts';
import { type Named, namedAt, type Place } from '../project/references';
import { type Span, touches } from '../text/span';
import { editorUri } from './diagnostics';
import type { OpenDocument } from './open-documents';
import type { Session } from './session';
import { toOffset, toRange } from './view';

/** What is named at a position of an open document. */
export function namedAtPosition(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
): Named | undefined {
  const document = session.documents.get(textDocument.uri);
  if (document === undefined) return undefined;
  const offset = toOffset(document, position);
  // All files are looked at only where there is something to look for.
  if (namedInFile(session, document, offset) === undefined) return undefined;
  return namedAt(session.analysis.checked().project, document.source.uri, offset);
}

/** What one file says of a name, without a look at others. */
export interface NamedInFile {
  readonly definitions: readonly Span[];
  readonly uses: readonly Span[];
}

export function namedInFile(
  { analysis }: Pick<Session, 'analysis'>,
  document: OpenDocument,
  offset: number,
): NamedInFile | undefined {
  const manifest = analysis.manifest(document);
  const broker = manifest && brokerNameAt(manifest, offset);
  if (broker !== undefined) {
    return { definitions: broker.definitions.map(lettersOf), uses: broker.uses.map(lettersOf) };
  }
  const conf = analysis.conf(document);
  const hosts =
    conf !== undefined ? hostsOfConf(conf) : manifest === undefined ? [] : hostsOfManifest(manifest);
  const found = hosts.find(({ span }) => touches(span, offset));
  if (found === undefined) return undefined;
  return { definitions: [], uses: hosts.filter(({ host }) => host === found.host).map(({ span }) => span) };
}

/** Nothing where the file has gone. */
export function toLocations({ analysis, documents }: Session, places: readonly Place[]): Location[] {
  return places.flatMap(({ uri, span }) => {
    const view = analysis.view(uri);
    return view === undefined ? [] : [{ uri: editorUri(documents, uri), range: toRange(view, span) }];
  });
}
