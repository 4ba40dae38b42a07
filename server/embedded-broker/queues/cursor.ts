import type { Entry } from './entries';
import type { Queue } from './queue';

/** Where a client is on a queue. On one with priorities the most urgent message comes first, for browsers too. */
export class Cursor {
  readonly #queue: Queue;
  readonly #browse: boolean;
  /** Where a browser goes on, by level. */
  readonly #positions: number[];

  constructor(queue: Queue, browse: boolean) {
    this.#queue = queue;
    this.#browse = browse;
    this.#positions = Array.from({ length: queue.levels }, () => 0);
  }

  /** The next message that nobody has. A browser gets each only once. */
  next(): Entry | undefined {
    for (let level = this.#queue.levels - 1; level >= 0; level -= 1) {
      const entry = this.#queue.next(this.#positions[level] ?? 0, level);
      if (entry === undefined) continue;
      if (this.#browse) this.#positions[level] = entry.position + 1;
      return entry;
    }
    return undefined;
  }
}
