import { type Span, span } from '../text/span';

/**
 * The lines of a qpidd.conf, with a span for every part. Never fails: what is no setting is a malformed line.
 *
 * Two readers of the broker decide what a line is. The first (Options.cpp configFileLine) drops blank lines and
 * comments, and takes every character before the first `=` as the key. The second (boost's config file parser)
 * cuts the rest at the first `#` and trims blanks, tabs and carriage returns. Lines end at LF only.
 */
export type Line = BlankLine | CommentLine | SettingLine | MalformedLine;

interface LineBase {
  /** Without the LF that ends it. */
  readonly span: Span;
}

export interface BlankLine extends LineBase {
  readonly kind: 'blank';
}

export interface CommentLine extends LineBase {
  readonly kind: 'comment';
  /** From `#` to the end, without a final CR. */
  readonly comment: Span;
}

/** A line `key=value`, also with blanks around the key, which the broker refuses. */
export interface SettingLine extends LineBase {
  readonly kind: 'setting';
  /** Everything before the first `=`: what the broker takes as the key. */
  readonly field: Span;
  /** The field without outer blanks. */
  readonly key: Span;
  readonly equals: Span;
  /** As the broker reads it: trimmed, and cut at `#`. Empty, right after `=`, where there is none. */
  readonly value: Span;
  readonly comment?: Span;
}

/** A line that the broker refuses since it has no `=`, or nothing before it that could be a key. */
export interface MalformedLine extends LineBase {
  readonly kind: 'malformed';
  /** Without outer blanks; the whole line where it is all blanks. */
  readonly content: Span;
}

/**
 * How many characters of byte order marks stand at the start, which the broker takes as part of the first line.
 * In a file that is no UTF-8 the three bytes of a mark are three characters.
 */
export function byteOrderMarkLength(text: string): number {
  return /^(?:\ufeff|\u00ef\u00bb\u00bf)*/.exec(text)?.[0].length ?? 0;
}

/** All lines after a byte order mark, in order; their spans and the LFs between them tile the text. */
export function* linesOf(text: string): Generator<Line, void, undefined> {
  for (let start = byteOrderMarkLength(text); start <= text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    yield parseLine(text, start, end);
    start = end + 1;
  }
}

/** The line that begins at `start`. */
export function lineFrom(text: string, start: number): Line {
  const feed = text.indexOf('\n', start);
  return parseLine(text, start, feed < 0 ? text.length : feed);
}

/** The line that holds `offset`; an LF belongs to the line that it ends. */
export function lineAt(text: string, offset: number): Line {
  const feedBefore = offset > 0 ? text.lastIndexOf('\n', offset - 1) : -1;
  const start = Math.max(feedBefore + 1, byteOrderMarkLength(text));
  const feed = text.indexOf('\n', Math.max(offset, start));
  return parseLine(text, start, feed < 0 ? text.length : feed);
}

function parseLine(text: string, start: number, end: number): Line {
  const line = text.slice(start, end);
  const first = skip(line, 0, isBlank);
  if (first === line.length) return { kind: 'blank', span: span(start, end) };
  if (line[first] === '#') {
    return { kind: 'comment', span: span(start, end), comment: span(start + first, end - finalReturn(line)) };
  }
  const equals = line.indexOf('=');
  const field = trimmed(line, 0, equals < 0 ? line.length : equals, isInvisible);
  if (equals >= 0 && canBeKey(line.slice(field.start, field.end)))
    return settingLine(line, start, equals, field);
  const content = trimmed(line, 0, line.length, isInvisible);
  return {
    kind: 'malformed',
    span: span(start, end),
    content: content.start < content.end ? moved(content, start) : span(start, end),
  };
}

function settingLine(line: string, start: number, equals: number, key: Span): SettingLine {
  const hash = line.indexOf('#', equals);
  const value = moved(valueSpan(line, equals + 1, line.length), start);
  return {
    kind: 'setting',
    span: span(start, start + line.length),
    field: span(start, start + equals),
    key: moved(key, start),
    equals: span(start + equals, start + equals + 1),
    value,
    ...(hash < 0 ? {} : { comment: span(start + hash, start + line.length - finalReturn(line)) }),
  };
}

/**
 * The value in what follows on `=` up to the end of the line: cut at the first `#`, and trimmed. Where nothing is
 * left, an empty span right after `=`.
 */
export function valueSpan(text: string, from: number, lineEnd: number): Span {
  let start = from;
  while (start < lineEnd && isTrimmed(text.charCodeAt(start))) start += 1;
  let cut = start;
  while (cut < lineEnd && text.charCodeAt(cut) !== 0x23) cut += 1;
  return start < cut ? span(start, trimmedEnd(text, start, cut)) : span(from, from);
}

/** The end of a stretch of text without the blanks that the broker trims there. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isTrimmed(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** A comment sign, a bracket or a colon before `=` says that something else than a setting was meant. */
function canBeKey(text: string): boolean {
  return text !== '' && !/^[;[\]<>/{}%=*]|[#:]/.test(text);
}

function finalReturn(line: string): 0 | 1 {
  return line.endsWith('\r') ? 1 : 0;
}

function moved(range: Span, by: number): Span {
  return span(range.start + by, range.end + by);
}

function trimmed(line: string, from: number, to: number, blank: (code: number) => boolean): Span {
  const start = Math.min(skip(line, from, blank), to);
  let end = to;
  while (end > start && blank(line.charCodeAt(end - 1))) end -= 1;
  return span(start, end);
}

function skip(line: string, from: number, blank: (code: number) => boolean): number {
  let at = from;
  while (at < line.length && blank(line.charCodeAt(at))) at += 1;
  return at;
}

/** Blank to the first reader: such a line is dropped. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Trimmed from values by the second reader. */
function isTrimmed(code: number): boolean {
  return isBlank(code) || code === 0x0d;
}

/** Looks blank to a human: also no-break spaces, form feeds, zero-width spaces and a misplaced byte order mark. */
function isInvisible(code: number): boolean {
  return (
    (code >= 0x09 && code <= 0x0d) ||
    code === 0x20 ||
    code === 0x85 ||
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200d) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x2060 ||
    code === 0x3000 ||
    code === 0xfeff
  );
}
