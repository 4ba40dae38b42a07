import type { DocumentUri, Range, TextEdit } from 'vscode-languageserver';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { Feature, Session } from './session';
import { toRange, toSpan } from './view';

/** Of whole documents, and of what is selected. */
export const formatting: Feature = {
  capabilities: () => ({ documentFormattingProvider: true, documentRangeFormattingProvider: true }),
  register(session) {
    const { connection, log } = session;
    connection.onDocumentFormatting(
      guardRequest(log, 'textDocument/formatting', ({ textDocument }) => format(session, textDocument.uri)),
    );
    connection.onDocumentRangeFormatting(
      guardRequest(log, 'textDocument/rangeFormatting', ({ textDocument, range }) =>
        format(session, textDocument.uri, range),
      ),
    );
  },
};

function format({ documents, analysis }: Session, uri: DocumentUri, range?: Range): TextEdit[] | null {
  const document = documents.get(uri);
  const within = document && range && toSpan(document, range);
  const edits = document && answersFor(analysis, document)?.format?.(within);
  if (document === undefined || edits === undefined) return null;
  return edits.map(({ span, newText }) => ({ range: toRange(document, span), newText }));
}
