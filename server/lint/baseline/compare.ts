import type { Finding } from '../../text/finding';
import { type Baseline, type BaselineEntry, entryKey } from './baseline';

/** Findings, parted into those that a baseline knows and the others. */
export interface Compared {
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** All findings that a baseline can know, counted as it would count them. */
  readonly found: Baseline;
}

/**
 * Of findings that nothing tells apart, so many are known as the baseline counts, the first ones.
 *
 * @param nameOf names a finding as a baseline does; undefined for one that no baseline may hide.
 */
export function compareWithBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  nameOf: (finding: Finding) => Omit<BaselineEntry, 'count'> | undefined,
): Compared {
  const left = new Map(baseline.map((entry) => [entryKey(entry), entry.count]));
  const found = new Map<string, BaselineEntry>();
  const fresh: Finding[] = [];
  const known: Finding[] = [];
  for (const finding of findings) {
    const name = nameOf(finding);
    const key = name && entryKey(name);
    if (name !== undefined && key !== undefined)
      found.set(key, { ...name, count: (found.get(key)?.count ?? 0) + 1 });
    const rest = key === undefined ? 0 : (left.get(key) ?? 0);
    if (key !== undefined && rest > 0) {
      left.set(key, rest - 1);
      known.push(finding);
    } else fresh.push(finding);
  }
  return { fresh, known, found: [...found.values()] };
}

/**
 * What of a baseline is not found any more, with how many of each.
 *
 * @param isJudged whether enough was seen to say so of an entry.
 */
export function staleEntries(
  baseline: Baseline,
  found: Baseline,
  isJudged: (entry: BaselineEntry) => boolean,
): Baseline {
  const counts = countsOf(found);
  return baseline.flatMap((entry) => {
    const gone = entry.count - (counts.get(entryKey(entry)) ?? 0);
    return gone > 0 && isJudged(entry) ? [{ ...entry, count: gone }] : [];
  });
}

/** A baseline without what is not found any more. Never knows more than before. */
export function pruned(baseline: Baseline, stale: Baseline): Baseline {
  const gone = countsOf(stale);
  return baseline.flatMap((entry) => {
    const count = entry.count - (gone.get(entryKey(entry)) ?? 0);
    return count > 0 ? [{ ...entry, count }] : [];
  });
}

/**
 * A baseline that knows all that is found, and of what was not looked at what it knew before.
 *
 * @param wasSeen whether a finding that is still there would be among those that are found.
 */
export function updated(
  baseline: Baseline,
  found: Baseline,
  wasSeen: (entry: BaselineEntry) => boolean,
): Baseline {
  const all = new Map(found.map((entry) => [entryKey(entry), entry]));
  for (const entry of baseline) {
    const key = entryKey(entry);
    const now = all.get(key)?.count ?? 0;
    if (entry.count > now && !wasSeen(entry)) all.set(key, entry);
  }
  return [...all.values()];
}

function countsOf(entries: Baseline): ReadonlyMap<string, number> {
  return new Map(entries.map((entry) => [entryKey(entry), entry.count]));
}
