import { readdirSync, readFileSync } from 'node:fs';
import { isSoon } from './grace.ts';
import type { Grace, Wait } from './grace.ts';

/** Every process that a command begins inherits this variable, as the runner's own are known by `RUNNER_TRACKING_ID`. */
export const MARK_NAME = 'SESSIONWRIGHT_PROCESS';

/**
 * Ends the processes that left their group (`setsid`, a daemon) and still bear the mark: TERM, then KILL after the
 * wait. Linux only, where a process's environment can be read; one that took the mark out of its own is not found,
 * and what forks faster than it is found is left to the runner, which ends what is left when the job is over.
 */
export async function endStrays(mark: string, grace: Grace, wait: Wait): Promise<void> {
  if (signalAll(mark, 'SIGTERM') === 0) return;
  if (await isSoon(() => marked(mark).length === 0, wait)) return;
  await isSoon(() => signalAll(mark, 'SIGKILL') === 0, grace.afterKill());
}

function signalAll(mark: string, signal: 'SIGTERM' | 'SIGKILL'): number {
  const pids = marked(mark);
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended between the look and the signal.
    }
  }
  return pids.length;
}

function marked(mark: string): readonly number[] {
  const wanted = Buffer.from(`${MARK_NAME}=${mark}\0`);
  return processes().filter((pid) => environmentOf(pid)?.includes(wanted) === true);
}

function processes(): readonly number[] {
  try {
    const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return names.map(Number).filter((pid) => pid !== process.pid);
  } catch {
    return [];
  }
}

/** Null for a process of somebody else's and for one that is gone. */
function environmentOf(pid: number): Buffer | null {
  try {
    return readFileSync(`/proc/${pid}/environ`);
  } catch {
    return null;
  }
}
