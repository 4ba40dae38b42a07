import type { DocumentUri } from './document';
import type { TextEdit } from './edit';
import type { Span } from './span';

/**
 * error: the broker refuses to start, or replication cannot work, or messages will be lost.
 * warning: it starts, but does not do what was written, or is unsafe.
 * info: it works, and there is a better way.
 */
export type Severity = 'error' | 'warning' | 'info';

/** Never changes its meaning once released: `ha/queue-replication-off`. */
export type RuleId = `${string}/${string}`;

/** Another place that explains a finding, possibly in another file. */
export interface RelatedLocation {
  readonly uri: DocumentUri;
  readonly span: Span;
  readonly message: string;
}

/** The edit that cures a finding with certainty. */
export interface Fix {
  /** An imperative sentence without a full stop: `Remove the blanks around "="`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Offered where it is asked for, but not applied together with all others: something else may be meant. */
  readonly onRequest?: true;
}

/** One located message of a rule. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly uri: DocumentUri;
  readonly span: Span;
  /** What is wrong and what to do, in one or two sentences. */
  readonly message: string;
  readonly related?: readonly RelatedLocation[];
  readonly fix?: Fix;
}

/** Document order, then the graver first: a stable order for every report. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.uri, b.uri) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    severityRank[a.severity] - severityRank[b.severity] ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

export const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
