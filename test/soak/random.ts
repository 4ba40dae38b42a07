/** Chance that can be repeated. */
export interface Random {
  /** From 0 to below `bound`. */
  below(bound: number): number;
  choose<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** The minimal standard generator of Park and Miller. */
export function randomOf(seed: number): Random {
  const modulus = 2 ** 31 - 1;
  let state = (Math.abs(Math.trunc(seed)) % (modulus - 1)) + 1;
  const below = (bound: number) => {
    state = (state * 48_271) % modulus;
    return Math.floor((state / modulus) * bound);
  };
  return { below, choose: ([first, ...rest]) => rest[below(rest.length + 1) - 1] ?? first };
}
