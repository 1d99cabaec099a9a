import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Every process that a command begins inherits this variable, as the runner's own are known by `RUNNER_TRACKING_ID`. */
export const MARK_NAME = 'SESSIONWRIGHT_PROCESS';

const POLL_MS = 20;

/** What forks faster than it is found is left to the runner, which ends what is left when the job is over. */
const MAX_ROUNDS = 5;

/**
 * Ends the processes that left their group (`setsid`, a daemon) and still bear the mark: TERM, then KILL after the
 * grace. Linux only, where a process's environment can be read; one that took the mark out of its own is not found.
 */
export async function endStrays(mark: string, graceMs: number): Promise<void> {
  if (signalAll(mark, 'SIGTERM') === 0) return;
  for (let waited = 0; waited < graceMs; waited += POLL_MS) {
    if (marked(mark).length === 0) return;
    await delay(POLL_MS);
  }
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (signalAll(mark, 'SIGKILL') === 0) return;
    await delay(POLL_MS);
  }
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
