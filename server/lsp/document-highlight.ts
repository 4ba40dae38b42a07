import { DocumentHighlightKind } from 'vscode-languageserver';
import { guardRequest } from './guard';
import { namedInFile } from './named';
import type { Feature } from './session';
import { toOffset, toRange } from './view';

/** The other places of the file that name the same broker or host. */
export const documentHighlight: Feature = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register(session) {
    const { connection, documents, log } = session;
    connection.onDocumentHighlight(
      guardRequest(log, 'textDocument/documentHighlight', ({ textDocument, position }) => {
        const document = documents.get(textDocument.uri);
        const named = document && namedInFile(session, document, toOffset(document, position));
        if (document === undefined || named === undefined) return null;
        const { definitions, uses } = named;
        return [
          ...definitions.map((span) => ({
            range: toRange(document, span),
            kind: DocumentHighlightKind.Write,
          })),
          ...uses.map((span) => ({ range: toRange(document, span), kind: DocumentHighlightKind.Read })),
        ];
      }),
    );
  },
};
