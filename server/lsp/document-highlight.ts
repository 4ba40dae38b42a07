import { type DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver';
import type { Place } from '../project/references';
import { guardRequest } from './guard';
import { namedAtPosition } from './named';
import type { Feature } from './session';
import { toRange } from './view';

/** The other places of the file that name the same broker or host. */
export const documentHighlight: Feature = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register(session) {
    const { connection, documents, log } = session;
    connection.onDocumentHighlight(
      guardRequest(log, 'textDocument/documentHighlight', (params) => {
        const document = documents.get(params.textDocument.uri);
        const named = namedAtPosition(session, params);
        if (document === undefined || named === undefined) return null;
        const marked = (places: readonly Place[], kind: DocumentHighlightKind): DocumentHighlight[] =>
          places
            .filter(({ uri }) => uri === document.source.uri)
            .map(({ span }) => ({ range: toRange(document, span), kind }));
        return [
          ...marked(named.definitions, DocumentHighlightKind.Write),
          ...marked(named.uses, DocumentHighlightKind.Read),
        ];
      }),
    );
  },
};
