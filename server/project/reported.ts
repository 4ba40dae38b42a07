import type { ConfDocument } from '../qpidd-conf/model';
import type { Finding } from '../text/finding';
import { type Rule, runRule } from '../text/rule';

/** Whether one of these rules reports something in a file: what is wrong for one reason is reported once. */
export function isReported(conf: ConfDocument, ...rules: readonly Rule<ConfDocument>[]): boolean {
  const findings: Finding[] = [];
  for (const rule of rules) runRule(rule, conf, findings);
  return findings.length > 0;
}
