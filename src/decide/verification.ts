import type { ModuleConfig } from '../domain/config.ts';
import { failureTable, type Failure, type FailureRow } from '../domain/failure.ts';
import { entryOf, type FailedHead, type ModuleEntry } from '../domain/implementation-state.ts';
import type { Judgement, PullRequest, World } from '../domain/world.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { attemptsLeft, blockPatch, endAttempt, maxAttemptsOf } from './attempts.ts';
import {
  addStep,
  entryTransition,
  type Situation,
  type Transition,
  type VerificationOutcome,
} from './situation.ts';

/** The same failures on this many verified heads in a row: trying again will not help. */
export const SAME_FAILURES_LIMIT = 3;

/** Moves a session by what its head's verification came to. */
export function applyVerification(situation: Situation): Situation {
  const subject = judgedSession(situation);
  if (subject === null) return situation;
  const { judgement, entry } = subject;
  if (judgement.failures.length === 0) return turnGreen(situation, subject);
  if (judgement.failures.some((failure) => isTriedAgain(situation.world, failure))) {
    return publish(situation, subject, { kind: 'infrastructure' }, null);
  }
  const failedHeads = [...entry.session.failedHeads, failedHead(subject)];
  if (isMergeAccepted(situation.world, subject)) {
    return publish(situation, subject, red(situation.world, failedHeads), null);
  }
  const halt = haltOf(situation.world, judgement) ?? mergedRed(subject) ?? repeated(failedHeads);
  if (halt !== null) return stop(situation, subject, halt.reason, halt.target);
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
}

interface Halt {
  readonly reason: HaltReason;
  readonly target: string;
}

/**
 * The session a judgement is about; null unless it is bound to the head that the API names and that was not
 * judged before. A pull request that somebody closed is over, whatever its last head came to.
 */
function judgedSession(situation: Situation): Subject | null {
  const { judgement, config, pulls } = situation.world;
  if (judgement === null) return null;
  const module = config.modules.get(judgement.module);
  const pull = pulls.get(judgement.module);
  if (module === undefined || pull?.headSha !== judgement.sha) return null;
  const entry = entryOf(situation.state, module.id);
  const active = entry.status === 'in-progress' || entry.status === 'review';
  if (!active || pull.number !== entry.session.pullRequest || pull.state === 'closed') return null;
  if (entry.session.headSha === judgement.sha) return null;
  return { module, entry, pull, judgement };
}

function turnGreen(situation: Situation, subject: Subject): Situation {
  const { module, entry, pull, judgement } = subject;
  const head = judgement.sha.slice(0, 7);
  const { attempt } = entry.session;
  const message =
    entry.status === 'review'
      ? `${module.id}: review (attempt ${attempt}), head ${head}`
      : `${module.id}: in-progress → review (attempt ${attempt})`;
  const transition = entryTransition(message, module.id, {
    status: 'review',
    completedAt: situation.world.now,
    filesModified: pull.files.filter((file) => file.status !== 'removed').map((file) => file.path),
    implementedBy: 'coding-agent',
    session: { headSha: judgement.sha },
  });
  return publish(situation, subject, { kind: 'green' }, transition);
}

function turnRed(
  situation: Situation,
  subject: Subject,
  failedHeads: readonly FailedHead[],
): Situation {
  const { module, entry, judgement } = subject;
  const { attempt } = entry.session;
  const message =
    entry.status === 'review'
      ? `${module.id}: review → in-progress (attempt ${attempt})`
      : `${module.id}: in-progress (attempt ${attempt}), head ${judgement.sha.slice(0, 7)} failed`;
  const transition = entryTransition(message, module.id, {
    status: 'in-progress',
    completedAt: null,
    session: { headSha: judgement.sha, failedHeads },
  });
  return publish(situation, subject, red(situation.world, failedHeads), transition);
}

/** The self-fix limit ends the attempt: another one begins, or the module is blocked after the last. */
function giveUp(
  situation: Situation,
  subject: Subject,
  failedHeads: readonly FailedHead[],
): Situation {
  const { module, entry, judgement } = subject;
  const { config, now } = situation.world;
  const reason: HaltReason = {
    failureType: judgement.failures[0]?.type ?? null,
    reason: `${failedHeads.length} heads of attempt ${entry.session.attempt} failed verification: ${summary(judgement)}`,
    by: 'self-fix-limit',
  };
  if (attemptsLeft(entry, config) <= 0) return stop(situation, subject, reason, 'planning-agent');
  const end = {
    outcome: 'failed',
    failureType: reason.failureType,
    issue: reason.reason,
    at: now,
  } as const;
  const message = `${module.id}: ${entry.status} → pending (attempt ${entry.session.attempt} failed)`;
  const transition = entryTransition(message, module.id, {
    status: 'pending',
    completedAt: null,
    session: {
      headSha: judgement.sha,
      failedHeads,
      maxAttempts: maxAttemptsOf(entry, config),
      history: endAttempt(entry, end),
      request: { source: entry.session.pullRequest, by: 'self-fix-limit', at: now },
    },
  });
  const limit = config.selfFixLimit;
  return publish(situation, subject, { kind: 'red', used: failedHeads.length, limit }, transition);
}

function stop(
  situation: Situation,
  subject: Subject,
  reason: HaltReason,
  target: string,
): Situation {
  const { module, entry, pull, judgement } = subject;
  const { failureType } = reason;
  const outcome =
    failureType !== null && isHalting(situation.world, failureType) ? 'halted' : 'failed';
  const end = { outcome, failureType, issue: reason.reason, at: situation.world.now } as const;
  const patch = blockPatch(entry, reason, end);
  return addStep(situation, {
    kind: 'block',
    module,
    claim: entryTransition(
      `${module.id}: ${entry.status} → blocked (attempt ${entry.session.attempt})`,
      module.id,
      { ...patch, session: { ...patch.session, headSha: judgement.sha } },
    ),
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

function haltOf(world: World, judgement: Judgement): Halt | null {
  for (const failure of judgement.failures) {
    const row = rowOf(world, failure.type);
    if (row?.action !== 'halt') continue;
    const { type, message } = failure;
    const reason = { failureType: type, reason: message, by: 'classifier' } as const;
    return { reason, target: row.target ?? 'planning-agent' };
  }
  return null;
}

function mergedRed(subject: Subject): Halt | null {
  if (subject.pull.state !== 'merged') return null;
  const reason: HaltReason = {
    failureType: subject.judgement.failures[0]?.type ?? null,
    reason: `Pull request #${subject.pull.number} was merged although its head failed verification: ${summary(subject.judgement)}`,
    by: 'merge',
  };
  return { reason, target: 'planning-agent' };
}

function repeated(failedHeads: readonly FailedHead[]): Halt | null {
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
  return { reason, target: 'planning-agent' };
}

function failedHead({ entry, judgement }: Subject): FailedHead {
  const failures = fingerprints(judgement.failures);
  const head = { sha: judgement.sha, failures };
  return entry.status === 'review' ? { ...head, afterGreen: true } : head;
}

function red(world: World, failedHeads: readonly FailedHead[]): VerificationOutcome {
  return { kind: 'red', used: failedHeads.length, limit: world.config.selfFixLimit };
}

/** What is merged is complete where the config accepts it, so its failures are told and move nothing. */
function isMergeAccepted(world: World, { pull }: Subject): boolean {
  return pull.state === 'merged' && world.config.onUnverifiedMerge === 'accept';
}

/** No fault of the coder's: infrastructure, or a type of the config's own that says so. */
function isTriedAgain(world: World, failure: Failure): boolean {
  return rowOf(world, failure.type)?.action === 'retry';
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

function summary(judgement: Judgement): string {
  return judgement.failures.map((failure) => failure.message).join('; ');
}
