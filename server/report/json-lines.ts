import type { LintReport } from '../lint/lint-report';
import type { ReportContext } from './context';
import { FindingJson, formatVersion } from './finding-json';

/**
 * One JSON object a line: the findings, then what comments and a baseline hide, what it hides in vain, and at last the summary. A stream without it was
 * cut off.
 */
export function jsonLinesReport(
  report: LintReport,
  context: Pick<ReportContext, 'nameOf' | 'version'>,
): string {
  const json = new FindingJson(report, context);
  const lines = [
    ...report.findings.map((finding) => ({ type: 'finding', ...json.finding(finding) })),
    ...report.suppressed.map((hidden) => ({ type: 'suppressed', ...json.suppressed(hidden) })),
    ...(report.baseline?.known ?? []).map((finding) => ({ type: 'known', ...json.finding(finding) })),
    ...(report.baseline?.stale ?? []).map((entry) => ({ type: 'stale', ...json.stale(entry) })),
    { type: 'summary', version: formatVersion, tool: json.tool(), ...json.summary() },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
