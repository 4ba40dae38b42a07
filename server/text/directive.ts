import { type Span, span } from './span';

/**
 * A comment that speaks to us: `# qpidha: VERB WORD, WORD -- why`. Languages differ in where a comment may stand; what
 * it says is the same in all of them.
 */
export interface Directive {
  /** The comment, from `#` to its last visible character. */
  readonly span: Span;
  /** Empty where nothing follows `qpidha:`. */
  readonly verb: Word;
  /** What follows the verb, separated by blanks or commas, up to a `--` that stands by itself. */
  readonly words: readonly Word[];
  /** What follows that `--`; never empty. */
  readonly reason?: Word;
}

export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** Cheap to ask: without this a text has no directive. */
export const directiveMark = 'qpidha:';

const introduction = /^#[#!]*[ \t]*qpidha:/;

/** Undefined for any other comment. `comment` begins at the `#`. */
export function readDirective(text: string, comment: Span): Directive | undefined {
  const written = text.slice(comment.start, comment.end).trimEnd();
  const start = introduction.exec(written)?.[0].length;
  if (start === undefined) return undefined;
  const dashes = /(?<=[ \t:])--(?=[ \t]|$)/.exec(written.slice(start - 1));
  const end = dashes === null ? written.length : start - 1 + dashes.index;
  const [verb, ...words] = wordsIn(written, start, end, comment.start);
  const reason = dashes === null ? undefined : reasonFrom(written, end + 2, comment.start);
  return {
    span: span(comment.start, comment.start + written.length),
    verb: verb ?? { text: '', span: span(comment.start + start, comment.start + start) },
    words,
    ...(reason === undefined ? {} : { reason }),
  };
}

function wordsIn(written: string, from: number, to: number, offset: number): readonly Word[] {
  return [...written.slice(from, to).matchAll(/[^\s,]+/g)].map(({ 0: text, index }) => ({
    text,
    span: span(offset + from + index, offset + from + index + text.length),
  }));
}

function reasonFrom(written: string, from: number, offset: number): Word | undefined {
  const text = written.slice(from).trim();
  if (text === '') return undefined;
  return { text, span: span(offset + written.length - text.length, offset + written.length) };
}
