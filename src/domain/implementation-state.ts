import type { GateRun } from './gate.ts';
import type { SpecFingerprint } from './spec-pack.ts';

export const STATUSES = ['pending', 'in-progress', 'review', 'complete', 'blocked'] as const;
export type Status = (typeof STATUSES)[number];

/** Somebody's wish that a module start. */
export interface Request {
  /** The issue or pull request that carries the conversation; null for a push, a dispatch or ourselves. */
  readonly source: number | null;
  /** A login. */
  readonly by: string;
  readonly at: string;
}

/** A head that was verified and found red, with the fingerprints of what failed. */
export interface FailedHead {
  readonly sha: string;
  readonly failures: readonly string[];
  /** Set where the head verified before it was green: a row of equal failures begins anew. */
  readonly afterGreen?: boolean;
}

export type AttemptOutcome =
  'halted' | 'failed' | 'timed-out' | 'cancelled' | 'closed' | 'merged' | 'retried';

/** An attempt that is over, as the next attempt's document tells it. */
export interface AttemptRecord {
  readonly attempt: number;
  readonly sessionId: string;
  readonly outcome: AttemptOutcome;
  readonly failureType: string | null;
  readonly issue: string | null;
  readonly resolution: string | null;
  readonly resolvedBy: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string;
  readonly pullRequest: number | null;
  readonly escalation: number | null;
  readonly baseSha: string | null;
  readonly spec: SpecFingerprint | null;
  /** The commit that `spec` is of, where somebody acknowledged one later than the base. */
  readonly specSha?: string;
}

/** What cleared a blocked module: the escalation, and who resolved it how. */
export type ClearedBlocker = Pick<AttemptRecord, 'escalation' | 'resolution' | 'resolvedBy'>;

/** A command that moved the module: by this its event is known again, and what it was answered with. */
export interface ObeyedCommand {
  /** The comment's id, and the command's place in it from 1: `9001.1`. */
  readonly id: string;
  /** The attempt that the module was at. */
  readonly attempt: number;
}

/** What a person decided about a module past the protocol. */
export interface Ruling {
  readonly kind: 'reopened' | 'completed';
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** How often a head that could not be verified was run again by itself, and when last. */
export interface Reruns {
  readonly sha: string;
  readonly times: number;
  readonly at: string;
}

/** The attempt that began at an earlier one's head, and that head. */
export interface Continuation {
  readonly attempt: number;
  readonly from: string;
}

/** The session that was last told to work from a later specification, and the commit that has it. */
export interface Acknowledgement {
  readonly sessionId: string;
  readonly sha: string;
}

/** What is ours of a module's entry: the value of its `$session` key. */
export interface SessionRecord {
  /** Attempts begun so far; counted before anything branches, never restarted. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly branch: string | null;
  /** Null from the claim until every effect of the start is done. */
  readonly pullRequest: number | null;
  readonly baseSha: string | null;
  /** Of the last attempt that continued another one; absent before the first, null where a later one begins at the base. */
  readonly continues?: Continuation | null;
  readonly headSha: string | null;
  /** When a head of the session was last found red; absent before the first. */
  readonly headAt?: string;
  readonly startedAt: string | null;
  readonly mergeSha: string | null;
  readonly escalation: number | null;
  readonly request: Request | null;
  readonly failedHeads: readonly FailedHead[];
  /** Of the head that infrastructure last kept from being verified; absent before the first. */
  readonly reruns?: Reruns;
  readonly spec: SpecFingerprint | null;
  /** Absent before the first `/session ack-spec`. */
  readonly acknowledged?: Acknowledgement;
  readonly history: readonly AttemptRecord[];
  /** Of a module that was blocked before its first attempt, which has no record to hold it; absent otherwise. */
  readonly cleared?: ClearedBlocker;
  /** The last ones, oldest first; absent before the first. */
  readonly commands?: readonly ObeyedCommand[];
  /** The last one; absent before the first. */
  readonly ruling?: Ruling;
}

/** A module's entry: the template's keys and ours, each with its default where the file has none. */
export interface ModuleEntry {
  readonly status: Status;
  readonly blockedReason: string | null;
  readonly blockedAt: string | null;
  readonly completedAt: string | null;
  readonly filesModified: readonly string[];
  readonly implementedBy: string | null;
  readonly sessionId: string | null;
  readonly session: SessionRecord;
}

/** The whole file: `raw` keeps unknown keys and their order. */
export interface ImplementationState {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly entries: ReadonlyMap<string, ModuleEntry>;
  readonly dashboard: number | null;
  readonly gateRun: GateRun | null;
}

/** A change of a module's entry; what it does not name stays. */
export type EntryPatch = Partial<Omit<ModuleEntry, 'session'>> & {
  readonly session?: Partial<SessionRecord>;
};

export const EMPTY_SESSION: SessionRecord = {
  attempt: 0,
  maxAttempts: 0,
  branch: null,
  pullRequest: null,
  baseSha: null,
  headSha: null,
  startedAt: null,
  mergeSha: null,
  escalation: null,
  request: null,
  failedHeads: [],
  spec: null,
  history: [],
};

const ABSENT_ENTRY: ModuleEntry = {
  status: 'pending',
  blockedReason: null,
  blockedAt: null,
  completedAt: null,
  filesModified: [],
  implementedBy: null,
  sessionId: null,
  session: EMPTY_SESSION,
};

export const EMPTY_STATE: ImplementationState = {
  raw: { $sessionwright: { version: 1, dashboard: null } },
  entries: new Map(),
  dashboard: null,
  gateRun: null,
};

/** A module's entry; one that the file does not hold means pending. */
export function entryOf(state: ImplementationState, module: string): ModuleEntry {
  return state.entries.get(module) ?? ABSENT_ENTRY;
}

/** From the last push: the head that was judged last or could not be, or the start where there was none. */
export function isTimedOut({ session }: ModuleEntry, now: string, allowedSeconds: number): boolean {
  const times = [session.startedAt, session.headAt, session.reruns?.at].flatMap((at) => {
    const time = Date.parse(at ?? '');
    return Number.isNaN(time) ? [] : [time];
  });
  if (times.length === 0) return false;
  return (Date.parse(now) - Math.max(...times)) / 1000 > allowedSeconds;
}

/** The commit whose specification the running session was acknowledged to work from; null where it is the base's. */
export function acknowledgedSha({ sessionId, session }: ModuleEntry): string | null {
  const { acknowledged } = session;
  return acknowledged?.sessionId === sessionId ? acknowledged.sha : null;
}

/** The commit that a past attempt's specification can be read at. */
export function specShaOf({ specSha, baseSha }: AttemptRecord): string | null {
  return specSha ?? baseSha;
}
