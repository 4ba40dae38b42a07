import type { MappingEntry, MappingNode, YamlNode } from './tree';

/** An entry of a file, and the mapping that it belongs to. `Level` says what that mapping describes. */
export interface Place<Level> {
  readonly level: Level;
  readonly mapping: MappingNode;
  readonly entry: MappingEntry;
  readonly on: 'key' | 'value';
}

export type Accepts = (entry: MappingEntry, on: 'key' | 'value') => boolean;

/**
 * The innermost entry whose key, or whose value, `accepts` says yes to.
 *
 * @param levelBelow what the mappings describe that stand under a key of a level.
 */
export function findPlace<Level>(
  node: YamlNode | undefined,
  level: Level,
  levelBelow: (level: Level, key: string) => Level,
  accepts: Accepts,
): Place<Level> | undefined {
  if (node?.kind !== 'mapping') return undefined;
  for (const entry of node.entries) {
    const place = { level, mapping: node, entry };
    if (accepts(entry, 'key')) return { ...place, on: 'key' };
    const below = levelBelow(level, entry.key);
    const inside = entry.value.kind === 'sequence' ? entry.value.items : [entry.value];
    for (const child of inside) {
      const found = findPlace(child, below, levelBelow, accepts);
      if (found !== undefined) return found;
    }
    if (accepts(entry, 'value')) return { ...place, on: 'value' };
  }
  return undefined;
}
