import { SymbolKind as ProtocolKind, type DocumentSymbol as ProtocolSymbol } from 'vscode-languageserver';
import type { DocumentSymbol, SymbolKind } from '../text/features';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { Feature } from './session';
import { toRange, type View } from './view';

const kinds: Readonly<Record<SymbolKind, ProtocolKind>> = {
  setting: ProtocolKind.Property,
  section: ProtocolKind.Namespace,
  broker: ProtocolKind.Module,
  replication: ProtocolKind.Event,
  field: ProtocolKind.Field,
};

export const documentSymbols: Feature = {
  capabilities: () => ({ documentSymbolProvider: true }),
  register({ connection, documents, analysis, log }) {
    connection.onDocumentSymbol(
      guardRequest(log, 'textDocument/documentSymbol', ({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        const answers = document && answersFor(analysis, document);
        if (document === undefined || answers === undefined) return null;
        return answers.symbols().map((symbol) => toSymbol(document, symbol));
      }),
    );
  },
};

function toSymbol(view: View, symbol: DocumentSymbol): ProtocolSymbol {
  return {
    name: symbol.name,
    kind: kinds[symbol.kind],
    range: toRange(view, symbol.span),
    selectionRange: toRange(view, symbol.selectionSpan),
    ...(symbol.detail === undefined ? {} : { detail: symbol.detail }),
    ...(symbol.children === undefined
      ? {}
      : { children: symbol.children.map((child) => toSymbol(view, child)) }),
  };
}
