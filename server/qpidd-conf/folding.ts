import type { FoldingRange } from '../text/features';
import { span } from '../text/span';
import type { ConfDocument } from './model';
import { type Paragraph, paragraphsOf } from './paragraphs';
import type { Line } from './syntax';

/** A heading has no more lines than this: a longer comment is a text of its own. */
const longestHeading = 3;

/** A paragraph under its heading, a short comment; every other comment of several lines. */
export function foldingRanges({ source, notText }: ConfDocument): readonly FoldingRange[] {
  return notText === undefined ? paragraphsOf(source.text).flatMap(foldsOf) : [];
}

function foldsOf({ lines, span: whole }: Paragraph): readonly FoldingRange[] {
  const runs = commentRuns(lines);
  const [first] = runs;
  const headed =
    first !== undefined &&
    first[0] === lines[0] &&
    first.length <= longestHeading &&
    first.length < lines.length;
  const comments = (headed ? runs.slice(1) : runs).flatMap(commentFold);
  return headed ? [{ kind: 'section', span: whole }, ...comments] : comments;
}

/** Comment lines that follow each other. */
function commentRuns(lines: readonly Line[]): readonly (readonly Line[])[] {
  const runs: Line[][] = [];
  let previous: Line | undefined;
  for (const line of lines) {
    if (line.kind === 'comment') {
      if (previous?.kind === 'comment') runs.at(-1)?.push(line);
      else runs.push([line]);
    }
    previous = line;
  }
  return runs;
}

function commentFold(run: readonly Line[]): readonly FoldingRange[] {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined || first === last) return [];
  return [{ kind: 'comment', span: span(first.span.start, last.span.end) }];
}
