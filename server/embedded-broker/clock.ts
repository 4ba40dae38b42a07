/** Nanoseconds since the epoch; no two calls return the same, so that objects have an order. */
export function now(): bigint {
  const time = start + process.hrtime.bigint() - startTick;
  last = time > last ? time : last + 1n;
  return last;
}

const start = BigInt(Date.now()) * 1_000_000n;
const startTick = process.hrtime.bigint();
let last = 0n;

/** When a broker does what it does by time. Another than the system's lets a test pass hours in no time. */
export interface Scheduler {
  /** Both return how to end it. Times are in milliseconds. */
  every(period: number, work: () => void): () => void;
  after(delay: number, work: () => void): () => void;
}

export const systemScheduler: Scheduler = {
  every(period, work) {
    const timer = setInterval(work, period);
    return () => clearInterval(timer);
  },
  after(delay, work) {
    const timer = setTimeout(work, delay);
    return () => clearTimeout(timer);
  },
};
