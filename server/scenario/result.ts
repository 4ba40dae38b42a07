import type { SourceDocument } from '../text/document';
import type { Finding } from '../text/finding';
import type { Span } from '../text/span';

/** What became of some files of tests. */
export interface TestReport {
  readonly files: readonly TestFileResult[];
}

export interface TestFileResult {
  readonly source: SourceDocument;
  /** What is wrong with the file itself; with any of these none of its tests was run. */
  readonly problems: readonly Finding[];
  readonly tests: readonly TestResult[];
}

export interface TestResult {
  readonly name: string;
  readonly span: Span;
  /** Empty for a test that passed. */
  readonly failures: readonly Failure[];
}

/** One expectation that did not hold. No text of it holds a secret. */
export interface Failure {
  /** Of the expectation, in the file of tests. */
  readonly span: Span;
  /** What it is about: `node1/qpidd.conf: port`. */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
  /** Why that was found: sentences. */
  readonly notes: readonly string[];
}

export function countTests({ files }: TestReport): { readonly passed: number; readonly failed: number } {
  const tests = files.flatMap((file) => file.tests);
  const failed = tests.filter(({ failures }) => failures.length > 0).length;
  return { passed: tests.length - failed, failed };
}
