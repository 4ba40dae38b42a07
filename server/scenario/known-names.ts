import { allRules } from '../lint/all-rules';
import { brokerOptions, findRemovedOption, removedOptions } from '../qpidd-conf/catalogue';
import { variableOf } from '../qpidd-conf/sources/environment';

/** Names that a test may use, and of what kind they are. */
export interface KnownNames {
  readonly what: string;
  has(name: string): boolean;
  /** Those that may be meant by another one. */
  readonly names: readonly string[];
}

const optionNames = brokerOptions.map(({ name }) => name);
const optionSet = new Set(optionNames);

/** What a broker of today runs with. */
export const effectiveNames: KnownNames = {
  what: 'The broker has no option',
  has: (name) => optionSet.has(name),
  names: optionNames,
};

/** What may stand in a file: options that are gone, too. */
export const settableNames: KnownNames = {
  ...effectiveNames,
  has: (name) => optionSet.has(name) || findRemovedOption(name) !== undefined,
};

const variables = [...optionNames, ...removedOptions.map(({ name }) => name)].map(variableOf);
const variableSet = new Set(variables);

export const variableNames: KnownNames = {
  what: 'The broker reads no variable',
  has: (name) => variableSet.has(name),
  names: variables,
};

/** Of a file that could not be read; no rule of its own, for no rule has seen it. */
const ruleIds: readonly string[] = [...allRules.map(({ id }) => id), 'file/not-read'];
const ruleSet = new Set(ruleIds);

export const ruleNames: KnownNames = {
  what: 'There is no rule',
  has: (name) => ruleSet.has(name),
  names: ruleIds,
};

const areas = [...new Set(ruleIds.map((id) => `${id.slice(0, id.indexOf('/'))}/*`))];
const areaSet = new Set(areas);

export const ruleAndAreaNames: KnownNames = {
  what: 'There is no rule, and no area of rules,',
  has: (name) => ruleSet.has(name) || areaSet.has(name),
  names: [...ruleIds, ...areas],
};

/** Whether a rule is meant by its id or by its area. */
export function isMeantBy(name: string, rule: string): boolean {
  return name === rule || (name.endsWith('/*') && rule.startsWith(name.slice(0, -1)));
}
