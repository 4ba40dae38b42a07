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
import { entryOf } from '../yaml/tree';
import { describeBroker } from './describe';
import { type ManifestDocument, parseManifest } from './manifest-document';
import type { Manifest } from './model';
import { findPlace, keysOf, type Place } from './place';
import { snippetsFor } from './snippets';
import { spell } from './spell';

/** What a manifest cannot tell of itself; asked for only where it matters. */
export interface ManifestSurroundings {
  /** The qpidd.conf files of the project, by their paths from this manifest. */
  configs(): readonly string[];
}

const nothingAround: ManifestSurroundings = { configs: () => [] };

/** What may be written at `offset`: keys of that level, names of brokers and queues, words of a choice, files. */
export function completion(
  { source }: ManifestDocument,
  offset: number,
  around: ManifestSurroundings = nothingAround,
): readonly CompletionItem[] {
  return complete(source, offset, (marked, word) => {
    const document = parseManifest(marked);
    const place = findPlace(document.root, isMarked);
    if (place === undefined) return undefined;
    return place.on === 'key'
      ? keys(place, document.draft, word)
      : values(place, document.draft, word, around);
  });
}

function keys({ level, mapping }: Place, draft: Manifest, word: Word): readonly Proposal[] {
  // Nothing but the marker itself is written there, or names of the user's choice.
  const isFresh = mapping.entries.length === 1 || level === 'brokers';
  const snippets = isFresh && !mapping.flow && !word.quoted && !word.key ? snippetsFor(level, draft) : [];
  return [
    ...snippets.map(
      ({ label, detail, text, template }): Proposal => ({
        label,
        kind: 'snippet',
        detail,
        documentation: `\`\`\`yaml\n${text}\n\`\`\``,
        newText: text,
        template,
        sortText: `! ${label}`,
      }),
    ),
    ...proposeKeys(keysOf(level), mapping, word),
  ];
}

function values(
  { level, entry, mapping }: Place,
  draft: Manifest,
  { quoted }: Word,
  around: ManifestSurroundings,
): readonly Proposal[] {
  if (level === 'replication' && (entry.key === 'from' || entry.key === 'to')) {
    const other = entryOf(mapping, entry.key === 'from' ? 'to' : 'from')?.value;
    const taken = other?.kind === 'scalar' ? other.value : undefined;
    return draft.brokers
      .filter(({ name }) => name.value !== taken)
      .map((broker) => ({
        label: broker.name.value,
        kind: 'broker',
        documentation: describeBroker(broker, { ...draft, replications: [] }),
        newText: quoted ? broker.name.value : spell(broker.name.value),
        ...(broker.address?.endpoint && { detail: broker.address.endpoint.text }),
      }));
  }
  if (level === 'replication' && entry.key === 'queue') return queues(draft, quoted);
  if (level === 'broker' && entry.key === 'config') return files(draft, quoted, around);
  return proposeChoices(keysOf(level).find(({ key }) => key === entry.key));
}

function queues(draft: Manifest, quoted: boolean): readonly Proposal[] {
  const names = new Set(draft.replications.map(({ queue }) => queue?.value));
  return [...names].flatMap((name) =>
    name === undefined || name === marker
      ? []
      : [{ label: name, kind: 'queue', newText: quoted ? name : spell(name) }],
  );
}

/** Those that no broker has yet. */
function files(
  { brokers }: Manifest,
  quoted: boolean,
  { configs }: ManifestSurroundings,
): readonly Proposal[] {
  const taken = new Set(brokers.flatMap((broker) => broker.configs.map(({ value }) => value)));
  return configs()
    .filter((path) => !taken.has(path))
    .map((path) => ({
      label: path,
      kind: 'file',
      newText: quoted || /^[\w./-]+$/.test(path) ? path : JSON.stringify(path),
    }));
}
