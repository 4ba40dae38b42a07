import type { DocumentUri } from './document';
import type { Span } from './span';

/** Replaces the text of `span` in the document `uri`. */
export interface TextEdit {
  readonly uri: DocumentUri;
  readonly span: Span;
  readonly newText: string;
}

/** Applies edits of one document. Of two that overlap the one that comes first in the text wins. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let position = 0;
  for (const { span, newText } of ordered) {
    if (span.start < position) continue;
    result += text.slice(position, span.start) + newText;
    position = span.end;
  }
  return result + text.slice(position);
}
