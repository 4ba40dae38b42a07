import { touches } from '../text/span';
import { brokerKeys, type ManifestKey, manifestKeys, replicationKeys } from './keys';
import type { ManifestNode, MappingEntry, MappingNode } from './tree';

/** What a mapping of a manifest describes. */
export type Level = 'manifest' | 'brokers' | 'broker' | 'replication' | 'unknown';

/** An entry of a manifest, and the mapping that it belongs to. */
export interface Place {
  readonly level: Level;
  readonly mapping: MappingNode;
  readonly entry: MappingEntry;
  readonly on: 'key' | 'value';
}

/** The innermost entry whose key, or whose value, `accepts` says yes to. */
export function findPlace(
  root: ManifestNode | undefined,
  accepts: (entry: MappingEntry, on: Place['on']) => boolean,
): Place | undefined {
  return root && search(root, 'manifest', accepts);
}

export function placeAt(root: ManifestNode | undefined, offset: number): Place | undefined {
  return findPlace(root, ({ keySpan, value }, on) => touches(on === 'key' ? keySpan : value.span, offset));
}

function search(
  node: ManifestNode,
  level: Level,
  accepts: (entry: MappingEntry, on: Place['on']) => boolean,
): Place | undefined {
  if (node.kind !== 'mapping') return undefined;
  for (const entry of node.entries) {
    const place = { level, mapping: node, entry };
    if (accepts(entry, 'key')) return { ...place, on: 'key' };
    const below = levelBelow(level, entry.key);
    const inside = entry.value.kind === 'sequence' ? entry.value.items : [entry.value];
    for (const child of inside) {
      const found = search(child, below, accepts);
      if (found !== undefined) return found;
    }
    if (accepts(entry, 'value')) return { ...place, on: 'value' };
  }
  return undefined;
}

function levelBelow(level: Level, key: string): Level {
  if (level === 'brokers') return 'broker';
  if (level !== 'manifest') return 'unknown';
  return key === 'brokers' ? 'brokers' : key === 'replications' ? 'replication' : 'unknown';
}

/** The keys that a mapping may have; none where it maps names of the user's choice. */
export function keysOf(level: Level): readonly ManifestKey[] {
  switch (level) {
    case 'manifest':
      return manifestKeys;
    case 'broker':
      return brokerKeys;
    case 'replication':
      return replicationKeys;
    case 'brokers':
    case 'unknown':
      return [];
  }
}
