/** Nanoseconds since the epoch; no two calls return the same, so that objects have an order. */
export function now(): bigint {
  const time = start + process.hrtime.bigint() - startTick;
  last = time > last ? time : last + 1n;
  return last;
}

const start = BigInt(Date.now()) * 1_000_000n;
const startTick = process.hrtime.bigint();
let last = 0n;
