import type { SourceDocument } from '../text/document';
import type { Fix, RelatedLocation } from '../text/finding';
import type { Reporter } from '../text/rule';
import type { Span } from '../text/span';

/**
 * What is wrong with a file as such, found while reading it.
 *
 * syntax: it is no YAML, or more of it than anyone would write. schema: it is YAML, but not of the format that it should have.
 * meaning: it is of the format, and cannot be meant.
 */
export interface YamlProblem {
  readonly kind: 'syntax' | 'schema' | 'meaning';
  readonly span: Span;
  readonly message: string;
  readonly related?: readonly RelatedLocation[];
  readonly fix?: Fix;
}

export function reportProblems(
  { source, problems }: { readonly source: SourceDocument; readonly problems: readonly YamlProblem[] },
  kind: YamlProblem['kind'],
  report: Reporter,
): void {
  for (const { kind: found, ...problem } of problems) {
    if (found === kind) report({ uri: source.uri, ...problem });
  }
}
