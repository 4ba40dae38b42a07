import type { Position, Range } from 'vscode-languageserver';
import type { SourceDocument } from '../text/document';
import type { Span } from '../text/span';

/**
 * A document as an editor shows it: the source, less a byte order mark at its start. Offsets belong to the
 * source, positions to what is shown.
 */
export interface View {
  readonly source: SourceDocument;
  /** Characters at the start of the source that are not shown. */
  readonly hidden: number;
}

export function toPosition({ source, hidden }: View, offset: number): Position {
  const { line, character } = source.lines.positionAt(offset);
  return { line, character: line === 0 ? Math.max(0, character - hidden) : character };
}

export function toRange(view: View, { start, end }: Span): Range {
  return { start: toPosition(view, start), end: toPosition(view, end) };
}

export function toOffset({ source, hidden }: View, { line, character }: Position): number {
  const place = { line, character: line === 0 ? Math.max(0, character) + hidden : character };
  return Math.max(hidden, source.lines.offsetAt(place));
}

export function toSpan(view: View, { start, end }: Range): Span {
  return { start: toOffset(view, start), end: toOffset(view, end) };
}

/** A file that is not open, as the editor would show it. */
export function viewOfFile(source: SourceDocument): View {
  return { source, hidden: source.text.startsWith('\uFEFF') ? 1 : 0 };
}
