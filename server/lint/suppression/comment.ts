import {
  type Directive,
  type SuppressionVerb,
  suppressionVerbs,
  type Words,
  wordsOf,
} from '../../text/directive';
import type { SourceDocument } from '../../text/document';
import { type Span, span } from '../../text/span';
import { type Expiry, expiryIn, reasonBeside } from './expiry';

/** A directive of any language, and whether it has its line to itself. */
export interface PlacedDirective extends Directive {
  readonly alone: boolean;
}

/** A comment that hides findings, or ends that. */
export interface SuppressionComment {
  readonly directive: PlacedDirective;
  readonly verb: SuppressionVerb;
  /** Ids of rules, or `area/*`. */
  readonly names: readonly Words[];
  /** Words after the rules that can only be a reason, without the dashes before it. */
  readonly stray?: Span;
  /** Empty where none is given. */
  readonly reason: string;
  readonly expiry?: Expiry;
  /** The line whose findings it hides, without its LF: for the verbs that are about one line. */
  readonly line?: Span;
}

/** The suppressions among the directives of a file, in its order. */
export function suppressionComments(
  source: SourceDocument,
  directives: readonly PlacedDirective[],
): readonly SuppressionComment[] {
  return directives.flatMap((directive) => {
    const verb = suppressionVerbs.find((known) => known === directive.verb.text);
    if (verb === undefined) return [];
    const words = wordsOf(directive.argument);
    const first = words.findIndex(({ text }) => !text.includes('/'));
    const hasStray = first > 0;
    const line = lineOf(source.text, verb, directive);
    const expiry = directive.reason && expiryIn(directive.reason);
    return [
      {
        directive,
        verb,
        names: hasStray ? words.slice(0, first) : words,
        ...(hasStray && { stray: span(words[first]?.span.start ?? 0, directive.argument.span.end) }),
        reason: reasonBeside(directive.reason, expiry),
        ...(expiry && { expiry }),
        ...(line && { line }),
      },
    ];
  });
}

function lineOf(text: string, verb: SuppressionVerb, { comment }: PlacedDirective): Span | undefined {
  const own = lineAround(text, comment.start);
  if (verb === 'disable-line') return own;
  return verb === 'disable-next-line' ? lineAfter(text, own) : undefined;
}

/** Other comments between a directive and the line that it is about do not part them. */
function lineAfter(text: string, { end }: Span): Span | undefined {
  for (let at = end; at < text.length; ) {
    const line = lineAround(text, at + 1);
    if (!/^[ \t]*#/.test(text.slice(line.start, line.end))) return line;
    at = line.end;
  }
  return undefined;
}

/** Lines end at LF only, as the broker has it. */
export function lineAround(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return span(start, end < 0 ? text.length : end);
}
