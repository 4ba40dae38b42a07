import { createHash } from 'node:crypto';
import type { LintReport } from '../lint/lint-report';
import type { DocumentUri } from '../text/document';
import { type Finding, type Severity, severityRank } from '../text/finding';
import type { ReportContext } from './context';
import { regionOf } from './region';
import { textReport } from './text';
import { visible } from './visible';

/** Of each kind a step may show so many (actions/toolkit, docs/problem-matchers.md). The rest is dropped silently. */
export const annotationsOfAKind = 10;

const commands = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
} as const satisfies Readonly<Record<Severity, string>>;

/**
 * For the log of a GitHub workflow: the report as text, then annotations, the gravest first and no more than the
 * platform shows, then how many there are.
 */
export function githubReport(report: LintReport, context: ReportContext): string {
  const annotated = annotatedFindings(report);
  const left = report.findings.length - annotated.length;
  const lines = [
    harmless(textReport(report, context.nameOf, context.colors)),
    ...annotated.map((finding) => `${annotation(finding, report, context)}\n`),
    ...(left > 0
      ? [
          `${annotated.length} of ${report.findings.length} findings are annotated: GitHub shows ${annotationsOfAKind} errors, ${annotationsOfAKind} warnings and ${annotationsOfAKind} notices of a step. All are in the log above.\n`,
        ]
      : []),
  ];
  return lines.join('');
}

/** The graver ones first, of each kind as many as are shown. */
function annotatedFindings({ findings }: LintReport): readonly Finding[] {
  return (Object.keys(severityRank) as Severity[]).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity).slice(0, annotationsOfAKind),
  );
}

/** A file can hold, or be called, what the runner would take for a command. Nobody can guess the word that ends this. */
function harmless(text: string): string {
  const word = createHash('sha256').update(text).digest('hex');
  return `::stop-commands::${word}\n${text}::${word}::\n`;
}

function annotation(finding: Finding, report: LintReport, { pathOf }: ReportContext): string {
  const { uri, span, rule, severity, message, related = [] } = finding;
  const place = (other: DocumentUri, line: number) => `${visible(pathOf(other))}:${line}`;
  const text = [
    visible(message),
    ...related.map((other) => {
      const source = report.documents.get(other.uri);
      const line = source === undefined ? 1 : regionOf(source, other.span).startLine;
      return `${place(other.uri, line)}: ${visible(other.message)}`;
    }),
  ].join('\n');
  const properties = { file: pathOf(uri), ...lines(report, uri, span), title: rule };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${commands[severity]} ${written.join(',')}::${data(text)}`;
}

/** Columns are read only where both are on one line. */
function lines(report: LintReport, uri: DocumentUri, span: Finding['span']) {
  const source = report.documents.get(uri);
  if (source === undefined) return { line: 1 };
  const { startLine, startColumn, endLine, endColumn } = regionOf(source, span);
  if (startLine !== endLine) return { line: startLine, endLine };
  return {
    line: startLine,
    endLine,
    col: startColumn,
    ...(endColumn > startColumn && { endColumn }),
  };
}

/** What the runner turns back (actions/runner, ActionCommand.cs). */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
