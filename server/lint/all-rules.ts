import { KnownRules } from '../config/known-rules';
import { configRules } from '../config/rules';
import { manifestRules } from '../manifest/rules';
import { projectRules } from '../project/rules';
import { confRules } from '../qpidd-conf/rules';
import type { Rule } from '../text/rule';
import { isUnreadable } from './suppression/names';
import { suppressionRules } from './suppression/rules';

const configurable = [...confRules, ...manifestRules, ...projectRules, ...suppressionRules];

/** True for a rule whose findings no configuration changes: of the configuration, and of what cannot be read at all. */
export function isFixed(rule: string): boolean {
  return rule.startsWith('config/') || rule.startsWith('file/') || isUnreadable(rule);
}

/** The rules that a configuration can name. */
export const configurableRules = new KnownRules(configurable, isFixed);

const rulesOfConfigs = configRules(configurableRules);

/** All rules, by what they look at. */
export const rules = {
  conf: confRules,
  manifest: manifestRules,
  config: rulesOfConfigs,
  project: projectRules,
  suppression: suppressionRules,
} as const;

/** What a rule says of itself, whatever it looks at. */
export type RuleDescription = Omit<Rule<never>, 'check'>;

/** All rules in one list: for documentation, and to name them. */
export const allRules: readonly RuleDescription[] = [...configurable, ...rulesOfConfigs];
