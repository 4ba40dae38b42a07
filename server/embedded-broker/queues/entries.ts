import type { Message } from './message';

/** A message on a queue. */
export interface Entry {
  readonly message: Message;
  /** Consecutive on each queue. */
  readonly position: number;
  /** 0 where nobody sets ids: without HA, and on a queue that is or was a replica. */
  readonly replicationId: number;
  /** Among the priorities of its queue; 0 where there are none. */
  readonly level: number;
  acquired: boolean;
  failedDeliveries: number;
}

/** Messages by position, with room for new ones at the end and holes anywhere. */
export class Entries {
  #slots: (Entry | undefined)[] = [];
  /** Position of the first slot. */
  #base = 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get nextPosition(): number {
    return this.#base + this.#slots.length;
  }

  add(entry: Entry): void {
    this.#slots.push(entry);
    this.#size += 1;
  }

  at(position: number): Entry | undefined {
    return this.#slots[position - this.#base];
  }

  /** The first at or after a position that will do. */
  find(position: number, willDo: (entry: Entry) => boolean): Entry | undefined {
    for (let index = Math.max(0, position - this.#base); index < this.#slots.length; index += 1) {
      const entry = this.#slots[index];
      if (entry !== undefined && willDo(entry)) return entry;
    }
    return undefined;
  }

  remove(entry: Entry): boolean {
    const index = entry.position - this.#base;
    if (this.#slots[index] !== entry) return false;
    this.#slots[index] = undefined;
    this.#size -= 1;
    if (index === 0 || this.#size === 0) this.#trim();
    return true;
  }

  *[Symbol.iterator](): IterableIterator<Entry> {
    for (const entry of this.#slots) if (entry !== undefined) yield entry;
  }

  /** Gives up leading holes, seldom enough to cost nothing. */
  #trim(): void {
    if (this.#size === 0) {
      this.#base += this.#slots.length;
      this.#slots = [];
      return;
    }
    const first = this.#slots.findIndex((entry) => entry !== undefined);
    if (first < 1_024 && first * 2 < this.#slots.length) return;
    this.#slots = this.#slots.slice(first);
    this.#base += first;
  }
}
