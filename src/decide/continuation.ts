import type { ModuleConfig } from '../domain/config.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import type { World } from '../domain/world.ts';

/**
 * The head of a module's last attempt, where `retry: continue` has the next one begin there; null where it begins
 * at the base: it is the first, the last one's work is in the base already, or nothing is known of its head.
 */
export function continuedFrom(
  world: World,
  module: ModuleConfig,
  entry: ModuleEntry,
): string | null {
  const last = entry.session.history.at(-1);
  if (world.config.retry !== 'continue' || last === undefined) return null;
  // What was merged is in the base, and the head that a reopened module was built at says nothing of how to mend it.
  if (last.outcome === 'merged' || entry.session.mergeSha !== null) return null;
  const { pullRequest } = last;
  if (pullRequest === null) return null;
  const running = world.pulls.get(module.id);
  const head = running?.number === pullRequest ? running : world.conversations.get(pullRequest);
  return head?.headSha ?? entry.session.headSha;
}

/** Where the running attempt was cut from, if not from the base. */
export function continuationOf({ session }: ModuleEntry): string | null {
  return session.continues?.attempt === session.attempt ? session.continues.from : null;
}

/**
 * Whether a continued session's head is still the one it began with: what its files hold and claim is an earlier
 * attempt's. A head that was judged is green, and in review, or counted among the failed ones.
 */
export function isUntouched(world: World, module: ModuleConfig): boolean {
  const entry = entryOf(world.state, module.id);
  const headSha = world.pulls.get(module.id)?.headSha;
  const { session } = entry;
  if (continuationOf(entry) === null) return false;
  if (session.pullRequest === null) return true;
  const isJudged = session.failedHeads.some((head) => head.sha === headSha);
  return entry.status === 'in-progress' && session.headSha === headSha && !isJudged;
}
