import { FoldingRangeKind as ProtocolKind } from 'vscode-languageserver';
import type { FoldingKind } from '../text/features';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { Feature } from './session';
import { toRange } from './view';

const kinds: Readonly<Record<FoldingKind, ProtocolKind>> = {
  comment: ProtocolKind.Comment,
  section: ProtocolKind.Region,
};

export const foldingRange: Feature = {
  capabilities: () => ({ foldingRangeProvider: true }),
  register({ connection, documents, analysis, log }) {
    connection.onFoldingRanges(
      guardRequest(log, 'textDocument/foldingRange', ({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        const folds = document && answersFor(analysis, document)?.folds?.();
        if (document === undefined || folds === undefined) return null;
        return folds.map(({ kind, span }) => {
          const { start, end } = toRange(document, span);
          return { startLine: start.line, endLine: end.line, kind: kinds[kind] };
        });
      }),
    );
  },
};
