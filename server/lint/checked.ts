import { namedFiles, type Project } from '../project/project';
import type { DocumentUri } from '../text/document';
import type { Finding } from '../text/finding';
import type { LintOptions } from './lint-project';
import { type LintReport, lintReport } from './lint-report';

/** What is still asked of a project once it is checked. */
export interface CheckedProject
  extends Pick<Project, 'files' | 'subjects' | 'reported' | 'unread' | 'complete' | 'leftOut'> {
  readonly confs: Pick<ReadonlySet<DocumentUri>, 'has'>;
  /** The `qpidd.conf` files that others name. */
  readonly named: ReadonlySet<DocumentUri>;
}

/** Names a finding within its file, and stays the same when its line moves. */
export type FingerprintOf = (finding: Finding) => string;

/** A run, whether it was made now or is known from before. */
export interface Checked {
  readonly project: CheckedProject;
  readonly report: LintReport;
  /** For findings of this report. Not every run needs them. */
  fingerprints(): Promise<FingerprintOf>;
}

export function checked(project: Project, options: LintOptions): Checked {
  const report = lintReport(project, options);
  const { files, subjects, reported, unread, complete, leftOut, confs } = project;
  return {
    project: { files, subjects, reported, unread, complete, leftOut, confs, named: namedFiles(project) },
    report,
    async fingerprints() {
      const { fingerprint } = await import('./baseline/fingerprint');
      return (finding) => fingerprint(finding, project, report.secrets);
    },
  };
}
