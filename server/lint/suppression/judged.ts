import type { Words } from '../../text/directive';
import type { SourceDocument } from '../../text/document';
import type { PlacedDirective, SuppressionComment } from './comment';

/** A file with what became of its suppressions: what the rules about these look at. */
export interface JudgedFile {
  readonly source: SourceDocument;
  readonly comments: readonly JudgedComment[];
  /** Directives whose verb means nothing in this language. */
  readonly strangers: readonly PlacedDirective[];
}

export interface JudgedComment extends SuppressionComment {
  readonly names: readonly JudgedName[];
  /** Its date has passed: it hides nothing any more. */
  readonly expired: boolean;
  /** For `enable`: the comments whose effect ends here, wholly or in part. */
  readonly ends: readonly SuppressionComment[];
}

export interface JudgedName extends Words {
  readonly state: NameState;
  /** The rule that an unknown name most likely means. */
  readonly meant?: string;
}

export type NameState =
  /** It hides a finding, or ends the hiding of some. */
  | 'used'
  | 'unused'
  /** Not to be judged: it has expired, is no such comment, or too little of the project was seen. */
  | 'open'
  /** No rule, and no area of rules. */
  | 'unknown'
  /** A rule that no comment may hide. */
  | 'refused';
