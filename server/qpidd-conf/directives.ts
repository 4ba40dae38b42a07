import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';
import { parseRelease, type Release } from './release';
import { type Line, lineAt } from './syntax';

/**
 * What a comment tells the linter: `# qpidha: VERB ARGUMENT -- REASON`, on a line of its own or after a setting.
 * The broker sees a comment like any other.
 */
export interface Directive {
  readonly line: Line;
  /** True on a line of its own. */
  readonly alone: boolean;
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

/** The verbs that mean something. */
export const directiveVerbs: readonly string[] = ['broker'];

/** The directives of a text, in order. A comment is one directive at most, and only if it begins with it. */
export function directivesOf({ text }: Pick<SourceDocument, 'text'>): readonly Directive[] {
  const found: Directive[] = [];
  const mark = /qpidha[ \t]*:/gi;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const line = lineAt(text, match.index);
    const directive = directiveOn(text, line);
    if (directive !== undefined) found.push(directive);
    mark.lastIndex = Math.max(mark.lastIndex, line.span.end);
  }
  return found;
}

function directiveOn(text: string, line: Line): Directive | undefined {
  const comment = commentOf(text, line);
  if (comment === undefined) return undefined;
  const parts = /^(#+[ \t]*)(qpidha[ \t]*:[ \t]*)([^ \t]*)(.*)$/is.exec(
    text.slice(comment.start, comment.end),
  );
  if (parts === null) return undefined;
  const [, sign = '', mark = '', verb = '', rest = ''] = parts;
  const start = comment.start + sign.length;
  const verbStart = start + mark.length;
  const restStart = verbStart + verb.length;
  const dashes = /(?:^|[ \t])--(?=[ \t]|$)/.exec(rest);
  const argument = words(text, restStart, restStart + (dashes?.index ?? rest.length));
  return {
    line,
    alone: line.kind === 'comment',
    span: span(start, words(text, start, comment.end).span.end),
    verb: words(text, verbStart, restStart),
    argument,
    ...(dashes === null
      ? {}
      : { reason: words(text, restStart + dashes.index + dashes[0].length, comment.end) }),
  };
}

/** A line that the broker refuses may end in a comment, too: one may want to say something about it. */
function commentOf(text: string, line: Line): Span | undefined {
  switch (line.kind) {
    case 'blank':
      return undefined;
    case 'comment':
    case 'setting':
      return line.comment;
    case 'malformed': {
      const hash = text.indexOf('#', line.span.start);
      return hash < 0 || hash >= line.span.end ? undefined : span(hash, line.span.end);
    }
  }
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

/** The release that a file says it is for: the first of its `broker` directives that names one. */
export function releaseIn(directives: readonly Directive[]): Release | undefined {
  for (const { verb, argument } of directives) {
    const release = verb.text === 'broker' ? parseRelease(argument.text) : undefined;
    if (release !== undefined) return release;
  }
  return undefined;
}
