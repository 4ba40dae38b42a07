/** Reports made by hand, for the tests of formats. */
import pc from 'picocolors';
import type { LintReport } from '../../server/lint/lint-report';
import type { ReportContext } from '../../server/report/context';
import { documentFromText } from '../../server/text/document';
import type { Finding } from '../../server/text/finding';
import { span } from '../../server/text/span';

export const folder = 'file:///x';
export const uri = 'file:///x/a.conf';

/** Names files relative to `folder`, undoing the escapes of URIs. */
export function nameOf(name: string): string {
  return name.startsWith(`${folder}/`) ? decodeURIComponent(name.slice(folder.length + 1)) : name;
}

export const context: ReportContext = {
  nameOf,
  pathOf: nameOf,
  root: folder,
  fingerprintOf: ({ rule, span: { start } }) => `${rule}-${start}`,
  failOn: 'error',
  version: '1.2.3',
  colors: pc.createColors(false),
  onGitHub: false,
};

export function finding(parts: Partial<Finding> = {}): Finding {
  return { rule: 'conf/bad-enum', severity: 'error', uri, span: span(0, 0), message: 'Wrong.', ...parts };
}

/** A report on one file with this text. */
export function reportOf(text: string, ...findings: readonly Partial<Finding>[]): LintReport {
  return {
    documents: new Map([[uri, documentFromText(uri, text)]]),
    secrets: new Map(),
    suppressed: [],
    files: 1,
    findings: findings.map(finding),
  };
}
