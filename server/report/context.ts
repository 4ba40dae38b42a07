import type { DocumentUri } from '../text/document';
import type { Finding, Severity } from '../text/finding';
import type { NameOf } from './place';
import type { ReportColors } from './text';

/** What a report depends on besides the findings. The same context and findings make the same bytes. */
export interface ReportContext {
  /** For people, and tools that run in the same folder: as a path would be typed there. */
  readonly nameOf: NameOf;
  /** For platforms that know the repository, and not the folder in which the linter ran: relative to `root`. */
  readonly pathOf: NameOf;
  /** The folder of the repository. */
  readonly root: DocumentUri;
  /** Names a finding within its file, and stays the same when its line moves. Two that nothing tells apart have one. */
  fingerprintOf(finding: Finding): string;
  /** The gravest findings that do not fail the run lie below this. */
  readonly failOn: Severity | 'never';
  /** Our own version. */
  readonly version: string;
  readonly colors: ReportColors;
  /** True where GitHub is to read the report: it takes what comments hide for open findings. */
  readonly onGitHub: boolean;
}
