import type { LintReport } from '../lint/lint-report';
import type { ReportContext } from './context';
import { FindingJson, formatVersion } from './finding-json';

/**
 * The findings as one JSON document. Contains no text of the files but what messages and fixes quote; a fix that
 * writes a secret again is left out.
 */
export function jsonReport(report: LintReport, context: Pick<ReportContext, 'nameOf' | 'version'>): string {
  const json = new FindingJson(report, context);
  const output = {
    version: formatVersion,
    tool: json.tool(),
    findings: report.findings.map((finding) => json.finding(finding)),
    suppressed: report.suppressed.map((hidden) => json.suppressed(hidden)),
    ...json.baseline(),
    summary: json.summary(),
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
}
