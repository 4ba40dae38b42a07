import type { SelectionRange } from 'vscode-languageserver';
import { type Span, span } from '../text/span';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { Feature } from './session';
import { toOffset, toRange, type View } from './view';

export const selectionRange: Feature = {
  capabilities: () => ({ selectionRangeProvider: true }),
  register({ connection, documents, analysis, log }) {
    connection.onSelectionRanges(
      guardRequest(log, 'textDocument/selectionRange', ({ textDocument, positions }) => {
        const document = documents.get(textDocument.uri);
        if (document === undefined) return null;
        const offsets = positions.map((position) => toOffset(document, position));
        const selections = answersFor(analysis, document)?.selections?.(offsets);
        return selections?.map((spans, index) => nested(document, spans, offsets[index] ?? 0)) ?? null;
      }),
    );
  },
};

/** From the outermost, each the parent of the one within it. */
function nested(view: View, spans: readonly Span[], offset: number): SelectionRange {
  const [innermost = span(offset, offset), ...outer] = spans;
  const range = toRange(view, innermost);
  return outer.length === 0 ? { range } : { range, parent: nested(view, outer, offset) };
}
