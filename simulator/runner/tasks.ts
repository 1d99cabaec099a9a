/** Work under way that nobody awaits by itself. */
export interface Tasks {
  add(task: Promise<void>): void;
  /** Resolves when nothing is under way, and rejects with the first failure since the last call. */
  idle(): Promise<void>;
}

export function createTasks(): Tasks {
  const underWay = new Set<Promise<void>>();
  const failures: Error[] = [];
  return {
    add(task) {
      const settled = task
        .catch((error: unknown) => {
          failures.push(error instanceof Error ? error : new Error(String(error)));
        })
        .finally(() => underWay.delete(settled));
      underWay.add(settled);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
      const [failure] = failures.splice(0);
      if (failure) throw failure;
    },
  };
}
