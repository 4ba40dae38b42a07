import { documentFromText } from '../text/document';
import type { CompletionItem } from '../text/features';
import { type Span, span } from '../text/span';
import { describeBroker, describeKey } from './describe';
import type { ManifestKey } from './keys';
import { type ManifestDocument, parseManifest } from './manifest-document';
import type { Manifest } from './model';
import { findPlace, keysOf, type Place } from './place';
import { entryOf } from './tree';

/** Stands for the word at the cursor while the place of that word is looked up. */
const marker = 'qpidhaCompletion';

/** What may be written at `offset`: keys of that level, names of brokers and queues, or words of a choice. */
export function completion({ source }: ManifestDocument, offset: number): readonly CompletionItem[] {
  const word = wordAt(source.text, offset);
  const before = source.text.slice(0, word.span.start);
  const after = source.text.slice(word.span.end);
  for (const written of markings(before, after)) {
    const document = parseManifest(documentFromText(source.uri, before + written + after));
    const place = findPlace(document.root, ({ key, value }, on) =>
      on === 'key' ? key === marker : value.kind === 'scalar' && value.value === marker,
    );
    if (place === undefined) continue;
    const items = place.on === 'key' ? keys(place, word) : values(place, document.draft, word);
    return items.map((item) => ({ ...item, edit: { span: word.span, newText: item.newText } }));
  }
  return [];
}

type Proposal = Omit<CompletionItem, 'edit'> & { readonly newText: string };

interface Word {
  readonly span: Span;
  readonly quoted: boolean;
  /** A `:` follows, so this is a key already. */
  readonly key: boolean;
}

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

function keys({ level, mapping }: Place, { quoted, key: isKey }: Word): readonly Proposal[] {
  const written = new Set(mapping.entries.map(({ key }) => key));
  return keysOf(level)
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

function plain({ type, required, fallback }: ManifestKey): string {
  const rest = required ? ' (required)' : fallback === undefined ? '' : ` (default ${fallback})`;
  return type.replaceAll('`', '') + rest;
}

function values({ level, entry, mapping }: Place, draft: Manifest, { quoted }: Word): readonly Proposal[] {
  if (level === 'replication' && (entry.key === 'from' || entry.key === 'to')) {
    const other = entryOf(mapping, entry.key === 'from' ? 'to' : 'from')?.value;
    const taken = other?.kind === 'scalar' ? other.value : undefined;
    return draft.brokers
      .filter(({ name }) => name.value !== taken)
      .map((broker) => ({
        label: broker.name.value,
        kind: 'broker',
        documentation: describeBroker(broker, { ...draft, replications: [] }),
        newText: spell(broker.name.value, quoted),
        ...(broker.address?.endpoint && { detail: broker.address.endpoint.text }),
      }));
  }
  if (level === 'replication' && entry.key === 'queue') return queues(draft, quoted);
  const key = keysOf(level).find(({ key }) => key === entry.key);
  return (key?.choices ?? []).map(({ value, summary }) => ({
    label: value,
    kind: 'value',
    documentation: summary,
    newText: value,
    ...(value === key?.fallback && { detail: 'default' }),
  }));
}

function queues(draft: Manifest, quoted: boolean): readonly Proposal[] {
  const names = new Set(draft.replications.map(({ queue }) => queue?.value));
  return [...names].flatMap((name) =>
    name === undefined || name === marker
      ? []
      : [{ label: name, kind: 'queue', newText: spell(name, quoted) }],
  );
}

/** A name as YAML text: in quotes where it might be read as something else. */
function spell(name: string, quoted: boolean): string {
  const plain = /^[A-Za-z_][\w.-]*$/.test(name) && !/^(true|false|null)$/i.test(name);
  return plain || quoted ? name : JSON.stringify(name);
}
