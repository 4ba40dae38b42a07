import type { SourceDocument } from '../text/document';
import type { TextEdit } from '../text/edit';
import { type Span, span } from '../text/span';

/**
 * Removes an item of a list with its dash and its lines. `undefined` where the item does not have its lines to
 * itself, or where an anchor in it may be used elsewhere.
 */
export function removeListItem(source: SourceDocument, item: Span): TextEdit | undefined {
  const { text } = source;
  const start = text.lastIndexOf('\n', item.start - 1) + 1;
  const lineEnd = text.indexOf('\n', item.end);
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  const before = text.slice(start, item.start);
  const after = text.slice(item.end, end);
  if (!/^\s*-\s+$/.test(before) || !/^\s*(#.*)?$/.test(after.trimEnd())) return undefined;
  if (text.slice(item.start, item.end).includes('&')) return undefined;
  return { uri: source.uri, span: span(start, end), newText: '' };
}
