import type { ModuleConfig } from '../domain/config.ts';
import { failureTable, isTriedAgain, type Failure, type FailureRow } from '../domain/failure.ts';
import { entryOf, type FailedHead, type ModuleEntry } from '../domain/implementation-state.ts';
import type { Judgement, PullRequest, World } from '../domain/world.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { attemptsLeft, blockRecord, endAttempt, maxAttemptsOf, mergeRecord } from './attempts.ts';
import { hasHeads, isAskedAgain, isJudged } from './heads.ts';
import { move } from './move.ts';
import { runAgain } from './reruns.ts';
import { addStep, type Situation, type Transition, type VerificationOutcome } from './situation.ts';

/** The same failures on this many verified heads in a row: trying again will not help. */
export const SAME_FAILURES_LIMIT = 3;

/**
 * Moves a session by what its head's verification came to. A head is tried again only where nothing but infrastructure
 * failed: what the code got wrong counts, whatever could not be judged beside it.
 */
export function applyVerification(situation: Situation): Situation {
  const subject = judgedSession(situation);
  if (subject === null) return situation;
  const { judgement, entry, failures } = subject;
  if (failures.length === 0 && judgement.failures.length > 0) return runAgain(situation, subject);
  if (entry.status === 'blocked') return tellBlocked(situation, subject);
  if (failures.length === 0) return turnGreen(situation, subject);
  if (isMergeAccepted(situation.world, subject)) {
    return publish(situation, subject, { kind: 'accepted' }, null);
  }
  const failedHeads = countFailed(subject);
  const halt =
    haltOf(situation.world, subject) ?? mergedRed(subject) ?? repeated(entry, failedHeads);
  if (halt !== null) return stop(situation, subject, halt);
  if (failedHeads.length >= situation.world.config.selfFixLimit) {
    return giveUp(situation, subject, failedHeads);
  }
  return turnRed(situation, subject, failedHeads);
}

interface Subject {
  readonly module: ModuleConfig;
  readonly entry: ModuleEntry;
  readonly pull: PullRequest;
  readonly judgement: Judgement;
  /** Those of the judgement that are the code's. */
  readonly failures: readonly Failure[];
}

interface Halt {
  readonly edge: 'halt' | 'merge-unverified' | 'repeat' | 'limit';
  readonly reason: HaltReason;
  readonly target: string;
}

/**
 * The session a judgement is about; null unless it is bound to the head that the API names and that was not
 * judged before, or is to be judged again. A pull request that somebody closed is over, whatever its last head
 * came to.
 */
function judgedSession(situation: Situation): Subject | null {
  const { judgement, config, pulls } = situation.world;
  if (judgement === null) return null;
  const module = config.modules.get(judgement.module);
  const pull = pulls.get(judgement.module);
  if (module === undefined || pull?.headSha !== judgement.sha) return null;
  const entry = entryOf(situation.state, module.id);
  if (!hasHeads(entry) || pull.state === 'closed') return null;
  if (pull.number !== entry.session.pullRequest) return null;
  if (isJudged(entry, pull) && !isAskedAgain(situation.world, pull)) return null;
  const table = failureTable(config.failures);
  const failures = judgement.failures.filter((one) => !isTriedAgain(one, table));
  return { module, entry, pull, judgement, failures };
}

/** A push to a blocked session is told what it came to, and moves nothing: its escalation decides. */
function tellBlocked(situation: Situation, subject: Subject): Situation {
  const { entry } = subject;
  const reason: HaltReason = {
    failureType: entry.session.history.at(-1)?.failureType ?? null,
    reason: entry.blockedReason ?? 'No reason was recorded.',
    by: 'state',
  };
  return publish(situation, subject, { kind: 'stopped', reason }, null);
}

function turnGreen(situation: Situation, subject: Subject): Situation {
  const { module, entry, pull, judgement } = subject;
  const { attempt, headSha } = entry.session;
  const wasGreen = entry.status === 'review';
  // Green again at the same head: nothing to record.
  if (wasGreen && headSha === judgement.sha) {
    return publish(situation, subject, { kind: 'green' }, null);
  }
  const transition = move(situation.state, {
    edge: 'green',
    module: module.id,
    recorded: {
      completedAt: situation.world.now,
      filesModified: pull.files
        .filter((file) => file.status !== 'removed')
        .map((file) => file.path),
      implementedBy: 'coding-agent',
      session: { headSha: judgement.sha },
    },
    tail: `(attempt ${attempt})${wasGreen ? `, head ${judgement.sha.slice(0, 7)}` : ''}`,
  });
  return publish(situation, subject, { kind: 'green' }, transition);
}

function turnRed(
  situation: Situation,
  subject: Subject,
  failedHeads: readonly FailedHead[],
): Situation {
  const { module, entry, judgement } = subject;
  const { attempt, headSha } = entry.session;
  const outcome = red(situation.world, failedHeads);
  const wasGreen = entry.status === 'review';
  // Red again at the same head: it was counted.
  if (!wasGreen && headSha === judgement.sha) return publish(situation, subject, outcome, null);
  const head = judgement.sha.slice(0, 7);
  const transition = move(situation.state, {
    edge: 'red',
    module: module.id,
    recorded: {
      completedAt: null,
      session: { headSha: judgement.sha, headAt: situation.world.now, failedHeads },
    },
    tail: `(attempt ${attempt})${wasGreen ? '' : `, head ${head} failed`}`,
  });
  return publish(situation, subject, outcome, transition);
}

/** The self-fix limit ends the attempt: another one begins, or the module is blocked after the last. */
function giveUp(
  situation: Situation,
  subject: Subject,
  failedHeads: readonly FailedHead[],
): Situation {
  const { module, entry, judgement, failures } = subject;
  const { config, now } = situation.world;
  const reason: HaltReason = {
    failureType: failures[0]?.type ?? null,
    reason: `${failedHeads.length} heads of attempt ${entry.session.attempt} failed verification: ${summary(failures)}`,
    by: 'self-fix-limit',
  };
  if (attemptsLeft(entry, config) <= 0) {
    return stop(situation, subject, { edge: 'limit', reason, target: 'planning-agent' });
  }
  const end = {
    outcome: 'failed',
    failureType: reason.failureType,
    issue: reason.reason,
    at: now,
  } as const;
  const transition = move(situation.state, {
    edge: 'give-up',
    module: module.id,
    recorded: {
      completedAt: null,
      session: {
        headSha: judgement.sha,
        failedHeads,
        maxAttempts: maxAttemptsOf(entry, config),
        history: endAttempt(entry, end),
        request: { source: entry.session.pullRequest, by: 'self-fix-limit', at: now },
      },
    },
    tail: `(attempt ${entry.session.attempt} failed)`,
  });
  const limit = config.selfFixLimit;
  return publish(situation, subject, { kind: 'red', used: failedHeads.length, limit }, transition);
}

function stop(situation: Situation, subject: Subject, { edge, reason, target }: Halt): Situation {
  const { module, entry, pull, judgement } = subject;
  const { failureType } = reason;
  const outcome =
    failureType !== null && isHalting(situation.world, failureType) ? 'halted' : 'failed';
  const end = { outcome, failureType, issue: reason.reason, at: situation.world.now } as const;
  const record = blockRecord(entry, { reason, end, headSha: judgement.sha });
  const common = { module: module.id, tail: `(attempt ${entry.session.attempt})` };
  return addStep(situation, {
    kind: 'block',
    module,
    claim:
      edge === 'merge-unverified'
        ? move(situation.state, { ...common, edge, recorded: mergeRecord(record, pull) })
        : move(situation.state, { ...common, edge, recorded: record }),
    reason,
    target,
    pull,
    judgement,
  });
}

function publish(
  situation: Situation,
  subject: Subject,
  outcome: VerificationOutcome,
  transition: Transition | null,
): Situation {
  const { module, pull, judgement } = subject;
  return addStep(situation, { kind: 'publish', module, pull, judgement, outcome, transition });
}

function haltOf(world: World, { failures }: Subject): Halt | null {
  for (const failure of failures) {
    const row = rowOf(world, failure.type);
    if (row?.action !== 'halt') continue;
    const { type, message } = failure;
    const reason = { failureType: type, reason: message, by: 'classifier' } as const;
    return { edge: 'halt', reason, target: row.target ?? 'planning-agent' };
  }
  return null;
}

function mergedRed(subject: Subject): Halt | null {
  if (subject.pull.state !== 'merged') return null;
  const reason: HaltReason = {
    failureType: subject.failures[0]?.type ?? null,
    reason: `Pull request #${subject.pull.number} was merged although its head failed verification: ${summary(subject.failures)}`,
    by: 'merge',
  };
  return { edge: 'merge-unverified', reason, target: 'planning-agent' };
}

/** In review the head before was green, so that no row of equal failures can end there. */
function repeated({ status }: ModuleEntry, failedHeads: readonly FailedHead[]): Halt | null {
  if (status !== 'in-progress') return null;
  const last = failedHeads.slice(-SAME_FAILURES_LIMIT);
  const [first] = last;
  if (first === undefined || last.length < SAME_FAILURES_LIMIT) return null;
  const key = first.failures.join('\n');
  if (!last.every((head) => head.failures.join('\n') === key)) return null;
  if (last.slice(1).some((head) => head.afterGreen === true)) return null;
  const reason: HaltReason = {
    failureType: null,
    reason: `The same failures came back on ${SAME_FAILURES_LIMIT} verified heads in a row.`,
    by: 'repetition',
  };
  return { edge: 'repeat', reason, target: 'planning-agent' };
}

/** The session's failed heads with this one: a failed verification is counted once for each head. */
function countFailed(subject: Subject): readonly FailedHead[] {
  const { failedHeads } = subject.entry.session;
  const isCounted = failedHeads.some((head) => head.sha === subject.judgement.sha);
  return isCounted ? failedHeads : [...failedHeads, failedHead(subject)];
}

function failedHead({ entry, judgement, failures }: Subject): FailedHead {
  const head = { sha: judgement.sha, failures: fingerprints(failures) };
  return entry.status === 'review' ? { ...head, afterGreen: true } : head;
}

function red(world: World, failedHeads: readonly FailedHead[]): VerificationOutcome {
  return { kind: 'red', used: failedHeads.length, limit: world.config.selfFixLimit };
}

/** What is merged is complete where the config accepts it, so its failures are told and move nothing. */
function isMergeAccepted(world: World, { pull }: Subject): boolean {
  return pull.state === 'merged' && world.config.onUnverifiedMerge === 'accept';
}

function isHalting(world: World, type: string): boolean {
  return rowOf(world, type)?.action === 'halt';
}

function rowOf(world: World, type: string): FailureRow | undefined {
  return failureTable(world.config.failures).find((row) => row.id === type);
}

function fingerprints(failures: readonly Failure[]): readonly string[] {
  return [...new Set(failures.map((failure) => failure.fingerprint))].sort();
}

function summary(failures: readonly Failure[]): string {
  return failures.map((failure) => failure.message).join('; ');
}
