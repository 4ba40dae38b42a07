import type { LintReport } from '../lint/lint-report';
import type { DocumentUri } from '../text/document';
import { type Finding, severityRank } from '../text/finding';
import { byFile } from './by-file';
import type { ReportContext } from './context';
import { numbered } from './numbered';
import { placeOf } from './place';
import { visible } from './visible';
import { xmlDocument, xmlElement, xmlTextElement } from './xml';

type Context = Pick<ReportContext, 'nameOf' | 'failOn'>;

/**
 * A suite for each file with findings, and a case for each finding: failed where it fails the run, and skipped where
 * it does not. A run without findings is one case that passed, since a report without cases counts as broken.
 */
export function junitReport(report: LintReport, context: Context): string {
  const suites = byFile(report.findings).map((file) => new Suite(report, context, file));
  const cases = suites.reduce((sum, { cases }) => sum + cases, 0);
  const failures = suites.reduce((sum, { failures }) => sum + failures, 0);
  const counts = { tests: Math.max(cases, 1), failures, errors: 0 };
  const all = suites.length > 0 ? suites.map((suite) => suite.element()) : [cleanSuite(report.files)];
  return xmlDocument(xmlElement('testsuites', { name: 'qpidha lint', ...counts }, all));
}

function cleanSuite(files: number): string {
  const passed = xmlElement('testcase', {
    classname: 'qpidha lint',
    name: `no problems in ${files} ${files === 1 ? 'file' : 'files'}`,
  });
  return xmlElement('testsuite', { name: 'qpidha lint', tests: 1, failures: 0, errors: 0, skipped: 0 }, [
    passed,
  ]);
}

class Suite {
  readonly cases: number;
  readonly failures: number;
  private readonly name: string;

  constructor(
    private readonly report: LintReport,
    private readonly context: Context,
    private readonly file: readonly [uri: DocumentUri, findings: readonly Finding[]],
  ) {
    const [uri, findings] = file;
    this.name = context.nameOf(uri);
    this.cases = findings.length;
    this.failures = findings.filter((finding) => this.fails(finding)).length;
  }

  element(): string {
    const [, findings] = this.file;
    // GitLab keeps one of several cases with the same name.
    const names = findings.map((finding) => this.caseName(finding));
    const numbers = numbered(names, (name) => name);
    const cases = findings.map((finding, index) =>
      this.case(finding, names[index] ?? '', numbers[index] ?? 1),
    );
    const skipped = this.cases - this.failures;
    const counts = { tests: this.cases, failures: this.failures, errors: 0, skipped };
    return xmlElement('testsuite', { name: this.name, ...counts }, cases);
  }

  private case(finding: Finding, name: string, number: number): string {
    const { severity, message } = finding;
    const attributes = { type: severity, message: visible(message) };
    const outcome = this.fails(finding)
      ? xmlTextElement('failure', attributes, this.details(finding))
      : xmlElement('skipped', { ...attributes, message: `${severity}: ${visible(message)}` });
    const unique = number === 1 ? name : `${name} (${number})`;
    return xmlElement('testcase', { classname: this.name, name: unique }, [outcome]);
  }

  private caseName({ rule, uri, span }: Finding): string {
    const { line, column } = placeOf(this.report.documents.get(uri), span.start);
    return `${rule} at ${line}:${column}`;
  }

  private details({ uri, span, severity, rule, message, related = [] }: Finding): string {
    const lines = [
      `${this.place(uri, span.start)}: ${severity} ${rule}: ${visible(message)}`,
      ...related.map((other) => `${this.place(other.uri, other.span.start)}: ${visible(other.message)}`),
    ];
    return lines.join('\n');
  }

  private place(uri: DocumentUri, offset: number): string {
    const { line, column } = placeOf(this.report.documents.get(uri), offset);
    return `${visible(this.context.nameOf(uri))}:${line}:${column}`;
  }

  private fails({ severity }: Finding): boolean {
    const { failOn } = this.context;
    return failOn !== 'never' && severityRank[severity] <= severityRank[failOn];
  }
}
