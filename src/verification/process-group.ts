import { setTimeout as delay } from 'node:timers/promises';

/** How often a group that was told to end is looked at. */
const POLL_MS = 20;

/** How long after KILL a group may still be seen: a zombie that nobody collects stays for ever. */
const GONE_MS = 500;

/**
 * Ends all processes of the group that `leader` began: TERM, then KILL to what is left after the grace. A process
 * that began a session of its own is in no such group any more.
 */
export async function endProcessGroup(leader: number, graceMs: number): Promise<void> {
  if (!signalGroup(leader, 'SIGTERM')) return;
  if (await isGone(leader, graceMs)) return;
  signalGroup(leader, 'SIGKILL');
  await isGone(leader, GONE_MS);
}

async function isGone(leader: number, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += POLL_MS) {
    if (!signalGroup(leader, 0)) return true;
    await delay(POLL_MS);
  }
  return !signalGroup(leader, 0);
}

/** False where no process of the group is left that could be signalled. */
function signalGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch {
    return false;
  }
}
