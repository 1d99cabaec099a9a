import { setTimeout as delay } from 'node:timers/promises';
import type { RunOptions } from './run-options.ts';

/** Between TERM and KILL where nothing else is told. */
export const GRACE_MS = 5000;

/** How long after KILL a process may still be seen: a zombie that nobody collects stays for ever. */
const GONE_MS = 500;

/** How often what was told to end is looked at. */
const POLL_MS = 20;

/** How long something is waited for; told by the clock, since a look at many processes takes its time too. */
export interface Wait {
  readonly isOver: () => boolean;
}

/** What is left to processes that have to end. */
export interface Grace {
  /** From TERM on: until the grace is used up, or the run's own end, where that is cancelled before or meanwhile. */
  readonly afterTerm: () => Wait;
  readonly afterKill: () => Wait;
}

export function graceOf({
  now,
  graceMs = GRACE_MS,
  cancellation,
}: Pick<RunOptions, 'now' | 'graceMs' | 'cancellation'>): Grace {
  const killAt = cancellation?.killAt ?? ((): number => Infinity);
  function within(milliseconds: number, limit: () => number): Wait {
    const end = now() + milliseconds;
    return { isOver: () => now() >= Math.min(end, limit()) };
  }
  return {
    afterTerm: () => within(graceMs, killAt),
    afterKill: () => within(GONE_MS, () => Infinity),
  };
}

/** Whether it came to be before the wait was over. */
export async function isSoon(isThere: () => boolean, wait: Wait): Promise<boolean> {
  while (!isThere()) {
    if (wait.isOver()) return false;
    await delay(POLL_MS);
  }
  return true;
}
