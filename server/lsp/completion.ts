import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem as ProtocolItem,
} from 'vscode-languageserver';
import type { CompletionItem, CompletionKind } from '../text/features';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { ClientAbilities, Feature } from './session';
import { toOffset, toRange, type View } from './view';

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
  register({ connection, documents, analysis, client, log }) {
    connection.onCompletion(
      guardRequest(log, 'textDocument/completion', ({ textDocument, position }) => {
        const document = documents.get(textDocument.uri);
        const answers = document && answersFor(analysis, document);
        if (document === undefined || answers === undefined) return null;
        return answers.completion(toOffset(document, position)).map((item) => ({
          label: item.label,
          kind: kinds[item.kind],
          filterText: filterText(item),
          ...inserted(document, item, client),
          ...detailOf(item, client),
          ...(item.documentation === undefined
            ? {}
            : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
          ...(item.sortText === undefined ? {} : { sortText: item.sortText }),
          ...(item.deprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
          ...(item.again && client.suggestsAgain ? { command: suggestAgain } : {}),
        }));
      }),
    );
  },
};

const suggestAgain = { title: 'Propose what follows', command: 'editor.action.triggerSuggest' };

/** Beside every label where the editor can do that; else beside the one that is chosen. */
function detailOf(
  { detail }: CompletionItem,
  { labelDetails }: ClientAbilities,
): Pick<ProtocolItem, 'detail' | 'labelDetails'> {
  if (detail === undefined) return {};
  return labelDetails ? { labelDetails: { description: detail } } : { detail };
}

/** What is typed is compared with this. */
function filterText({ kind, label, edit }: CompletionItem): string {
  return kind === 'snippet' || edit.newText.startsWith(label) ? label : edit.newText;
}

function inserted(
  view: View,
  { edit, template }: CompletionItem,
  client: ClientAbilities,
): Pick<ProtocolItem, 'insertTextFormat' | 'textEdit'> {
  const range = toRange(view, edit.span);
  return template !== undefined && client.takesSnippets
    ? { insertTextFormat: InsertTextFormat.Snippet, textEdit: { range, newText: template } }
    : { insertTextFormat: InsertTextFormat.PlainText, textEdit: { range, newText: edit.newText } };
}
