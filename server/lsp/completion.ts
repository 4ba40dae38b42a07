import { CompletionItemKind, CompletionItemTag, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import type { CompletionKind } from '../text/features';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { Feature } from './session';
import { toOffset, toRange } from './view';

const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  option: CompletionItemKind.Property,
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  broker: CompletionItemKind.Module,
  queue: CompletionItemKind.Struct,
  file: CompletionItemKind.File,
  snippet: CompletionItemKind.Snippet,
};

export const completion: Feature = {
  capabilities: () => ({ completionProvider: { triggerCharacters: ['=', ':', ' ', '/', ','] } }),
  register({ connection, documents, analysis, log }) {
    connection.onCompletion(
      guardRequest(log, 'textDocument/completion', ({ textDocument, position }) => {
        const document = documents.get(textDocument.uri);
        const answers = document && answersFor(analysis, document);
        if (document === undefined || answers === undefined) return null;
        return answers.completion(toOffset(document, position)).map((item) => ({
          label: item.label,
          kind: kinds[item.kind],
          insertTextFormat: InsertTextFormat.PlainText,
          filterText: item.edit.newText.startsWith(item.label) ? item.label : item.edit.newText,
          textEdit: { range: toRange(document, item.edit.span), newText: item.edit.newText },
          ...(item.detail === undefined ? {} : { detail: item.detail }),
          ...(item.documentation === undefined
            ? {}
            : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
          ...(item.sortText === undefined ? {} : { sortText: item.sortText }),
          ...(item.deprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
        }));
      }),
    );
  },
};
