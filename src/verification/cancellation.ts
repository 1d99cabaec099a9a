/** The end of a run from outside: asked for by the signal, over for good at a moment of the clock. */
export interface Cancellation {
  readonly signal: AbortSignal;
  /** When all that still runs is killed, whatever it was told and when; never before it is cancelled. */
  readonly killAt: () => number;
  /** One that comes later can bring the moment nearer, and never puts it off. */
  readonly cancel: (graceMs: number) => void;
}

/** The moment is set once, when it is cancelled: commands, strays and what the set-up left share it. */
export function createCancellation(now: () => number): Cancellation {
  const controller = new AbortController();
  let killAt = Infinity;
  return {
    signal: controller.signal,
    killAt: () => killAt,
    cancel(graceMs) {
      killAt = Math.min(killAt, now() + graceMs);
      controller.abort();
    },
  };
}
