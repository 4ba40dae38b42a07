import { documentFromText, type SourceDocument } from '../text/document';
import type { CompletionItem } from '../text/features';
import { type Span, span } from '../text/span';
import { describeKey, type YamlKey } from './keys';
import type { Accepts } from './place';
import type { MappingNode } from './tree';

/** Stands for the word at the cursor while the place of that word is looked up. */
export const marker = 'qpidhaCompletion';

export interface Word {
  readonly span: Span;
  readonly quoted: boolean;
  /** A `:` follows, so this is a key already. */
  readonly key: boolean;
}

export type Proposal = Omit<CompletionItem, 'edit'> & { readonly newText: string };

/**
 * What may be written at `offset`.
 *
 * @param propose looks in a text that has the marker there; undefined where it is at no place that it knows.
 */
export function complete(
  source: SourceDocument,
  offset: number,
  propose: (marked: SourceDocument, word: Word) => readonly Proposal[] | undefined,
): readonly CompletionItem[] {
  const word = wordAt(source.text, offset);
  const before = source.text.slice(0, word.span.start);
  const after = source.text.slice(word.span.end);
  for (const written of markings(before, after)) {
    const items = propose(documentFromText(source.uri, before + written + after), word);
    if (items === undefined) continue;
    return items.map(({ newText, ...item }) => ({ ...item, edit: { span: word.span, newText } }));
  }
  return [];
}

/** Says yes to the entry, or the value, that is the marker. */
export const isMarked: Accepts = ({ key, value }, on) =>
  on === 'key' ? key === marker : value.kind === 'scalar' && value.value === marker;

function wordAt(text: string, offset: number): Word {
  const isPart = (character: string) => /[^\s,[\]{}"'#:]/.test(character);
  let start = offset;
  while (start > 0 && isPart(text.charAt(start - 1))) start -= 1;
  let end = offset;
  while (end < text.length && isPart(text.charAt(end))) end += 1;
  const quoted = /["']/.test(text.charAt(start - 1));
  return { span: span(start, end), quoted, key: /^["']?[ \t]*:/.test(text.slice(end, end + 100)) };
}

/** Ways to write the marker, the likelier first: as a value or an existing key, or as a key to be. */
function markings(before: string, after: string): readonly string[] {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const asValue = /:[ \t]+["']?$/.test(line) || /["']$/.test(line) || /^["']?[ \t]*:/.test(after);
  return asValue ? [marker, `${marker}: `] : [`${marker}: `, marker];
}

/** The keys of a table that a mapping does not have yet. */
export function proposeKeys(
  keys: readonly YamlKey[],
  mapping: MappingNode,
  { quoted, key: isKey }: Word,
): readonly Proposal[] {
  const written = new Set(mapping.entries.map(({ key }) => key));
  return keys
    .filter(({ key }) => !written.has(key))
    .map((key, index) => ({
      label: key.key,
      kind: 'key',
      detail: plain(key),
      documentation: describeKey(key),
      sortText: String(index).padStart(2, '0'),
      newText: quoted || isKey ? key.key : `${key.key}: `,
    }));
}

function plain({ type, required, fallback }: YamlKey): string {
  const rest = required ? ' (required)' : fallback === undefined ? '' : ` (default ${fallback})`;
  return type.replaceAll('`', '') + rest;
}

/** The words that a key may have as its value. */
export function proposeChoices(key: YamlKey | undefined): readonly Proposal[] {
  return (key?.choices ?? []).map(({ value, summary }) => ({
    label: value,
    kind: 'value',
    documentation: summary,
    newText: value,
    ...(value === key?.fallback && { detail: 'default' }),
  }));
}
