import { findingPageUrl } from '../lint/finding-page';
import type { LintReport } from '../lint/lint-report';
import type { DocumentUri } from '../text/document';
import type { Finding, Severity } from '../text/finding';
import type { Span } from '../text/span';
import { excerpt } from './excerpt';
import { countFindings, type NameOf, placeOf } from './place';
import { visible } from './visible';

type Paint = (text: string) => string;

/** The colours that a report uses, as picocolors makes them. */
export interface ReportColors {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
  readonly green: Paint;
  /** Makes a text a link, where a terminal shows it as one. */
  readonly link?: (text: string, url: string) => string;
}

/**
 * The findings for a person: each with its line, what of it is meant, the other places that explain it, and its
 * cure. `file:line:column:` comes first, so that terminals and editors can jump there.
 */
export function textReport(report: LintReport, nameOf: NameOf, colors: ReportColors): string {
  const writer = new Writer(report, nameOf, colors);
  const blocks = report.findings.map((finding) => writer.finding(finding));
  return `${[...blocks, writer.summary()].join('\n\n')}\n`;
}

class Writer {
  private readonly paints: Readonly<Record<Severity, Paint>>;

  constructor(
    private readonly report: LintReport,
    private readonly nameOf: NameOf,
    private readonly colors: ReportColors,
  ) {
    this.paints = { error: colors.red, warning: colors.yellow, info: colors.blue };
  }

  finding({ uri, span, severity, rule, message, related = [], fix }: Finding): string {
    const { bold, dim, green } = this.colors;
    const paint = this.paints[severity];
    const lines = [
      `${bold(this.place(uri, span))}: ${paint(severity)} ${dim(this.linked(rule))}: ${visible(message)}`,
      ...this.excerpt(uri, span, paint),
    ];
    for (const other of related) {
      lines.push(`  ${this.place(other.uri, other.span)}: ${visible(other.message)}`);
    }
    if (fix !== undefined) lines.push(`  ${green('help')}: ${visible(fix.title)}`);
    return lines.join('\n');
  }

  /** The id of a rule, as a link to its page. */
  private linked(rule: string): string {
    const page = findingPageUrl(rule);
    return page === undefined ? rule : (this.colors.link?.(rule, page) ?? rule);
  }

  private place(uri: DocumentUri, { start }: Span): string {
    const { line, column } = placeOf(this.report.documents.get(uri), start);
    return `${visible(this.nameOf(uri))}:${line}:${column}`;
  }

  private excerpt(uri: DocumentUri, span: Span, paint: Paint): readonly string[] {
    const source = this.report.documents.get(uri);
    if (source === undefined || source.text === '') return [];
    const { dim } = this.colors;
    const { lineNumber, text, indent, underline } = excerpt(source, span, this.report.secrets.get(uri) ?? []);
    const number = String(lineNumber).padStart(4);
    return [
      `${dim(`${number} |`)} ${text}`.trimEnd(),
      `${dim(`${' '.repeat(number.length)} |`)} ${' '.repeat(indent)}${paint(`^${'~'.repeat(underline - 1)}`)}`,
    ];
  }

  summary(): string {
    const where = counted(this.report.files, 'file');
    if (this.report.findings.length === 0) return `No problems in ${where}.${this.hidden()}`;
    const { error, warning, info } = countFindings(this.report);
    const parts = [
      ...(error > 0 ? [this.colors.red(counted(error, 'error'))] : []),
      ...(warning > 0 ? [this.colors.yellow(counted(warning, 'warning'))] : []),
      ...(info > 0 ? [this.colors.blue(`${info} info`)] : []),
    ];
    return `${parts.join(', ')} in ${where}.${this.offer()}${this.hidden()}`;
  }

  private hidden(): string {
    const { suppressed, baseline } = this.report;
    const comments = suppressed.length === 0 ? '' : ` Comments hide ${suppressed.length} more.`;
    const known = baseline?.known.length ?? 0;
    return known === 0 ? comments : `${comments} The baseline hides ${known} more.`;
  }

  private offer(): string {
    const { findings } = this.report;
    const curable = findings.filter(({ fix }) => fix !== undefined && !fix.onRequest).length;
    if (curable === 0) return '';
    const all = findings.length === 1 ? 'it' : 'all of them';
    return ` ${this.colors.green('--fix')} cures ${curable === findings.length ? all : `${curable} of them`}.`;
  }
}

/** `1 file`, `2 files`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
