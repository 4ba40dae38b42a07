import type { ProjectEntry } from '../../project/open-project';
import { relativePath } from '../../project/uris';
import type { DocumentUri } from '../../text/document';
import type { Finding } from '../../text/finding';
import { isFixed } from '../all-rules';
import type { Checked, FingerprintOf } from '../checked';
import type { LintReport } from '../lint-report';
import type { Baseline, BaselineEntry } from './baseline';
import { type Compared, compareWithBaseline, pruned, staleEntries, updated } from './compare';
import { Sight } from './sight';

/** A baseline that a run is held against. */
export interface GivenBaseline {
  readonly uri: DocumentUri;
  readonly entries: Baseline;
}

/** A run against a baseline, and what can become of that. */
export class BaselineRun {
  private readonly report: LintReport;
  private readonly compared: Compared;
  private readonly sight: Sight;
  private readonly stale: Baseline;

  /** @param entries the files and folders that were to be checked. */
  constructor(
    { report, project }: Checked,
    private readonly fingerprintOf: FingerprintOf,
    private readonly given: GivenBaseline,
    entries: readonly ProjectEntry[],
  ) {
    this.report = report;
    this.compared = compareWithBaseline(report.findings, given.entries, this.namer());
    this.sight = new Sight(given.uri, project, entries, report.findings);
    this.stale = staleEntries(given.entries, this.compared.found, (entry) => this.sight.isJudged(entry));
  }

  /** What is new, and beside it what is known. */
  get newFindings(): LintReport {
    const { fresh, known } = this.compared;
    return { ...this.report, findings: fresh, baseline: { known, stale: this.stale } };
  }

  /** The baseline without what is gone. */
  pruned(): Baseline {
    return pruned(this.given.entries, this.stale);
  }

  /** The baseline of all that is found. */
  updated(): Baseline {
    return updated(this.given.entries, this.compared.found, (entry) => this.sight.wasSeen(entry));
  }

  private namer(): (finding: Finding) => Omit<BaselineEntry, 'count'> | undefined {
    const files = new Map<DocumentUri, string>();
    const { given, fingerprintOf } = this;
    return (finding) => {
      const { uri, rule } = finding;
      // What cannot be read at all, and a wrong configuration, would look like files without faults.
      if (isFixed(rule)) return undefined;
      const file = files.get(uri) ?? relativePath(given.uri, uri);
      files.set(uri, file);
      return { file, rule, fingerprint: fingerprintOf(finding) };
    };
  }
}
