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
    const limit = Math.floor(Math.max(wanted.length, folded.length) / 3);
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

/**
 * Whether `word` can hardly be anything but a slip for `meant`: no word within it could be another name, as in
 * `dc-a` for `dc-b` or `prod-west` for `prod-east`, and it does not end in another letter, as in `nodea` for `nodeb`.
 */
export function isSlip(word: string, meant: string): boolean {
  const [parts, others] = [fold(word).split(/[-./]/), fold(meant).split(/[-./]/)];
  if (parts.length !== others.length) return parts.join('') === others.join('');
  return parts.every((part, place) => isSlipOfPart(part, others[place] ?? ''));
}

function isSlipOfPart(part: string, meant: string): boolean {
  if (nearest(part, [meant]) === undefined) return false;
  return part.length !== meant.length || part.at(-1) === meant.at(-1);
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}
