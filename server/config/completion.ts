import type { CompletionItem } from '../text/features';
import {
  complete,
  isMarked,
  marker,
  type Proposal,
  proposeChoices,
  proposeKeys,
  type Word,
} from '../yaml/completion';
import type { Accepts } from '../yaml/place';
import { type ConfigDocument, parseConfig } from './config-document';
import { describeArea, describeRule } from './describe';
import { levelChoices } from './keys';
import type { KnownRules } from './known-rules';
import { findPlace, keysOf, type Place } from './place';
import { isInPolicy, policyProposals } from './policy/editing';

/** What may be written at `offset` is known elsewhere. */
export interface ConfigSurroundings {
  /** The other configurations of the project, relative to this one. */
  configs(): readonly string[];
}

/** What may be written at `offset`: keys of that level, rules, levels, releases, and what to build on. */
export function completion(
  { source }: ConfigDocument,
  offset: number,
  known: KnownRules,
  surroundings: ConfigSurroundings = { configs: () => [] },
): readonly CompletionItem[] {
  return complete(source, offset, (marked, word) => {
    const { root } = parseConfig(marked);
    const place = findPlace(root, isMarkedAnywhere);
    // In a list of texts the word would be a key of no known level: it is a value.
    if (place === undefined || (place.on === 'key' && place.level === 'unknown')) return undefined;
    if (isInPolicy(place)) return policyProposals(root, place, word);
    const isBase = place.on === 'value' && place.level === 'config' && place.entry.key === 'extends';
    if (isBase) return [...values(place, word), ...bases(place, surroundings)];
    if (place.on === 'value' && place.entry.value.kind !== 'scalar') return undefined;
    if (place.on === 'value') return values(place, word);
    return place.level === 'rules'
      ? rules(place, word, known)
      : proposeKeys(keysOf(place.level), place.mapping, word);
  });
}

/** The value, or an item of a list. */
const isMarkedAnywhere: Accepts = (entry, on) => {
  if (isMarked(entry, on)) return true;
  if (on === 'key' || entry.value.kind !== 'sequence') return false;
  return entry.value.items.some((item) => item.kind === 'scalar' && item.value === marker);
};

function bases({ entry: { value } }: Place, { configs }: ConfigSurroundings): readonly Proposal[] {
  const items = value.kind === 'sequence' ? value.items : [];
  const written = new Set(items.map((item) => (item.kind === 'scalar' ? item.value : undefined)));
  return configs()
    .filter((path) => !written.has(path))
    .map((path) => ({ label: path, kind: 'file', newText: path }));
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
