import { MarkupKind } from 'vscode-languageserver';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { Feature } from './session';
import { toPosition, toSpan } from './view';

export const inlayHint: Feature = {
  capabilities: () => ({ inlayHintProvider: { resolveProvider: false } }),
  register({ connection, documents, analysis, log }) {
    connection.languages.inlayHint.on(
      guardRequest(log, 'textDocument/inlayHint', ({ textDocument, range }) => {
        const document = documents.get(textDocument.uri);
        const hints = document && answersFor(analysis, document)?.hints?.(toSpan(document, range));
        if (document === undefined || hints === undefined) return null;
        return hints.map(({ offset, label, tooltip }) => ({
          position: toPosition(document, offset),
          label,
          tooltip: { kind: MarkupKind.Markdown, value: tooltip },
          paddingLeft: true,
        }));
      }),
    );
  },
};
