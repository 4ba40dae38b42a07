import type { Finding, RuleId, Severity } from './finding';

/** Files by name, relative to the folder of the example; or by a full path on the machine. */
export type ExampleFiles = Readonly<Record<string, string>>;

/** Permission bits of some of these files, where they matter: `0o644`. */
export type ExampleModes = Readonly<Record<string, number>>;

/** A faulty project. The rule must report it, and `fixed`, where given, is what its fixes make of the files. */
export interface BadExample {
  readonly files: ExampleFiles;
  readonly modes?: ExampleModes;
  readonly fixed?: ExampleFiles;
}

/** A project that the rule must not report. */
export interface GoodExample {
  readonly files: ExampleFiles;
  readonly modes?: ExampleModes;
}

/** A finding before its rule has signed it. `severity` only where it differs from the rule's own. */
export type FindingDraft = Omit<Finding, 'rule' | 'severity'> & { readonly severity?: Severity };

export type Reporter = (finding: FindingDraft) => void;

/**
 * One thing that can be wrong. The examples are both its tests and its documentation page.
 *
 * @typeParam Subject what it looks at: one document's model, or a whole project.
 */
export interface Rule<Subject> {
  readonly id: RuleId;
  /** One line, no full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters to an operator: what the broker would do. Markdown, one or two paragraphs. */
  readonly why: string;
  /** Where the fact comes from: `Options.cpp configFileLine`, or a measured behaviour. */
  readonly source: string;
  readonly bad: readonly BadExample[];
  readonly good: readonly GoodExample[];
  check(subject: Subject, report: Reporter): void;
}

/** Runs one rule and signs what it reports. */
export function runRule<Subject>(rule: Rule<Subject>, subject: Subject, findings: Finding[]): void {
  rule.check(subject, (draft) => {
    findings.push({ ...draft, rule: rule.id, severity: draft.severity ?? rule.severity });
  });
}

/** The errors in one subject. A file that has any is not acted upon: a part of it may mean something else. */
export function errorsIn<Subject>(rules: readonly Rule<Subject>[], subject: Subject): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) runRule(rule, subject, findings);
  return findings.filter(({ severity }) => severity === 'error');
}
