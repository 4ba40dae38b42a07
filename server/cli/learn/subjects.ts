import { allRules, type RuleDescription } from '../../lint/all-rules';
import { brokerOptions, findOption, type Option, type RemovedOption } from '../../qpidd-conf/catalogue';
import { KeyReader } from '../../qpidd-conf/keys';
import { nearest } from '../../text/nearest';

/** What a word of `qpidha explain` stands for. */
export type Subject =
  | { readonly kind: 'rule'; readonly rule: RuleDescription }
  | { readonly kind: 'area'; readonly area: string; readonly rules: readonly RuleDescription[] }
  | { readonly kind: 'option'; readonly option: Option }
  | { readonly kind: 'removed-option'; readonly removed: RemovedOption }
  | { readonly kind: 'unknown'; readonly near: readonly string[] };

/** The areas of rules, as in `ha/both-modes`. */
export const areas: readonly string[] = [...new Set(allRules.map(({ id }) => areaOf(id)))];

/** The rules of an area: `ha`, `ha/` or `ha/*`. */
export function rulesOfArea(name: string): readonly RuleDescription[] {
  const area = name.replace(/\/\*?$/, '');
  return allRules.filter(({ id }) => areaOf(id) === area);
}

/**
 * A rule by its id, or by what follows the area where only one rule has that name; an area; an option of the broker
 * by any spelling that can mean nothing else.
 */
export function subjectOf(word: string): Subject {
  const rule = ruleNamed(word);
  if (rule !== undefined) return { kind: 'rule', rule };
  const rules = rulesOfArea(word);
  // "config" is an option too: its area is "config/".
  if (rules.length > 0 && findOption(word) === undefined)
    return { kind: 'area', area: word.replace(/\/\*?$/, ''), rules };
  return optionNamed(word);
}

function ruleNamed(word: string): RuleDescription | undefined {
  const exact = allRules.find(({ id }) => id === word);
  if (exact !== undefined || findOption(word) !== undefined) return exact;
  const [rule, ...others] = allRules.filter(({ id }) => nameOf(id) === word);
  return others.length === 0 ? rule : undefined;
}

function optionNamed(word: string): Subject {
  const reading = new KeyReader().read(word);
  switch (reading.kind) {
    case 'exact':
    case 'elsewhere':
      return { kind: 'option', option: reading.option };
    case 'corrected':
      return reading.spelling
        ? { kind: 'unknown', near: [reading.option.name] }
        : { kind: 'option', option: reading.option };
    case 'former':
    case 'removed':
      return { kind: 'removed-option', removed: reading.removed };
    case 'unknown':
      return { kind: 'unknown', near: nearNames(word, reading.nearest) };
  }
}

/** Rules first where the word has the look of one. */
function nearNames(word: string, options: readonly string[]): readonly string[] {
  const ids = allRules.map(({ id }) => id);
  const sameName = ids.filter((id) => nameOf(id) === nameOf(word));
  const rule = nearest(word, ids) ?? ids.find((id) => nameOf(id) === nearest(nameOf(word), ids.map(nameOf)));
  const rules = sameName.length > 0 ? sameName : rule === undefined ? [] : [rule];
  if (word.includes('/') || options.length === 0) {
    if (rules.length > 0) return rules;
    const other = nearest(word, [...areas, ...brokerOptions.map(({ name }) => name)]);
    return other === undefined ? [] : [other];
  }
  return options;
}

function areaOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

function nameOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}
