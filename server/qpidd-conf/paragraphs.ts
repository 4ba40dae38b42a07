import { type Span, span } from '../text/span';
import { type Line, linesOf } from './syntax';

/** Lines that stand together, with nothing to be seen before and after them. */
export interface Paragraph {
  readonly lines: readonly Line[];
  readonly span: Span;
}

export function paragraphsOf(text: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let lines: Line[] = [];
  const close = () => {
    const [first] = lines;
    const last = lines.at(-1);
    if (first === undefined || last === undefined) return;
    paragraphs.push({ lines, span: span(first.span.start, last.span.end) });
    lines = [];
  };
  for (const line of linesOf(text)) {
    if (looksBlank(text, line)) close();
    else lines.push(line);
  }
  close();
  return paragraphs;
}

/** Also the empty line of a file with CRLF, which the broker refuses. */
function looksBlank(text: string, { kind, span: { start, end } }: Line): boolean {
  return kind === 'blank' || (kind === 'malformed' && text.slice(start, end).trim() === '');
}
