import { manifestRules } from '../manifest/rules';
import { projectRules } from '../project/rules';
import { confRules } from '../qpidd-conf/rules';
import type { Rule } from '../text/rule';
import { suppressionRules } from './suppression/rules';

/** All rules, by what they look at. */
export const rules = {
  conf: confRules,
  manifest: manifestRules,
  project: projectRules,
  suppression: suppressionRules,
} as const;

/** What a rule says of itself, whatever it looks at. */
export type RuleDescription = Omit<Rule<never>, 'check'>;

/** All rules in one list: for documentation, and to name them. */
export const allRules: readonly RuleDescription[] = [
  ...confRules,
  ...manifestRules,
  ...projectRules,
  ...suppressionRules,
];
