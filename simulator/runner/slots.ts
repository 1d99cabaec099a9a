/** The machines jobs run on: as many at once as there are slots, first come first served. */
export interface Slots {
  /** Runs the work once a slot is free. */
  use<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createSlots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  async function take(): Promise<void> {
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  function giveBack(): void {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
  return {
    async use(work) {
      await take();
      try {
        return await work();
      } finally {
        giveBack();
      }
    },
  };
}
