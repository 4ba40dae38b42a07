import type { BaselineEntry } from '../lint/baseline/baseline';
import type { LintReport } from '../lint/lint-report';
import { rulePageUrl } from '../lint/rule-page-url';
import type { SuppressedFinding } from '../lint/suppression/apply';
import type { DocumentUri } from '../text/document';
import type { Finding, Fix } from '../text/finding';
import type { Span } from '../text/span';
import type { ReportContext } from './context';
import { repeatsSecret, withoutSecrets } from './mask';
import { countFindings, placeOf } from './place';

/** The version of the JSON formats. It is raised when something is removed or changes its meaning. */
export const formatVersion = 1;

/** What the JSON formats say, in the order in which they say it; `docs/schemas/report.schema.json` describes it. */
export class FindingJson {
  constructor(
    private readonly report: LintReport,
    private readonly context: Pick<ReportContext, 'nameOf' | 'version'>,
  ) {}

  finding(finding: Finding) {
    const { uri, rule, severity, message, span, related = [], fix } = finding;
    const page = rulePageUrl(rule);
    const tellsFix = fix !== undefined && !fix.edits.some((edit) => repeatsSecret(edit, this.report));
    return {
      file: this.context.nameOf(uri),
      rule,
      severity,
      message,
      ...(page !== undefined && { page }),
      range: this.range(uri, span),
      related: related.map((other) => ({
        file: this.context.nameOf(other.uri),
        message: other.message,
        range: this.range(other.uri, other.span),
      })),
      ...(tellsFix && { fix: this.fix(fix) }),
    };
  }

  suppressed({ finding, comment, reason, until }: SuppressedFinding) {
    return {
      ...this.finding(finding),
      suppression: {
        reason: withoutSecrets(reason),
        ...(until !== undefined && { until }),
        range: this.range(finding.uri, comment),
      },
    };
  }

  /** What a baseline hides, and what it hides in vain; only where there is one. */
  baseline() {
    const { baseline } = this.report;
    if (baseline === undefined) return {};
    return {
      baseline: {
        known: baseline.known.map((finding) => this.finding(finding)),
        stale: baseline.stale.map((entry) => this.stale(entry)),
      },
    };
  }

  stale({ file, rule, fingerprint, count }: BaselineEntry) {
    return { file, rule, fingerprint, count };
  }

  summary() {
    const { files, suppressed, baseline } = this.report;
    return {
      files,
      ...countFindings(this.report),
      suppressed: suppressed.length,
      ...(baseline && { known: baseline.known.length }),
    };
  }

  tool() {
    return { name: 'qpidha', version: this.context.version };
  }

  private fix({ title, edits, onRequest }: Fix) {
    return {
      title,
      ...(onRequest && { onRequest }),
      edits: edits.map(({ uri, span, newText }) => ({
        file: this.context.nameOf(uri),
        range: this.range(uri, span),
        newText,
      })),
    };
  }

  private range(uri: DocumentUri, { start, end }: Span) {
    const source = this.report.documents.get(uri);
    return { start: placeOf(source, start), end: placeOf(source, end) };
  }
}
