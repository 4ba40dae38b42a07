import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from 'vscode-languageserver';
import { rulePageUrl } from '../lint/rule-page-url';
import type { Finding, Severity } from '../text/finding';
import { severityRank } from '../text/finding';
import type { Analysis } from './analysis';
import type { OpenDocuments } from './open-documents';
import { toRange, type View } from './view';

/** Names us among all that checks files in an editor. */
export const diagnosticSource = 'qpidha';

/** Of one file; an editor that gets more becomes slow, and no one reads them. */
const maximumDiagnostics = 1000;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** What these find does nothing at all: editors show it faded. */
const idle: ReadonlySet<string> = new Set(['suppression/unused', 'suppression/expired']);

export interface Shown {
  readonly analysis: Analysis;
  readonly documents: OpenDocuments;
}

/** The findings of one file as the editor takes them; the gravest, where there are too many. */
export function toDiagnostics(shown: Shown, findings: readonly Finding[]): Diagnostic[] {
  const places = new Places(shown);
  if (findings.length <= maximumDiagnostics) return findings.map((finding) => diagnostic(places, finding));
  const gravest = [...findings].sort((a, b) => severityRank[a.severity] - severityRank[b.severity]);
  const diagnostics = gravest.slice(0, maximumDiagnostics).map((finding) => diagnostic(places, finding));
  const start = { line: 0, character: 0 };
  const message = `${findings.length - maximumDiagnostics} more findings in this file are not shown.`;
  const note = { range: { start, end: start }, severity: DiagnosticSeverity.Information, message };
  return [...diagnostics, { ...note, source: diagnosticSource }];
}

export function toDiagnostic(shown: Shown, finding: Finding): Diagnostic {
  return diagnostic(new Places(shown), finding);
}

function diagnostic(places: Places, finding: Finding): Diagnostic {
  const related = (finding.related ?? []).map(({ uri, span, message }) => ({
    location: { uri: places.editorUri(uri), range: places.range(uri, span) },
    message,
  }));
  const page = rulePageUrl(finding.rule);
  return {
    range: places.range(finding.uri, finding.span),
    severity: severities[finding.severity],
    code: finding.rule,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    source: diagnosticSource,
    message: finding.message,
    ...(idle.has(finding.rule) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
  };
}

/** A file's URI as the editor spells it. */
export function editorUri(documents: OpenDocuments, uri: string): string {
  return documents.get(uri)?.uri ?? uri;
}

/** Places in files as the editor has them; each file is looked up once, not for each place in it. */
class Places {
  private readonly views = new Map<string, View | undefined>();

  constructor(private readonly shown: Shown) {}

  range(uri: string, span: Finding['span']): Range {
    const view = this.view(uri);
    const start = { line: 0, character: 0 };
    return view === undefined ? { start, end: start } : toRange(view, span);
  }

  editorUri(uri: string): string {
    return editorUri(this.shown.documents, uri);
  }

  private view(uri: string): View | undefined {
    if (!this.views.has(uri)) this.views.set(uri, this.shown.analysis.view(uri));
    return this.views.get(uri);
  }
}
