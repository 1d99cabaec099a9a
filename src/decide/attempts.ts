import type { Config } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import type {
  AttemptOutcome,
  AttemptRecord,
  EntryPatch,
  ModuleEntry,
} from '../domain/implementation-state.ts';

export interface AttemptEnd {
  readonly outcome: AttemptOutcome;
  readonly failureType: string | null;
  readonly issue: string | null;
  readonly at: string;
}

/** The attempts a module may spend; a config that allows more than before counts at once. */
export function maxAttemptsOf(entry: ModuleEntry, config: Config): number {
  return Math.max(entry.session.maxAttempts, config.attempts);
}

export function attemptsLeft(entry: ModuleEntry, config: Config): number {
  return maxAttemptsOf(entry, config) - entry.session.attempt;
}

/** The module's history with the running attempt's end added. */
export function endAttempt(entry: ModuleEntry, end: AttemptEnd): readonly AttemptRecord[] {
  const { session } = entry;
  return [
    ...session.history,
    {
      attempt: session.attempt,
      sessionId: entry.sessionId ?? '',
      outcome: end.outcome,
      failureType: end.failureType,
      issue: end.issue,
      resolution: null,
      resolvedBy: null,
      startedAt: session.startedAt,
      endedAt: end.at,
      pullRequest: session.pullRequest,
      escalation: null,
      baseSha: session.baseSha,
      spec: session.spec,
    },
  ];
}

/** The entry of a module that had to stop: blocked, its attempt ended, its escalation still to be opened. */
export function blockPatch(entry: ModuleEntry, reason: HaltReason, end: AttemptEnd): EntryPatch {
  const recorded = entry.session.history.some((past) => past.attempt === entry.session.attempt);
  return {
    status: 'blocked',
    blockedReason: reason.reason,
    blockedAt: end.at,
    completedAt: null,
    session: {
      escalation: null,
      request: null,
      history: recorded ? entry.session.history : endAttempt(entry, end),
    },
  };
}

/** The history with the last attempt's end explained: how it was resolved, and by whom. */
export function resolveLast(
  history: readonly AttemptRecord[],
  resolution: string,
  by: string,
  escalation: number,
): readonly AttemptRecord[] {
  const last = history.at(-1);
  if (last === undefined) return history;
  return [...history.slice(0, -1), { ...last, resolution, resolvedBy: by, escalation }];
}
