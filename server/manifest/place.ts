import { touches } from '../text/span';
import type { YamlKey } from '../yaml/keys';
import { type Accepts, findPlace as findPlaceIn, type Place as PlaceOf } from '../yaml/place';
import type { YamlNode } from '../yaml/tree';
import { brokerKeys, manifestKeys, replicationKeys } from './keys';

/** What a mapping of a manifest describes. */
export type Level = 'manifest' | 'brokers' | 'broker' | 'replication' | 'unknown';

export type Place = PlaceOf<Level>;

/** The innermost entry whose key, or whose value, `accepts` says yes to. */
export function findPlace(root: YamlNode | undefined, accepts: Accepts): Place | undefined {
  return findPlaceIn<Level>(root, 'manifest', levelBelow, accepts);
}

export function placeAt(root: YamlNode | undefined, offset: number): Place | undefined {
  return findPlace(root, ({ keySpan, value }, on) => touches(on === 'key' ? keySpan : value.span, offset));
}

function levelBelow(level: Level, key: string): Level {
  if (level === 'brokers') return 'broker';
  if (level !== 'manifest') return 'unknown';
  return key === 'brokers' ? 'brokers' : key === 'replications' ? 'replication' : 'unknown';
}

/** The keys that a mapping may have; none where it maps names of the user's choice. */
export function keysOf(level: Level): readonly YamlKey[] {
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
