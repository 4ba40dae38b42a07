import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';
import { secretsInLine } from './mask';
import { lineStart } from './place';
import { cell } from './visible';

/** A line of a file, ready to be printed, and what of it is to be underlined. */
export interface Excerpt {
  /** From 1. */
  readonly lineNumber: number;
  readonly text: string;
  /** Columns of `text` before the underline, and in it; at least one. */
  readonly indent: number;
  readonly underline: number;
}

/** Characters of a long line that are shown, and how many of them before the place. */
const shownLength = 100;
const shownBefore = 30;

/**
 * The line in which a span starts, with the part of the span in that line. Tabs are expanded, what a terminal
 * would obey is spelled out, and what is secret is shown as asterisks.
 */
export function excerpt(source: SourceDocument, at: Span, secrets: readonly Span[]): Excerpt {
  const { line } = source.lines.positionAt(at.start);
  const start = lineStart(source, line);
  const text = lineText(source, start);
  const from = Math.max(0, at.start - start);
  const to = Math.min(Math.max(at.end - start, from), text.length);
  const part = shownPart(text, from);
  const hidden = [
    ...secrets.map((secret) => span(secret.start - start, secret.end - start)),
    ...secretsInLine(text, part),
  ];
  const rendered = render(masked(text, part, hidden), from - part.start, to - part.start);
  const [before, after] = [part.start > 0 ? '…' : '', part.end < text.length ? '…' : ''];
  return {
    lineNumber: line + 1,
    text: before + rendered.text + after,
    indent: before.length + rendered.indent,
    underline: Math.max(1, rendered.underline),
  };
}

/** Without its line end, but with a CR that is no part of it. */
function lineText({ text }: SourceDocument, start: number): string {
  const end = text.slice(start).search(/\r?\n|\r/);
  return end < 0 ? text.slice(start) : text.slice(start, start + end);
}

/** A window on a long line, which cuts no character in two. */
function shownPart(text: string, from: number): Span {
  if (text.length <= shownLength) return span(0, text.length);
  const start = Math.max(0, Math.min(from - shownBefore, text.length - shownLength));
  const end = Math.min(text.length, start + shownLength);
  return span(isInsidePair(text, start) ? start + 1 : start, isInsidePair(text, end) ? end - 1 : end);
}

function isInsidePair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}

function masked(text: string, part: Span, hidden: readonly Span[]): string {
  let shown = text.slice(part.start, part.end);
  for (const secret of hidden) {
    const start = Math.max(secret.start - part.start, 0);
    const end = Math.min(secret.end - part.start, shown.length);
    if (start < end) shown = shown.slice(0, start) + '*'.repeat(end - start) + shown.slice(end);
  }
  return shown;
}

function render(shown: string, from: number, to: number): Omit<Excerpt, 'lineNumber'> {
  let text = '';
  let column = 0;
  let indent = 0;
  let end = 0;
  let offset = 0;
  for (const character of shown) {
    const { text: printed, width } = cell(character, column);
    text += printed;
    column += width;
    offset += character.length;
    if (offset <= from) indent = column;
    if (offset <= Math.max(to, from)) end = column;
  }
  return { text, indent, underline: end - indent };
}
