import { brokerOptions, type Option } from '../../qpidd-conf/catalogue';
import { describeBriefly } from '../../qpidd-conf/describe';
import { exactOption } from '../../qpidd-conf/keys';
import { optionMarkdown } from '../../qpidd-conf/markdown';
import { logLevels } from '../../qpidd-conf/values/log-rule';
import type { Hover } from '../../text/features';
import { touches } from '../../text/span';
import { type Proposal, proposeChoices, proposeKeys, type Word } from '../../yaml/completion';
import type { Place } from '../../yaml/place';
import { entryOf, type MappingNode, type YamlNode } from '../../yaml/tree';
import { anyValue, forbidKeys, limitKeys, policyKeys } from './keys';
import { measureOf } from './limits';

/** What a mapping in a policy describes; `prohibition` is an entry of `forbid`. */
export type PolicyPart = 'policy' | 'expectations' | 'expectation' | 'prohibition';

const parts: ReadonlySet<string> = new Set<PolicyPart>([
  'policy',
  'expectations',
  'expectation',
  'prohibition',
]);

export function isInPolicy<Part extends string>(place: Place<Part>): place is Place<Part & PolicyPart> {
  return parts.has(place.level);
}

/** What may be written at a place in a policy; undefined where that is no place for what is there. */
export function policyProposals(
  root: YamlNode | undefined,
  place: Place<PolicyPart>,
  word: Word,
): readonly Proposal[] | undefined {
  return place.on === 'key' ? keys(root, place, word) : values(root, place);
}

function keys(
  root: YamlNode | undefined,
  { level, mapping }: Place<PolicyPart>,
  word: Word,
): readonly Proposal[] | undefined {
  switch (level) {
    case 'policy':
      return proposeKeys(policyKeys, mapping, word);
    case 'expectations':
      return names(new Set(mapping.entries.map(({ key }) => key)), word.quoted || word.key ? '' : ': ');
    case 'expectation': {
      const option = optionOf(root, mapping);
      // In a list of values there is no mapping.
      return option && proposeKeys(limitKeys[measureOf(option.type)], mapping, word);
    }
    case 'prohibition': {
      // An item of the list that is about to be written is a name, or the first key of a mapping.
      const isAlone = mapping.entries.length === 1 && !word.key;
      return [
        ...(isAlone ? names(forbiddenWith(root, mapping), '') : []),
        ...proposeKeys(forbidKeys, mapping, word),
      ];
    }
  }
}

function values(
  root: YamlNode | undefined,
  { level, mapping, entry }: Place<PolicyPart>,
): readonly Proposal[] {
  const { key, value } = entry;
  switch (level) {
    case 'policy':
      return key === 'forbid' && value.kind === 'sequence' ? names(textsIn(value.items), '') : [];
    case 'expectations': {
      const any: Proposal = { label: anyValue, kind: 'value', detail: 'any value', newText: anyValue };
      return [...(value.kind === 'scalar' ? [any] : []), ...valuesOf(exactOption(key))];
    }
    case 'expectation': {
      const option = optionOf(root, mapping);
      if (key === 'values' || key === 'min' || key === 'max') return valuesOf(option);
      return proposeChoices(limitKeys.word.find((known) => known.key === key));
    }
    case 'prohibition':
      if (key === 'option') return names(new Set(), '');
      return proposeChoices(forbidKeys.find((known) => known.key === key));
  }
}

/** @param after what is to follow a name. */
function names(written: ReadonlySet<unknown>, after: string): readonly Proposal[] {
  return brokerOptions
    .filter(({ name, inFile }) => inFile === undefined && !written.has(name))
    .map((option) => ({
      label: option.name,
      kind: 'option',
      detail: describeBriefly(option),
      documentation: optionMarkdown(option),
      newText: option.name + after,
    }));
}

function textsIn(items: readonly YamlNode[]): ReadonlySet<unknown> {
  return new Set(items.map((item) => (item.kind === 'scalar' ? item.value : undefined)));
}

function valuesOf(option: Option | undefined): readonly Proposal[] {
  if (option === undefined || option.secret === true) return [];
  return wordsOf(option).map((word) => ({ label: word, kind: 'value', newText: word }));
}

function wordsOf({ type, default: fallback }: Option): readonly string[] {
  switch (type.kind) {
    case 'boolean':
    case 'switch':
      return ['yes', 'no'];
    case 'enum':
      return type.values;
    case 'log-rule':
      return logLevels.flatMap((level) => [`${level}+`, level]);
    default:
      return 'value' in fallback && fallback.value !== '' ? [fallback.value] : [];
  }
}

/** The option of which a mapping says what its values have to be. */
function optionOf(root: YamlNode | undefined, mapping: MappingNode): Option | undefined {
  for (const policy of policiesIn(root)) {
    for (const kind of ['require', 'allow']) {
      const table = entryOf(policy, kind)?.value;
      if (table?.kind !== 'mapping') continue;
      const found = table.entries.find(({ value }) => value === mapping);
      if (found !== undefined) return exactOption(found.key);
    }
  }
  return undefined;
}

/** The options in the list of which a mapping is an item. */
function forbiddenWith(root: YamlNode | undefined, mapping: MappingNode): ReadonlySet<unknown> {
  for (const policy of policiesIn(root)) {
    const list = entryOf(policy, 'forbid')?.value;
    if (list?.kind === 'sequence' && list.items.includes(mapping)) return textsIn(list.items);
  }
  return new Set();
}

function policiesIn(root: YamlNode | undefined): readonly (YamlNode | undefined)[] {
  const overrides = entryOf(root, 'overrides')?.value;
  const holders = [root, ...(overrides?.kind === 'sequence' ? overrides.items : [])];
  return holders.map((holder) => entryOf(holder, 'policy')?.value);
}

/** Explains the option that is named at a place in a policy. */
export function hoverOption({ level, entry, on }: Place<PolicyPart>, offset: number): Hover | undefined {
  const { key, keySpan, value } = entry;
  if (level === 'expectations' && on === 'key') return explained(key, keySpan);
  const isName =
    on === 'value' &&
    ((level === 'policy' && key === 'forbid') || (level === 'prohibition' && key === 'option'));
  if (!isName) return undefined;
  const items = value.kind === 'sequence' ? value.items : [value];
  const item = items.find(({ span }) => touches(span, offset));
  return item?.kind === 'scalar' ? explained(String(item.value), item.span) : undefined;
}

function explained(name: string, span: Hover['span']): Hover | undefined {
  const option = exactOption(name);
  return option && { span, markdown: optionMarkdown(option) };
}
