import type { SourceDocument } from '../text/document';
import type { Span } from '../text/span';
import { lineStart } from './place';

/** A part of a file as platforms want it. All in UTF-16 code units; a byte order mark counts nowhere. */
export interface Region {
  /** From 1, each of the four; `endColumn` lies behind the last character. */
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** From 0. */
  readonly charOffset: number;
  readonly charLength: number;
}

/** A region never names a line that is not there: what stands behind the last line end belongs to the last line. */
export function regionOf(source: SourceDocument, { start, end }: Span): Region {
  const mark = source.text.startsWith('\uFEFF') ? 1 : 0;
  const from = Math.max(start, mark);
  const to = Math.max(end, from);
  const [first, last] = [pointAt(source, from), pointAt(source, to)];
  return {
    startLine: first.line,
    startColumn: first.column,
    endLine: last.line,
    endColumn: last.column,
    charOffset: from - mark,
    charLength: to - from,
  };
}

function pointAt(source: SourceDocument, offset: number): { readonly line: number; readonly column: number } {
  const { text, lines } = source;
  const isBehindLastLine = offset === text.length && /[\r\n]$/.test(text.slice(-1));
  const { line } = lines.positionAt(isBehindLastLine ? offset - 1 : offset);
  return { line: line + 1, column: offset - lineStart(source, line) + 1 };
}
