import type { LintReport } from '../lint/lint-report';
import { rulePageUrl } from '../lint/rule-page-url';
import { type Finding, severityRank } from '../text/finding';
import type { ReportContext } from './context';
import { countFindings, placeOf } from './place';
import { counted } from './text';
import { visible } from './visible';

/** What the summary of a step may hold: of one with more GitHub shows nothing at all. In bytes. */
export const summaryLimit = 1024 * 1024;

/**
 * All findings as a table in Markdown, the gravest first, for the summary page of a GitHub workflow; nothing where
 * there are none.
 *
 * @param room how many bytes are left of the limit. What does not fit is counted in the last line.
 */
export function githubSummary(
  report: LintReport,
  { pathOf }: Pick<ReportContext, 'pathOf'>,
  room: number,
): string {
  const { findings, documents, files } = report;
  if (findings.length === 0) return '';
  const { error, warning, info } = countFindings(report);
  const counts = `${counted(error, 'error')}, ${counted(warning, 'warning')} and ${info} info in ${counted(files, 'file')}.`;
  const head = `### qpidha lint\n\n${counts}\n\n| severity | place | rule | finding |\n| --- | --- | --- | --- |\n`;
  const row = ({ uri, span, severity, rule, message }: Finding): string => {
    const { line, column } = placeOf(documents.get(uri), span.start);
    const page = rulePageUrl(rule);
    const name = page === undefined ? markdown(rule) : `[${markdown(rule)}](${page})`;
    return `| ${severity} | ${markdown(`${pathOf(uri)}:${line}:${column}`)} | ${name} | ${markdown(message)} |\n`;
  };
  const rows = findings.toSorted((a, b) => severityRank[a.severity] - severityRank[b.severity]).map(row);
  const shown = fitting(rows, room - Buffer.byteLength(head) - longestRest);
  if (shown === undefined) return '';
  const left = rows.length - shown.length;
  return head + shown.join('') + (left === 0 ? '\n' : `\n${left} more are in the log of the step.\n\n`);
}

/** Bytes that the last line may take. */
const longestRest = 100;

/** As many rows from the first as there is room for; undefined where there is none for any. */
function fitting(rows: readonly string[], room: number): readonly string[] | undefined {
  let used = 0;
  const count = rows.findIndex((row) => {
    used += Buffer.byteLength(row);
    return used > room;
  });
  if (count === 0) return undefined;
  return count < 0 ? rows : rows.slice(0, count);
}

/** A text that means nothing in Markdown, within a cell of a table. */
function markdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()#+\-.!|~:@]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
