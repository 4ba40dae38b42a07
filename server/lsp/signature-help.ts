import { MarkupKind } from 'vscode-languageserver';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { Feature } from './session';
import { toOffset } from './view';

export const signatureHelp: Feature = {
  capabilities: () => ({ signatureHelpProvider: { triggerCharacters: ['='] } }),
  register({ connection, documents, analysis, log }) {
    connection.onSignatureHelp(
      guardRequest(log, 'textDocument/signatureHelp', ({ textDocument, position }) => {
        const document = documents.get(textDocument.uri);
        const found = document && answersFor(analysis, document)?.signature?.(toOffset(document, position));
        if (found === undefined) return null;
        const { label, value, documentation } = found;
        return {
          signatures: [
            {
              label,
              documentation: { kind: MarkupKind.Markdown, value: documentation },
              parameters: [{ label: [value.start, value.end] }],
            },
          ],
          activeSignature: 0,
          activeParameter: 0,
        };
      }),
    );
  },
};
