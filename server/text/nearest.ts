import { distance } from 'fastest-levenshtein';

/**
 * The candidate that `word` was most likely meant to be: at most a third of its letters differ, letter case and
 * `_` for `-` counting as nothing. `undefined` where none is near; the first of equals.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(word);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const folded = fold(candidate);
    const limit = Math.max(1, Math.floor(Math.max(wanted.length, folded.length) / 3));
    // The difference in length is a lower bound, and cheap.
    if (Math.abs(wanted.length - folded.length) > limit) continue;
    const steps = distance(wanted, folded);
    if (steps <= limit && steps < bestDistance) {
      best = candidate;
      bestDistance = steps;
    }
  }
  return best;
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}
