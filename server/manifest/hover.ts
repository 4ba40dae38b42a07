import type { Hover } from '../text/features';
import { describeKey } from '../yaml/keys';
import { describeBroker, describeQueue } from './describe';
import type { ManifestDocument } from './manifest-document';
import { keysOf, type Place, placeAt } from './place';

/** Explains the key, broker, queue or word at `offset`. */
export function hover({ root, draft }: ManifestDocument, offset: number): Hover | undefined {
  const place = placeAt(root, offset);
  if (place === undefined) return undefined;
  const markdown = place.on === 'key' ? explainKey(place, draft) : explainValue(place, draft);
  const { keySpan, value } = place.entry;
  return markdown === undefined ? undefined : { span: place.on === 'key' ? keySpan : value.span, markdown };
}

function explainKey({ level, entry }: Place, draft: ManifestDocument['draft']): string | undefined {
  if (level === 'brokers') return brokerNamed(entry.key, draft);
  const key = keysOf(level).find(({ key }) => key === entry.key);
  return key && describeKey(key);
}

function explainValue({ level, entry }: Place, draft: ManifestDocument['draft']): string | undefined {
  if (entry.value.kind !== 'scalar' || typeof entry.value.value !== 'string') return undefined;
  const text = entry.value.value;
  if (level === 'replication' && entry.key === 'queue') return describeQueue(text, draft);
  if (level === 'replication' && (entry.key === 'from' || entry.key === 'to'))
    return brokerNamed(text, draft);
  const key = keysOf(level).find(({ key }) => key === entry.key);
  const choice = key?.choices?.find(({ value }) => value === text);
  return choice && `**${entry.key}: ${choice.value}**\n\n${choice.summary}`;
}

function brokerNamed(name: string, draft: ManifestDocument['draft']): string | undefined {
  const broker = draft.brokers.find((candidate) => candidate.name.value === name);
  return broker && describeBroker(broker, draft);
}
