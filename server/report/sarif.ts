import type * as Sarif from 'sarif';
import { repository } from '../../package.json';
import type { LintReport } from '../lint/lint-report';
import type { SuppressedFinding } from '../lint/suppression/apply';
import type { DocumentUri } from '../text/document';
import { compareFindings, type Finding, type Fix, severityRank } from '../text/finding';
import type { Span } from '../text/span';
import type { ReportContext } from './context';
import { repeatsSecret, withoutSecrets } from './mask';
import { numbered } from './numbered';
import { regionOf } from './region';
import { descriptorOf, levelOf } from './sarif-rule';
import { visible } from './visible';

/** GitHub refuses a file with more results as a whole (docs.github.com, "SARIF results exceed one or more limits"). */
export const maximumResults = 25_000;

/**
 * SARIF 2.1.0. Holds no text of the files but what messages and fixes quote, and nothing of the machine or the time,
 * so that the same findings make the same file.
 */
export function sarifReport(report: LintReport, context: ReportContext): string {
  const all = reportedIn(report, context);
  const kept = gravest(all);
  const rules = [...new Set(kept.map(({ finding }) => finding.rule))].sort();
  const writer = new ResultWriter(report, context, rules);
  const log: Sarif.Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'qpidha',
            fullName: 'Qpid HA lint',
            informationUri: repository.url.replace(/\.git$/, ''),
            version: context.version,
            semanticVersion: context.version,
            rules: rules.map(descriptorOf),
          },
        },
        invocations: [invocation(all.length - kept.length)],
        originalUriBaseIds: { [rootId]: { description: { text: 'The folder of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        results: writer.results(kept),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const rootId = '%SRCROOT%';

interface Reported {
  readonly finding: Finding;
  /** The comment that hides it. */
  readonly suppressed?: SuppressedFinding;
  /** A baseline hides it. */
  readonly known?: true;
}

function reportedIn(
  { findings, suppressed, baseline }: LintReport,
  { onGitHub }: Pick<ReportContext, 'onGitHub'>,
): Reported[] {
  const shown = findings.map((finding): Reported => ({ finding }));
  if (onGitHub) return shown;
  const byComments = suppressed.map((one): Reported => ({ finding: one.finding, suppressed: one }));
  const byBaseline = (baseline?.known ?? []).map((finding): Reported => ({ finding, known: true }));
  return [...shown, ...byComments, ...byBaseline].sort((a, b) => compareFindings(a.finding, b.finding));
}

/** As many as a platform takes, in the order of their places. */
function gravest(all: readonly Reported[]): readonly Reported[] {
  if (all.length <= maximumResults) return all;
  const rank = ({ finding, suppressed, known }: Reported) =>
    severityRank[finding.severity] + (suppressed || known ? 3 : 0);
  return all
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, maximumResults)
    .sort((a, b) => compareFindings(a.finding, b.finding));
}

/** What is to be said where the report does not hold all findings. */
export function sarifOmission(
  report: LintReport,
  context: Pick<ReportContext, 'onGitHub'>,
): string | undefined {
  const omitted = reportedIn(report, context).length - maximumResults;
  return omitted > 0 ? omission(omitted) : undefined;
}

function omission(count: number): string {
  return `${count} findings are not in the SARIF report, the least grave ones: platforms refuse one with more than ${maximumResults}.`;
}

function invocation(omitted: number): Sarif.Invocation {
  if (omitted === 0) return { executionSuccessful: true };
  const text = omission(omitted);
  return {
    executionSuccessful: true,
    toolExecutionNotifications: [{ level: 'warning', message: { text } }],
  };
}

class ResultWriter {
  private readonly root: string;

  constructor(
    private readonly report: LintReport,
    private readonly context: ReportContext,
    private readonly rules: readonly string[],
  ) {
    this.root = `${context.root.replace(/\/$/, '')}/`;
  }

  results(reported: readonly Reported[]): Sarif.Result[] {
    const numbers = numbered(
      reported,
      ({ finding }) => `${finding.uri}\n${this.context.fingerprintOf(finding)}`,
    );
    return reported.map((one, index) => this.result(one, numbers[index] ?? 1));
  }

  private result(reported: Reported, number: number): Sarif.Result {
    const { finding } = reported;
    const { rule, severity, message, uri, span, related = [], fix } = finding;
    const tellsFix = fix !== undefined && !fix.edits.some((edit) => repeatsSecret(edit, this.report));
    return {
      ruleId: rule,
      ruleIndex: this.rules.indexOf(rule),
      level: levelOf(severity),
      message: { text: visible(message) },
      locations: [{ physicalLocation: this.place(uri, span) }],
      ...(related.length > 0 && {
        relatedLocations: related.map((other, index) => ({
          id: index + 1,
          physicalLocation: this.place(other.uri, other.span),
          message: { text: visible(other.message) },
        })),
      }),
      partialFingerprints: { 'qpidha/v1': `${this.context.fingerprintOf(finding)}:${number}` },
      ...(tellsFix && { fixes: [this.fix(fix)] }),
      ...this.hiding(reported),
    };
  }

  private hiding({ suppressed, known }: Reported): Pick<Sarif.Result, 'suppressions' | 'baselineState'> {
    // Where one result has a state, all must.
    const state = this.report.baseline && {
      baselineState: known ? ('unchanged' as const) : ('new' as const),
    };
    if (suppressed) return { ...state, suppressions: [this.suppression(suppressed)] };
    if (!known) return { ...state };
    const justification = 'The baseline knows it.';
    return { ...state, suppressions: [{ kind: 'external', status: 'accepted', justification }] };
  }

  private suppression({ finding, comment, reason, until }: SuppressedFinding): Sarif.Suppression {
    return {
      kind: 'inSource',
      status: 'accepted',
      ...(reason !== '' && { justification: visible(withoutSecrets(reason)) }),
      location: { physicalLocation: this.place(finding.uri, comment) },
      ...(until !== undefined && { properties: { until } }),
    };
  }

  private fix({ title, edits }: Fix): Sarif.Fix {
    const uris = [...new Set(edits.map(({ uri }) => uri))];
    return {
      description: { text: visible(title) },
      artifactChanges: uris.map((uri) => ({
        artifactLocation: this.file(uri),
        replacements: edits
          .filter((edit) => edit.uri === uri)
          .map(({ span, newText }) => ({
            deletedRegion: this.region(uri, span),
            ...(newText !== '' && { insertedContent: { text: newText } }),
          })),
      })),
    };
  }

  private place(uri: DocumentUri, span: Span): Sarif.PhysicalLocation {
    return { artifactLocation: this.file(uri), region: this.region(uri, span) };
  }

  /** URIs of documents are percent-encoded already. */
  private file(uri: DocumentUri): Sarif.ArtifactLocation {
    return uri.startsWith(this.root) ? { uri: uri.slice(this.root.length), uriBaseId: rootId } : { uri };
  }

  /** Of a file that could not be read only the beginning is known. */
  private region(uri: DocumentUri, span: Span): Sarif.Region {
    const source = this.report.documents.get(uri);
    return source === undefined ? { startLine: 1 } : { ...regionOf(source, span) };
  }
}
