import { levels } from '../config/keys';
import type { RuleLevel } from '../config/model';
import { ruleLevel } from '../config/presets';
import { nearest } from '../text/nearest';
import { configurableRules, isFixed } from './all-rules';

/** A rule, or an area, and its level, written as `ha/both-modes=off`; or why that cannot be chosen: a full sentence. */
export function parseChosenLevel(text: string): RuleLevel | string {
  const [name = '', word, ...more] = text.split('=');
  if (more.length > 0 || word === undefined) {
    return `"${text}" is no rule with its level: write it as in "ha/both-modes=off".`;
  }
  if (isFixed(name)) return `"${name}" is always an error.`;
  if (!configurableRules.isKnown(name)) {
    const meant = nearest(name, configurableRules.names);
    return `There is no rule "${name}"${meant === undefined ? '.' : `: did you mean "${meant}"?`}`;
  }
  const level = levels.find((known) => known === word);
  if (level !== undefined) return ruleLevel(name, level);
  return `"${word}" is no level of a rule: there are ${levels.slice(0, -1).join(', ')} and ${levels.at(-1)}.`;
}
