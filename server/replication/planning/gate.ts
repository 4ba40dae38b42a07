/** Lets a limited number of pieces of work run at a time; the others wait in the order in which they came. */
export interface Gate {
  through<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createGate(atOnce: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    async through(work) {
      if (inside >= atOnce) await new Promise<void>((enter) => waiting.push(enter));
      else inside += 1;
      try {
        return await work();
      } finally {
        // Whoever enters takes over the place, so that nobody slips in between.
        const enter = waiting.shift();
        if (enter === undefined) inside -= 1;
        else enter();
      }
    },
  };
}
