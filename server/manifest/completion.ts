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
import { spell } from './spell';

/** What may be written at `offset`: keys of that level, names of brokers and queues, or words of a choice. */
export function completion({ source }: ManifestDocument, offset: number): readonly CompletionItem[] {
  return complete(source, offset, (marked, word) => {
    const document = parseManifest(marked);
    const place = findPlace(document.root, isMarked);
    if (place === undefined) return undefined;
    return place.on === 'key'
      ? proposeKeys(keysOf(place.level), place.mapping, word)
      : values(place, document.draft, word);
  });
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
        newText: quoted ? broker.name.value : spell(broker.name.value),
        ...(broker.address?.endpoint && { detail: broker.address.endpoint.text }),
      }));
  }
  if (level === 'replication' && entry.key === 'queue') return queues(draft, quoted);
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
