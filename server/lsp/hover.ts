import { MarkupKind } from 'vscode-languageserver';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { Feature } from './session';
import { toOffset, toRange } from './view';

export const hover: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  register({ connection, documents, analysis, log }) {
    connection.onHover(
      guardRequest(log, 'textDocument/hover', ({ textDocument, position }) => {
        const document = documents.get(textDocument.uri);
        const found = document && answersFor(analysis, document)?.hover(toOffset(document, position));
        if (document === undefined || found === undefined) return null;
        return {
          contents: { kind: MarkupKind.Markdown, value: found.markdown },
          range: toRange(document, found.span),
        };
      }),
    );
  },
};
