import { type Span, span } from '../text/span';
import type { Option } from './catalogue';
import type { KeyReader } from './keys';
import type { MalformedLine } from './syntax';
import { readValue } from './values/value';

/** What the writer of a line that is no setting had in mind. */
export type MalformedCause =
  /** Blank but for the CR of a CRLF line end. */
  | 'carriage-return'
  /** Nothing but form feeds, no-break spaces and the like. */
  | 'invisible'
  | 'continuation'
  | 'merge-marker'
  | 'semicolon'
  | 'slashes'
  | 'section'
  | 'no-key'
  /** `auth`, meaning `auth=yes`. */
  | 'bare-switch'
  | 'bare-option'
  /** `key: value` */
  | 'colon'
  /** `key value` */
  | 'no-equals'
  | 'hash-in-key'
  | 'other';

export interface Malformed {
  readonly line: MalformedLine;
  readonly cause: MalformedCause;
  /** The setting that was surely meant. */
  readonly meant?: MeantSetting;
}

export interface MeantSetting {
  readonly option: Option;
  readonly key: Span;
  readonly value: Span;
  /** `yes` for a bare switch, else the text of `value`. */
  readonly text: string;
}

/** @param continued whether the line before ends with a backslash. */
export function readMalformed(
  text: string,
  line: MalformedLine,
  keys: KeyReader,
  continued: boolean,
): Malformed {
  const content = text.slice(line.content.start, line.content.end);
  if (/^[ \t\r]*$/.test(content)) return { line, cause: 'carriage-return' };
  if (/^\s*$|^[\u0085\u200b-\u200d\u2060\ufeff\s]*$/.test(content)) return { line, cause: 'invisible' };
  const cause = causeBySign(content);
  if (cause !== undefined) return { line, cause };
  const body = beforeComment(text.slice(line.content.start, line.span.end));
  return (
    readWords(line, body, keys) ?? {
      line,
      cause: continued ? 'continuation' : content.includes('=') ? 'hash-in-key' : 'other',
    }
  );
}

/** The setting that was surely meant by a malformed line. */
export function meantBy(text: string, line: MalformedLine, keys: KeyReader): MeantSetting | undefined {
  return readMalformed(text, line, keys, false).meant;
}

/** Cut and trimmed at the end as the broker does it with a value. */
function beforeComment(text: string): string {
  const hash = text.indexOf('#');
  let end = hash < 0 ? text.length : hash;
  while (end > 0 && ' \t\r'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

const signs: readonly (readonly [pattern: RegExp, cause: MalformedCause])[] = [
  [/^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/, 'merge-marker'],
  [/^;/, 'semicolon'],
  [/^\/\//, 'slashes'],
  [/^\[/, 'section'],
  [/^=/, 'no-key'],
];

function causeBySign(content: string): MalformedCause | undefined {
  return signs.find(([pattern]) => pattern.test(content))?.[1];
}

const words = /^(-{0,2}[\w-]{1,64})(?:([ \t]*:[ \t]*(?!:)|[ \t]+)([^ \t][\s\S]*))?$/;

/** @param body the line without leading blanks, comment and the blanks before it. */
function readWords(line: MalformedLine, body: string, keys: KeyReader): Malformed | undefined {
  const match = words.exec(body);
  if (match === null) return undefined;
  const [, word = '', separator, text = ''] = match;
  const reading = keys.read(word);
  if (reading.kind !== 'exact' && (reading.kind !== 'corrected' || reading.spelling)) return undefined;
  const { option } = reading;
  const key = span(line.content.start, line.content.start + word.length);
  if (separator === undefined) return bare(line, option, key);
  const start = key.end + separator.length;
  const meant: MeantSetting = { option, key, value: span(start, start + text.length), text };
  if (separator.includes(':')) return { line, cause: 'colon', meant };
  return isPlausible(option, text) ? { line, cause: 'no-equals', meant } : undefined;
}

function bare(line: MalformedLine, option: Option, key: Span): Malformed {
  const { kind } = option.type;
  if ((kind !== 'boolean' && kind !== 'switch') || option.inFile !== undefined) {
    return { line, cause: 'bare-option' };
  }
  return {
    line,
    cause: 'bare-switch',
    meant: { option, key, value: span(key.end, key.end), text: 'yes' },
  };
}

/** Prose begins with the name of an option now and then. */
function isPlausible(option: Option, text: string): boolean {
  return !/\s/.test(text) && readValue(option.type, text, new Set(['tcp', 'ssl', 'rdma'])).kind !== 'invalid';
}
