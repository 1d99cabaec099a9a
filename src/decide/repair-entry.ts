import {
  EMPTY_SESSION,
  type AttemptOutcome,
  type AttemptRecord,
  type ModuleEntry,
  type SessionRecord,
  type Status,
} from '../domain/implementation-state.ts';
import type { AttemptRemains, HeadRemains, Remains, ShownModule } from '../domain/remains.ts';
import { sessionBranch } from '../domain/session.ts';
import type { RepairRules } from './repair.ts';

export interface Rebuilt {
  readonly entry: ModuleEntry;
  /** Whether GitHub shows anything that is worth an entry. */
  readonly isKnown: boolean;
  readonly lost: readonly string[];
}

const NOTHING: Omit<AttemptRemains, 'attempt'> = {
  branchSha: null,
  document: null,
  pull: null,
  escalation: null,
  heads: [],
};

/** A module's entry from what is left of it; the attempt is the highest that anything shows. */
export function rebuildEntry(module: string, remains: Remains, rules: RepairRules): Rebuilt {
  const attempts = remains.attempts.get(module) ?? [];
  const shown = remains.shown.get(module) ?? null;
  const attempt = Math.max(0, shown?.attempt ?? 0, ...attempts.map((one) => one.attempt));
  const last = attempts.find((one) => one.attempt === attempt) ?? { attempt, ...NOTHING };
  // What the dashboard said of an earlier attempt says nothing of this one.
  const hint = shown?.attempt === attempt ? shown : null;
  const status = statusOf(last, hint, remains, rules);
  const isOver = status !== 'in-progress' && status !== 'review';
  const ended = attempts.filter((one) => one.attempt < attempt || (isOver && attempt > 0));
  const session = sessionOf({ module, last, status, hint, remains, rules });
  const history = ended.map((one) => recordOf(one, { status, isLast: one === last, rules }));
  return {
    entry: { ...templateOf(last, status), session: { ...session, history } },
    isKnown: attempt > 0 || session.request !== null,
    lost: lostOf(last, status, shown),
  };
}

/**
 * Nobody's word but GitHub's own makes a module complete; the dashboard may only take away, since people may edit it.
 */
function statusOf(
  last: AttemptRemains,
  hint: ShownModule | null,
  remains: Remains,
  rules: RepairRules,
): Status {
  const { pull, escalation, document } = last;
  const wasGivenBack = hint?.status === 'pending';
  if (escalation !== null && !isResolved(last, hint)) return 'blocked';
  if (escalation !== null || wasGivenBack) return 'pending';
  if (pull?.state === 'merged')
    return isComplete(last, remains, rules) ? 'complete' : 'in-progress';
  if (pull?.state === 'open') return isGreen(last) ? 'review' : 'in-progress';
  if (pull === null && last.branchSha !== null && document !== null && document.baseSha !== null) {
    return 'in-progress';
  }
  return 'pending';
}

/** Closed by a command, which is ours; what a person closed is heeded by the next run, who looks up whether they may. */
function isResolved({ escalation }: AttemptRemains, hint: ShownModule | null): boolean {
  if (escalation?.closed?.completed !== true) return false;
  return escalation.closed.byUs || hint?.status === 'pending';
}

function isComplete(
  { pull, heads }: AttemptRemains,
  remains: Remains,
  rules: RepairRules,
): boolean {
  if (pull?.baseBranch !== remains.baseBranch) return false;
  return rules.acceptsUnverifiedMerges || headOf(heads, pull.headSha)?.verdict === 'green';
}

function isGreen({ pull, heads }: AttemptRemains): boolean {
  return pull !== null && headOf(heads, pull.headSha)?.verdict === 'green';
}

function headOf(heads: readonly HeadRemains[], sha: string): HeadRemains | null {
  return heads.findLast((head) => head.sha === sha) ?? null;
}

function templateOf(last: AttemptRemains, status: Status): Omit<ModuleEntry, 'session'> {
  const { document, escalation, pull, heads } = last;
  const isDone = status === 'review' || status === 'complete';
  const green = pull === null ? null : headOf(heads, pull.headSha);
  return {
    status,
    blockedReason: status === 'blocked' ? `What #${String(escalation?.number ?? 0)} tells.` : null,
    blockedAt: status === 'blocked' ? (escalation?.createdAt ?? null) : null,
    completedAt: isDone ? (green?.at ?? pull?.endedAt ?? null) : null,
    filesModified: isDone ? (pull?.files ?? []) : [],
    implementedBy: isDone ? 'coding-agent' : null,
    sessionId: document?.sessionId ?? escalation?.sessionId ?? null,
  };
}

interface Subject {
  readonly module: string;
  readonly last: AttemptRemains;
  readonly status: Status;
  readonly hint: ShownModule | null;
  readonly remains: Remains;
  readonly rules: RepairRules;
}

function sessionOf({ module, last, status, hint, remains, rules }: Subject): SessionRecord {
  const { attempt, document, pull, escalation, heads } = last;
  const red = heads.filter((head) => head.verdict === 'red');
  const rearmed = status === 'pending' && escalation !== null;
  const requested = status === 'pending' && (rearmed || hint?.requested === true);
  const source = rearmed ? escalation.number : null;
  const by = (rearmed ? escalation.closed?.by : null) ?? remains.viewer;
  return {
    ...EMPTY_SESSION,
    attempt,
    maxAttempts: Math.max(document?.maxAttempts ?? attempt, hint?.maxAttempts ?? 0),
    branch: attempt === 0 ? null : sessionBranch(module, attempt),
    pullRequest: pull?.number ?? null,
    baseSha: document?.baseSha ?? null,
    headSha: pull === null ? null : (heads.at(-1)?.sha ?? document?.sha ?? null),
    startedAt: document?.startedAt ?? null,
    mergeSha: pull?.state === 'merged' ? pull.mergeSha : null,
    escalation: status === 'blocked' ? (escalation?.number ?? null) : null,
    request: requested ? { source, by, at: rules.now } : null,
    // What failed is not told by a check's conclusion: none of them equals a later head's failures.
    failedHeads: red.map(({ sha }) => ({ sha, failures: [] })),
    ...(document?.continues == null ? {} : { continues: { attempt, from: document.continues } }),
    ...(red.length === 0 ? {} : { headAt: red.at(-1)?.at ?? rules.now }),
  };
}

interface Ending {
  /** The module's. */
  readonly status: Status;
  readonly isLast: boolean;
  readonly rules: RepairRules;
}

function recordOf(one: AttemptRemains, ending: Ending): AttemptRecord {
  const { attempt, document, pull, escalation } = one;
  const closed = escalation?.closed ?? null;
  const isOpen = ending.status === 'blocked' && ending.isLast;
  return {
    attempt,
    sessionId: document?.sessionId ?? escalation?.sessionId ?? '',
    outcome: outcomeOf(one, ending),
    failureType: escalation?.failureType ?? null,
    issue: escalation === null ? null : `What #${String(escalation.number)} tells.`,
    resolution: closed?.resolution ?? null,
    resolvedBy: closed?.by ?? null,
    startedAt: document?.startedAt ?? null,
    endedAt: escalation?.createdAt ?? pull?.endedAt ?? document?.startedAt ?? '',
    pullRequest: pull?.number ?? null,
    escalation: isOpen ? null : (escalation?.number ?? null),
    baseSha: document?.baseSha ?? null,
    spec: null,
  };
}

/** As near as GitHub tells: what we closed gave way to the next attempt, or was cancelled where there is none. */
function outcomeOf(
  { pull, escalation, heads }: AttemptRemains,
  { isLast, rules }: Ending,
): AttemptOutcome {
  if (escalation !== null) {
    const { failureType } = escalation;
    return failureType === null || rules.halting.has(failureType) ? 'halted' : 'failed';
  }
  if (pull?.state === 'merged') return 'merged';
  if (pull?.state === 'closed') {
    if (!pull.closedByUs) return 'closed';
    return isLast ? 'cancelled' : 'retried';
  }
  return heads.some((head) => head.verdict === 'red') ? 'failed' : 'retried';
}

function lostOf(
  last: AttemptRemains,
  status: Status,
  shown: ShownModule | null,
): readonly string[] {
  const reds = last.heads.filter((head) => head.verdict === 'red').length;
  return [
    ...(status === 'blocked' ? ['the reason in words; its escalation tells it'] : []),
    ...(reds > 0 ? [`what failed on ${String(reds)} heads; that they failed is counted`] : []),
    ...(last.attempt > 0 && last.document === null
      ? [`the document of attempt ${String(last.attempt)}, and with it where it began`]
      : []),
    ...(shown?.status === 'complete' && status !== 'complete'
      ? [
          'that it is complete, which only the dashboard says: `/session complete <reason>` declares it',
        ]
      : []),
    ...(status === 'pending' && last.pull?.state === 'merged' ? ['who reopened it, and why'] : []),
  ];
}
