import type { Hover } from '../text/features';
import { describeKey } from '../yaml/keys';
import type { ConfigDocument } from './config-document';
import { describeArea, describeRule, levelChoice } from './describe';
import type { KnownRules } from './known-rules';
import { keysOf, type Place, placeAt } from './place';
import { hoverOption, isInPolicy } from './policy/editing';

/**
 * Explains the key, the rule or the level at `offset`.
 *
 * @param pageOf where a rule is explained.
 */
export function hover(
  { root }: ConfigDocument,
  offset: number,
  known: KnownRules,
  pageOf: (rule: string) => string | undefined,
): Hover | undefined {
  const place = placeAt(root, offset);
  if (place === undefined) return undefined;
  const option = isInPolicy(place) ? hoverOption(place, offset) : undefined;
  if (option !== undefined) return option;
  const { keySpan, value } = place.entry;
  const markdown = place.on === 'key' ? explainKey(place, known, pageOf) : explainValue(place);
  return markdown === undefined ? undefined : { span: place.on === 'key' ? keySpan : value.span, markdown };
}

function explainKey(
  { level, entry }: Place,
  known: KnownRules,
  pageOf: (rule: string) => string | undefined,
): string | undefined {
  if (level !== 'rules') {
    const key = keysOf(level).find(({ key }) => key === entry.key);
    return key && describeKey(key);
  }
  const rule = known.get(entry.key);
  if (rule !== undefined) return describeRule(rule, pageOf(rule.id));
  return known.isKnown(entry.key) ? describeArea(entry.key, known) : undefined;
}

function explainValue({ level, entry }: Place): string | undefined {
  if (level !== 'rules' || entry.value.kind !== 'scalar') return undefined;
  const choice = levelChoice(entry.value.value);
  return choice && `**${choice.value}**\n\n${choice.summary}`;
}
