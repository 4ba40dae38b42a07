import type { CompletionItem } from '../text/features';
import {
  complete,
  isMarked,
  type Proposal,
  proposeChoices,
  proposeKeys,
  type Word,
} from '../yaml/completion';
import { type ConfigDocument, parseConfig } from './config-document';
import { describeArea, describeRule } from './describe';
import { levelChoices } from './keys';
import type { KnownRules } from './known-rules';
import { findPlace, keysOf, type Place } from './place';

/** What may be written at `offset`: keys of that level, rules, levels and releases. */
export function completion(
  { source }: ConfigDocument,
  offset: number,
  known: KnownRules,
): readonly CompletionItem[] {
  return complete(source, offset, (marked, word) => {
    const place = findPlace(parseConfig(marked).root, isMarked);
    if (place === undefined) return undefined;
    if (place.on === 'value') return values(place, word);
    return place.level === 'rules'
      ? rules(place, word, known)
      : proposeKeys(keysOf(place.level), place.mapping, word);
  });
}

function rules({ mapping }: Place, { quoted, key: isKey }: Word, known: KnownRules): readonly Proposal[] {
  const written = new Set(mapping.entries.map(({ key }) => key));
  return known.names
    .filter((name) => !written.has(name))
    .map((name) => {
      const rule = known.get(name);
      return {
        label: name,
        kind: 'key',
        detail: rule?.title ?? 'all rules of this area',
        documentation: rule === undefined ? describeArea(name, known) : describeRule(rule, undefined),
        newText: quoted || isKey ? name : `${name}: `,
      };
    });
}

function values({ level, entry }: Place, { quoted }: Word): readonly Proposal[] {
  if (level === 'rules') {
    return levelChoices.map(({ value, summary }, index) => ({
      label: value,
      kind: 'value',
      documentation: summary,
      sortText: String(index),
      newText: value,
    }));
  }
  const proposals = proposeChoices(keysOf(level).find(({ key }) => key === entry.key));
  return proposals.map(({ newText, ...proposal }, index) => ({
    ...proposal,
    sortText: String(index).padStart(2, '0'),
    newText: quoted ? newText.replaceAll('"', '') : newText,
  }));
}
