import { isSoon } from './grace.ts';
import type { Grace, Wait } from './grace.ts';

/**
 * Ends all processes of the group that `leader` began: TERM, then KILL to what is left after the wait. A process
 * that began a session of its own is in no such group any more.
 */
export async function endProcessGroup(leader: number, grace: Grace, wait: Wait): Promise<void> {
  if (!signalGroup(leader, 'SIGTERM')) return;
  const isGone = (): boolean => !signalGroup(leader, 0);
  if (await isSoon(isGone, wait)) return;
  signalGroup(leader, 'SIGKILL');
  await isSoon(isGone, grace.afterKill());
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
