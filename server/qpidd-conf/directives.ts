import { marksIn, readDirective, suppressionVerbs, type Directive as Written } from '../text/directive';
import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';
import { parseRelease, type Release } from './release';
import { type Line, lineAt } from './syntax';

/**
 * What a comment tells the linter: `# qpidha: VERB ARGUMENT -- REASON`, on a line of its own or after a setting.
 * The broker sees a comment like any other.
 */
export interface Directive extends Written {
  readonly line: Line;
  /** True on a line of its own. */
  readonly alone: boolean;
}

/** The verbs that mean something. */
export const directiveVerbs: readonly string[] = ['broker', ...suppressionVerbs];

/** The directives of a text, in order. A comment is one directive at most, and only if it begins with it. */
export function directivesOf({ text }: Pick<SourceDocument, 'text'>): readonly Directive[] {
  return directivesIn(text, text, 0);
}

/** Those of some whole lines of a text, which begin at `start`. */
export function directivesIn(text: string, lines: string, start: number): readonly Directive[] {
  const found: Directive[] = [];
  let end = start;
  for (const mark of marksIn(lines)) {
    if (start + mark < end) continue;
    const line = lineAt(text, start + mark);
    const directive = directiveOn(text, line);
    if (directive !== undefined) found.push(directive);
    end = Math.max(end, line.span.end);
  }
  return found;
}

/** False where there is surely none. */
export function mayHoldDirectives(text: string): boolean {
  return /qpidha/i.test(text);
}

function directiveOn(text: string, line: Line): Directive | undefined {
  const comment = commentOf(text, line);
  const directive = comment && readDirective(text, comment);
  return directive && { ...directive, line, alone: line.kind === 'comment' };
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

/** The release that a file says it is for: the first of its `broker` directives that names one. */
export function releaseIn(directives: readonly Directive[]): Release | undefined {
  for (const { verb, argument } of directives) {
    const release = verb.text === 'broker' ? parseRelease(argument.text) : undefined;
    if (release !== undefined) return release;
  }
  return undefined;
}
