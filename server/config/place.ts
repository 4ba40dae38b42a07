import { touches } from '../text/span';
import type { YamlKey } from '../yaml/keys';
import { type Accepts, findPlace as findPlaceIn, type Place as PlaceOf } from '../yaml/place';
import type { YamlNode } from '../yaml/tree';
import { clusterKeys, configKeys, memberKeys, overrideKeys, ruleKeys } from './keys';
import type { PolicyPart } from './policy/editing';
import { allLimitKeys, forbidKeys, policyKeys } from './policy/keys';

/** What a mapping of a configuration describes. */
export type Part =
  | 'config'
  | 'rules'
  /** What is said of one rule beside its level. */
  | 'rule'
  | 'override'
  | 'clusters'
  /** The entries of one cluster that is a mapping, or of a member in its list. */
  | 'cluster'
  | 'member'
  | PolicyPart
  | 'unknown';

export type Place = PlaceOf<Part>;

export function findPlace(root: YamlNode | undefined, accepts: Accepts): Place | undefined {
  const place = findPlaceIn<Part>(root, 'config', partBelow, accepts);
  // A cluster is a list of members, or a mapping of its own: what stands in it tells.
  if (place?.level !== 'cluster') return place;
  const isMember = place.mapping.entries.some(({ key }) => memberKeys.some((known) => known.key === key));
  return isMember ? { ...place, level: 'member' } : place;
}

export function placeAt(root: YamlNode | undefined, offset: number): Place | undefined {
  return findPlace(root, ({ keySpan, value }, on) => touches(on === 'key' ? keySpan : value.span, offset));
}

function partBelow(part: Part, key: string): Part {
  switch (part) {
    case 'config':
      if (key === 'overrides') return 'override';
      return key === 'rules' || key === 'policy' || key === 'clusters' ? key : 'unknown';
    case 'override':
      return key === 'rules' || key === 'policy' ? key : 'unknown';
    case 'clusters':
      return 'cluster';
    case 'cluster':
      return key === 'members' ? 'member' : 'unknown';
    case 'rules':
      return 'rule';
    case 'policy':
      if (key === 'forbid') return 'prohibition';
      return key === 'require' || key === 'allow' ? 'expectations' : 'unknown';
    case 'expectations':
      return 'expectation';
    case 'rule':
    case 'member':
    case 'expectation':
    case 'prohibition':
    case 'unknown':
      return 'unknown';
  }
}

/** The keys that a mapping may have; none where it maps names of the user's choice. */
export function keysOf(part: Part): readonly YamlKey[] {
  switch (part) {
    case 'config':
      return configKeys;
    case 'override':
      return overrideKeys;
    case 'cluster':
      return clusterKeys;
    case 'member':
      return memberKeys;
    case 'rule':
      return ruleKeys;
    case 'policy':
      return policyKeys;
    case 'expectation':
      return allLimitKeys;
    case 'prohibition':
      return forbidKeys;
    case 'rules':
    case 'clusters':
    case 'expectations':
    case 'unknown':
      return [];
  }
}
