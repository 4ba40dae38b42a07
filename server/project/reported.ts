import type { ConfDocument } from '../qpidd-conf/model';
import type { Finding } from '../text/finding';
import { type Rule, runRule } from '../text/rule';

/** Whether one of these rules reports something in a file: what is wrong for one reason is reported once. */
export function isReported(conf: ConfDocument, ...rules: readonly Rule<ConfDocument>[]): boolean {
  return rules.some((rule) => {
    const known = verdicts.get(conf) ?? new Map<Rule<ConfDocument>, boolean>();
    verdicts.set(conf, known);
    const verdict = known.get(rule) ?? reports(rule, conf);
    known.set(rule, verdict);
    return verdict;
  });
}

/** Files are compared with many others, and each is parsed anew when it changes. */
const verdicts = new WeakMap<ConfDocument, Map<Rule<ConfDocument>, boolean>>();

function reports(rule: Rule<ConfDocument>, conf: ConfDocument): boolean {
  const findings: Finding[] = [];
  runRule(rule, conf, findings);
  return findings.length > 0;
}
