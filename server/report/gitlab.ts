import { createHash } from 'node:crypto';
import type { LintReport } from '../lint/lint-report';
import type { Severity } from '../text/finding';
import type { ReportContext } from './context';
import { numbered } from './numbered';
import { regionOf } from './region';
import { visible } from './visible';

/** What GitLab knows besides is `minor` and `blocker`. */
const severities = {
  error: 'critical',
  warning: 'major',
  info: 'info',
} as const satisfies Readonly<Record<Severity, string>>;

/**
 * The Code Quality report of GitLab: an array, empty where all is well. Of two entries with one fingerprint GitLab
 * keeps one, and by the fingerprint it tells what is new; so these are unique, and lines do not matter to them.
 */
export function gitlabReport(
  { findings, documents }: LintReport,
  { pathOf, fingerprintOf }: Pick<ReportContext, 'pathOf' | 'fingerprintOf'>,
): string {
  const names = findings.map(
    (finding) => `${pathOf(finding.uri)}\n${finding.rule}\n${fingerprintOf(finding)}`,
  );
  const numbers = numbered(names, (name) => name);
  const entries = findings.map(({ uri, span, rule, severity, message }, index) => {
    const source = documents.get(uri);
    return {
      description: visible(message),
      check_name: rule,
      fingerprint: hash(`${names[index]}\n${numbers[index]}`),
      severity: severities[severity],
      location: { path: pathOf(uri), ...placeIn(source && regionOf(source, span)) },
    };
  });
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

/** Older versions of GitLab read the lines only. */
function placeIn(region: ReturnType<typeof regionOf> | undefined) {
  const { startLine = 1, startColumn = 1, endLine = 1, endColumn = 1 } = region ?? {};
  return {
    lines: { begin: startLine, end: endLine },
    positions: {
      begin: { line: startLine, column: startColumn },
      end: { line: endLine, column: endColumn },
    },
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
