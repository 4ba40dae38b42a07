import type { Scheduler } from '../../server/embedded-broker/clock';

/** Time passes only when told. */
export class ManualScheduler implements Scheduler {
  #time = 0;
  readonly #jobs = new Set<{ due: number; readonly period: number | undefined; readonly work: () => void }>();

  get seconds(): number {
    return this.#time / 1_000;
  }

  every(period: number, work: () => void): () => void {
    return this.#add({ due: this.#time + period, period, work });
  }

  after(delay: number, work: () => void): () => void {
    return this.#add({ due: this.#time + delay, period: undefined, work });
  }

  /** Does all that falls due within the next seconds, in order. */
  pass(seconds: number): void {
    const end = this.#time + seconds * 1_000;
    for (;;) {
      const [next] = [...this.#jobs].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#time = next.due;
      if (next.period === undefined) this.#jobs.delete(next);
      else next.due += next.period;
      next.work();
    }
    this.#time = end;
  }

  #add(job: { due: number; readonly period: number | undefined; readonly work: () => void }): () => void {
    this.#jobs.add(job);
    return () => this.#jobs.delete(job);
  }
}
