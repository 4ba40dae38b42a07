/** For each item how many with the same key there are up to it: 1 for the first. */
export function numbered<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly number[] {
  const counts = new Map<string, number>();
  return items.map((item) => {
    const key = keyOf(item);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  });
}
