import { type Directive, mayHaveDirectives, readDirective } from '../text/directive';
import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';
import { commentsIn } from '../yaml/comments';
import type { ManifestDocument } from './manifest-document';

/** What a comment of a manifest tells the linter: `# qpidha: VERB ARGUMENT -- REASON`. */
export interface ManifestDirective extends Directive {
  /** True on a line of its own. */
  readonly alone: boolean;
}

/** In the order of the file. JSON has no comments, and here a file of that name may have them all the same. */
export function directivesOf({
  source: { text },
}: Pick<ManifestDocument, 'source'>): readonly ManifestDirective[] {
  if (!mayHaveDirectives(text)) return [];
  return commentsIn(text).flatMap((comment) => {
    const directive = readDirective(text, comment);
    if (directive === undefined) return [];
    const before = text.slice(text.lastIndexOf('\n', comment.start - 1) + 1, comment.start);
    return [{ ...directive, alone: /^[\s\ufeff]*$/.test(before) }];
  });
}

/** The comment that holds a cursor, from its `#` to the end of its line. */
export function commentAt({ text }: SourceDocument, offset: number): Span | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  // Cheap to ask, and mostly all there is to ask.
  if (!text.slice(lineStart, offset).includes('#')) return undefined;
  const comment = commentsIn(text).find(({ start }) => lineStart <= start && start < offset);
  const rest = /[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  return comment && comment.start < offset + rest.length
    ? span(comment.start, offset + rest.length)
    : undefined;
}
