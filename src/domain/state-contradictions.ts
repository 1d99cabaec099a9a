import type { ModuleEntry } from './implementation-state.ts';
import { sessionBranch } from './session.ts';

/**
 * What an entry says against itself, as one that was edited by hand may: acted upon, it would stand still for ever or
 * begin an attempt twice. An entry without anything of ours was imported, and says nothing of sessions.
 */
export function contradictions(module: string, entry: ModuleEntry): readonly string[] {
  const { status, session } = entry;
  const { attempt, branch, pullRequest, history } = session;
  const found: string[] = [];
  if (branch !== null && branch !== sessionBranch(module, attempt)) {
    found.push(`$session.branch: it is "${branch}", yet attempt ${String(attempt)} is counted`);
  }
  const later = history.find((record) => record.attempt > attempt);
  if (later !== undefined) {
    found.push(
      `$session.attempt: it is ${String(attempt)}, yet the history knows attempt ${String(later.attempt)}`,
    );
  }
  if (attempt > 0 && (status === 'in-progress' || status === 'review')) {
    found.push(
      ...missing(entry).map((key) => `${key}: it is missing, yet the module is ${status}`),
    );
  }
  if (status === 'review' && attempt > 0 && pullRequest === null) {
    found.push('$session.pullRequest: it is missing, yet the module is review');
  }
  return found;
}

function missing({ sessionId, session }: ModuleEntry): readonly string[] {
  const { branch, baseSha, startedAt } = session;
  const needed = {
    sessionId,
    '$session.branch': branch,
    '$session.baseSha': baseSha,
    '$session.startedAt': startedAt,
  };
  return Object.entries(needed).flatMap(([key, value]) => (value === null ? [key] : []));
}
