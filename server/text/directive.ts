import { type Span, span } from './span';

/**
 * A comment that tells the linter something: `# qpidha: VERB ARGUMENT -- REASON`. Languages differ in where a comment
 * may stand; what it says is the same in all of them.
 */
export interface Directive {
  /** The whole comment, from its first `#` to its last visible character. */
  readonly comment: Span;
  /** From `qpidha` to the end of the comment, without blanks there. */
  readonly span: Span;
  /** Empty where nothing follows the colon. */
  readonly verb: Words;
  /** Between the verb and the reason; empty, right after the verb, where there is none. */
  readonly argument: Words;
  /** What follows ` -- `. */
  readonly reason?: Words;
}

/** A piece of a directive, without blanks around it. */
export interface Words {
  readonly text: string;
  readonly span: Span;
}

/** Those that hide findings, or end that. */
export const suppressionVerbs = [
  'disable-next-line',
  'disable-line',
  'disable',
  'enable',
  'disable-file',
] as const;

export type SuppressionVerb = (typeof suppressionVerbs)[number];

/**
 * How a directive begins. Without its colon it is one, too, where what follows can hardly be prose: a comment that was
 * to hide something and does not would go unnoticed.
 */
const mark = String.raw`qpidha(?:[ \t]*:|(?=[ \t]+(?:disable-(?:next-line|line|file)\b|(?:dis|en)[a-z-]*[ \t]+[\w-]+/[\w*])))`;

const everyMark = new RegExp(mark, 'gi');
const anyMark = new RegExp(mark, 'i');
const directive = new RegExp(String.raw`^(#+[ \t]*)(${mark}[ \t]*)([^ \t\r]*)(.*)$`, 'is');

/** Whether a text may have directives at all. */
export function mayHaveDirectives(text: string): boolean {
  return anyMark.test(text);
}

/** Offsets in a text where a directive may begin. */
export function marksIn(text: string): readonly number[] {
  return [...text.matchAll(everyMark)].map(({ index }) => index);
}

/** Undefined for any other comment. A comment is one directive at most, and only if it begins with it. */
export function readDirective(text: string, comment: Span): Directive | undefined {
  const parts = directive.exec(text.slice(comment.start, comment.end));
  if (parts === null) return undefined;
  const [, sign = '', mark = '', verb = '', rest = ''] = parts;
  const start = comment.start + sign.length;
  const verbStart = start + mark.length;
  const restStart = verbStart + verb.length;
  const dashes = /(?:^|[ \t])--(?=[ \t\r]|$)/.exec(rest);
  const { end } = words(text, start, comment.end).span;
  return {
    comment: span(comment.start, end),
    span: span(start, end),
    verb: words(text, verbStart, restStart),
    argument: words(text, restStart, restStart + (dashes?.index ?? rest.length)),
    ...(dashes === null
      ? {}
      : { reason: words(text, restStart + dashes.index + dashes[0].length, comment.end) }),
  };
}

/** The words of an argument, which blanks or commas separate. */
export function wordsOf({ text, span: { start } }: Words): readonly Words[] {
  return [...text.matchAll(/[^\s,]+/g)].map(({ 0: word, index }) => ({
    text: word,
    span: span(start + index, start + index + word.length),
  }));
}

function words(text: string, from: number, to: number): Words {
  let [start, end] = [from, to];
  while (start < end && isBlank(text[start])) start += 1;
  while (end > start && isBlank(text[end - 1])) end -= 1;
  if (start === end) return { text: '', span: span(from, from) };
  return { text: text.slice(start, end), span: span(start, end) };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\r';
}
