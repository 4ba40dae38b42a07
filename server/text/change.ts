/** What differs between two versions of a text: `[start, oldEnd)` of the old became `[start, newEnd)` of the new. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The smallest such part, however the new version came about. */
export function changeBetween(old: string, text: string): TextChange {
  const shorter = Math.min(old.length, text.length);
  const start = longest(shorter, (from, to) => old.slice(from, to) === text.slice(from, to));
  const after = longest(shorter - start, (from, to) => {
    const [oldEnd, newEnd] = [old.length - from, text.length - from];
    return old.slice(oldEnd - (to - from), oldEnd) === text.slice(newEnd - (to - from), newEnd);
  });
  return { start, oldEnd: old.length - after, newEnd: text.length - after };
}

/** Bisects: to compare two long stretches at once is many times faster than character by character. */
function longest(limit: number, equal: (from: number, to: number) => boolean): number {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (equal(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
