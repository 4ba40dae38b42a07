/**
 * When a producer may be told that its message is safe: when everything that holds it back has let go
 * (broker/AsyncCompletion.h). It starts held, by whoever is still enqueuing.
 */
export class Completion {
  #holders = 1;

  constructor(readonly done: () => void) {}

  /** Returns how to let go, which may be called any number of times. */
  hold(): () => void {
    this.#holders += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.finish();
    };
  }

  finish(): void {
    this.#holders -= 1;
    if (this.#holders === 0) this.done();
  }
}

export function noCompletion(): Completion {
  return new Completion(() => {});
}
