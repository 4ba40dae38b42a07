import { type ConfDocument, parseConf } from '../../server/qpidd-conf/model';
import { confRules } from '../../server/qpidd-conf/rules';
import { documentFromText } from '../../server/text/document';
import { applyEdits } from '../../server/text/edit';
import { compareFindings, type Finding } from '../../server/text/finding';
import { type Rule, runRule } from '../../server/text/rule';

export const uri = 'file:///qpidd.conf';

export function conf(text: string): ConfDocument {
  return parseConf(documentFromText(uri, text));
}

export function findingsOf(
  document: ConfDocument,
  rules: readonly Rule<ConfDocument>[] = confRules,
): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) runRule(rule, document, findings);
  return findings.sort(compareFindings);
}

export function lint(text: string): Finding[] {
  return findingsOf(conf(text));
}

export function fixed(text: string, finding: Finding): string {
  return applyEdits(text, finding.fix?.edits ?? []);
}

/** A finding without its place. */
export function told({ rule, severity, message }: Finding): string {
  return `${severity} ${rule}: ${message}`;
}
