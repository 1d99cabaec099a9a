import type { Config } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import {
  acknowledgedSha,
  type AttemptOutcome,
  type AttemptRecord,
  type ClearedBlocker,
  type ModuleEntry,
  type SessionRecord,
} from '../domain/implementation-state.ts';
import type { Recorded } from './transitions.ts';

export interface AttemptEnd {
  readonly outcome: AttemptOutcome;
  readonly failureType: string | null;
  readonly issue: string | null;
  readonly at: string;
  /** What is known already of how to do better; mostly the escalation's answer tells it later. */
  readonly resolution?: string | null;
  readonly resolvedBy?: string | null;
}

/** The attempts a module may spend; a config that allows more than before counts at once. */
export function maxAttemptsOf(entry: ModuleEntry, config: Config): number {
  return Math.max(entry.session.maxAttempts, config.attempts);
}

export function attemptsLeft(entry: ModuleEntry, config: Config): number {
  return maxAttemptsOf(entry, config) - entry.session.attempt;
}

/** What a resolved escalation or a reopened module may spend: as many again where none is left. */
export function grantAttempts(entry: ModuleEntry, config: Config): number {
  const max = maxAttemptsOf(entry, config);
  return attemptsLeft(entry, config) > 0 ? max : max + config.attempts;
}

/** The module's history with the running attempt's end added. */
export function endAttempt(entry: ModuleEntry, end: AttemptEnd): readonly AttemptRecord[] {
  const { session } = entry;
  const specSha = acknowledgedSha(entry);
  return [
    ...session.history,
    {
      attempt: session.attempt,
      sessionId: entry.sessionId ?? '',
      outcome: end.outcome,
      failureType: end.failureType,
      issue: end.issue,
      resolution: end.resolution ?? null,
      resolvedBy: end.resolvedBy ?? null,
      startedAt: session.startedAt,
      endedAt: end.at,
      pullRequest: session.pullRequest,
      escalation: null,
      baseSha: session.baseSha,
      spec: session.spec,
      ...(specSha === null ? {} : { specSha }),
    },
  ];
}

interface Block {
  readonly reason: HaltReason;
  readonly end: AttemptEnd;
  /** The head that it stopped at. */
  readonly headSha: string | null;
}

/** What is recorded of a module that had to stop: its attempt ended, its escalation still to be opened. */
export function blockRecord(entry: ModuleEntry, { reason, end, headSha }: Block): Recorded<'halt'> {
  const recorded = entry.session.history.some((past) => past.attempt === entry.session.attempt);
  return {
    blockedReason: reason.reason,
    blockedAt: end.at,
    completedAt: null,
    session: {
      escalation: null,
      request: null,
      history: recorded ? entry.session.history : endAttempt(entry, end),
      headSha,
    },
  };
}

/** What is recorded of a module that is blocked because its pull request was merged. */
export function mergeRecord(
  record: Recorded<'halt'>,
  { mergeSha }: { readonly mergeSha: string | null },
): Recorded<'merge-unverified'> {
  return { ...record, session: { ...record.session, mergeSha } };
}

/** The last attempt's end explained: how it was resolved, and by whom; of a module that never began, beside the history. */
export function resolveLast(
  history: readonly AttemptRecord[],
  cleared: ClearedBlocker,
): Pick<SessionRecord, 'history' | 'cleared'> {
  const last = history.at(-1);
  if (last === undefined) return { history, cleared };
  return { history: [...history.slice(0, -1), { ...last, ...cleared }] };
}
