import { uriOfPath } from '../project/uris';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { Feature } from './session';
import { toRange } from './view';

export const documentLink: Feature = {
  capabilities: () => ({ documentLinkProvider: { resolveProvider: false } }),
  register({ connection, documents, analysis, log }) {
    connection.onDocumentLinks(
      guardRequest(log, 'textDocument/documentLink', ({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        const links = document && answersFor(analysis, document)?.links?.();
        if (document === undefined || links === undefined) return null;
        return links.map(({ span, path, uri }) => ({
          range: toRange(document, span),
          // Two slashes at the start would name another machine.
          target: uri ?? uriOfPath(path.replace(/^\/+/, '/')),
          tooltip: path,
        }));
      }),
    );
  },
};
