import type { TextEdit } from '../text/edit';
import { type Span, span } from '../text/span';
import type { ConfDocument } from './model';
import { type Line, linesOf, type SettingLine } from './syntax';

/**
 * Removes blanks and tabs that the broker ignores: after `=`, after a value at the end of its line, and on blank
 * lines, of which it leaves one between others. Nothing is added, line ends and comments stay as they are, and a
 * line that the broker refuses is left to the fix of its finding.
 *
 * @param within only lines that this span touches; all where it is left out.
 */
export function format({ source, notText }: ConfDocument, within?: Span): readonly TextEdit[] {
  if (notText !== undefined) return [];
  const { uri, text } = source;
  const edits: TextEdit[] = [];
  let afterBlank = false;
  for (const line of linesOf(text)) {
    if (within === undefined || meets(line.span, within)) {
      for (const surplus of surplusOf(text, line, afterBlank))
        edits.push({ uri, span: surplus, newText: '' });
    }
    afterBlank = line.kind === 'blank';
  }
  return edits;
}

function meets(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}

function surplusOf(text: string, line: Line, afterBlank: boolean): readonly Span[] {
  switch (line.kind) {
    case 'blank':
      return nonEmpty([surplusOfBlank(text, line.span, afterBlank)]);
    case 'setting':
      return startsWithKey(line) ? nonEmpty([afterEquals(text, line), atEnd(text, line)]) : [];
    case 'comment':
    case 'malformed':
      return [];
  }
}

/** A file without a single byte is refused (Options.cpp), so that blanks which are all of it must stay. */
function surplusOfBlank(text: string, { start, end }: Span, afterBlank: boolean): Span {
  const terminated = end < text.length;
  if (afterBlank && terminated) return span(start, end + 1);
  return start === 0 && !terminated ? span(start, start) : span(start, end);
}

function startsWithKey({ field, key }: SettingLine): boolean {
  return field.start === key.start && field.end === key.end;
}

/** Between `=` and the value. What stands before the comment of an empty value keeps that in its column. */
function afterEquals(text: string, { equals, value }: SettingLine): Span {
  let end = equals.end;
  while (end < value.start && isBlank(text.charCodeAt(end))) end += 1;
  return span(equals.end, end);
}

/** Up to the line's end, or its CR. A CR among the blanks could become part of the line's end: hands off. */
function atEnd(text: string, { span: whole, value, comment }: SettingLine): Span {
  const end = text[whole.end - 1] === '\r' ? whole.end - 1 : whole.end;
  let start = end;
  while (start > value.end && isBlank(text.charCodeAt(start - 1))) start -= 1;
  return comment === undefined && start === value.end ? span(start, end) : span(end, end);
}

function nonEmpty(spans: readonly Span[]): readonly Span[] {
  return spans.filter(({ start, end }) => start < end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
