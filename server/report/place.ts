import type { LintReport } from '../lint/lint-report';
import type { DocumentUri, SourceDocument } from '../text/document';

/** A position as people count: lines and columns from 1, columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** From 0, in UTF-16 code units of the whole file. */
  readonly offset: number;
}

/** A byte order mark has an offset, but no column, and nor has a line end: an editor has no place there. */
export function placeOf(source: SourceDocument | undefined, offset: number): Place {
  if (source === undefined) return { line: 1, column: 1, offset };
  const { line, character } = source.lines.positionAt(offset);
  const hidden = line === 0 && source.text.startsWith('\uFEFF') ? 1 : 0;
  return { line: line + 1, column: Math.max(0, character - hidden) + 1, offset };
}

/** Offset of the first visible character of a line, counted from 0. */
export function lineStart({ lines, text }: SourceDocument, line: number): number {
  const start = lines.offsetAt({ line, character: 0 });
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** How a report names a file: the path as its reader would type it. */
export type NameOf = (uri: DocumentUri) => string;

/** How many findings there are of each severity. */
export function countFindings({ findings }: LintReport): { error: number; warning: number; info: number } {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
