import { type Span, span, touches } from '../text/span';
import type { ConfDocument } from './model';
import { paragraphsOf } from './paragraphs';
import { type Line, lineAt } from './syntax';

/**
 * What a selection at each offset may grow to, each span within the next: an item of a list, the value or the key,
 * the setting, its line, its paragraph, the file.
 */
export function selectionRanges(
  { source: { text } }: ConfDocument,
  offsets: readonly number[],
): readonly (readonly Span[])[] {
  const paragraphs = paragraphsOf(text).map(({ span }) => span);
  return offsets.map((offset) => {
    const paragraph = paragraphs.find((candidate) => touches(candidate, offset));
    const all = [...partsOf(text, lineAt(text, offset), offset), ...(paragraph ? [paragraph] : [])];
    return growing([...all, span(0, text.length)], offset);
  });
}

function partsOf(text: string, line: Line, offset: number): readonly Span[] {
  const visible = span(line.span.start, line.span.end - (text[line.span.end - 1] === '\r' ? 1 : 0));
  switch (line.kind) {
    case 'setting': {
      const { key, value, comment } = line;
      const parts = [itemAt(text, value, offset), value, key, ...(comment ? [comment] : [])];
      return [...parts, span(key.start, value.end), visible];
    }
    case 'comment':
      return [line.comment, visible];
    case 'malformed':
      return [line.content, visible];
    case 'blank':
      return [];
  }
}

/** Between the commas of a value. */
function itemAt(text: string, value: Span, offset: number): Span {
  if (!touches(value, offset)) return value;
  const before = text.slice(value.start, offset).lastIndexOf(',');
  const after = text.slice(offset, value.end).indexOf(',');
  return span(value.start + before + 1, after < 0 ? value.end : offset + after);
}

function growing(candidates: readonly Span[], offset: number): readonly Span[] {
  const spans: Span[] = [];
  for (const candidate of candidates) {
    const inner = spans.at(-1);
    const isEmpty = candidate.start === candidate.end;
    if (isEmpty || !touches(candidate, offset)) continue;
    if (inner === undefined || isLarger(candidate, inner)) spans.push(candidate);
  }
  return spans.length > 0 ? spans : [span(offset, offset)];
}

function isLarger(outer: Span, inner: Span): boolean {
  const contains = outer.start <= inner.start && inner.end <= outer.end;
  return contains && outer.end - outer.start > inner.end - inner.start;
}
