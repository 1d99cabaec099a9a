import type { ModuleConfig } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import { pointedPullRequest } from '../domain/trigger.ts';
import type { PullRequest, World } from '../domain/world.ts';
import { blockPatch, endAttempt } from './attempts.ts';
import { plannedVerification } from './plan.ts';
import { addNeed, addStep, entryTransition, type Situation } from './situation.ts';

/** A session's pull request that was merged completes its module; one that was closed gives the module back. */
export function followPullRequests(situation: Situation): Situation {
  return [...situation.world.config.modules.values()].reduce(followPullRequest, situation);
}

function followPullRequest(situation: Situation, module: ModuleConfig): Situation {
  const entry = entryOf(situation.state, module.id);
  const pull = situation.world.pulls.get(module.id);
  const active = entry.status === 'in-progress' || entry.status === 'review';
  if (!active || pull?.number !== entry.session.pullRequest) return situation;
  if (pull.state === 'closed') return giveBack(situation, module, entry, pull);
  if (pull.state !== 'merged') return situation;
  if (pull.baseBranch !== situation.world.base.branch) {
    return blockMerged(
      situation,
      module,
      entry,
      pull,
      `into ${pull.baseBranch}, which is not the base`,
    );
  }
  const verified = entry.status === 'review' && entry.session.headSha === pull.headSha;
  if (verified || situation.world.config.onUnverifiedMerge === 'accept') {
    return complete(situation, module, entry, pull);
  }
  if (entry.session.headSha === pull.headSha)
    return blockUnverified(situation, module, entry, pull);
  // The merge may have come before the verification: the run that plans can still have it run.
  if (situation.phase === 'plan') {
    return addNeed(situation, plannedVerification(situation.world, module, pull));
  }
  return wasPlannedFor(situation.world, pull)
    ? blockUnverified(situation, module, entry, pull)
    : situation;
}

/** Whether this run could have verified the pull request; one that came for something else did not try. */
function wasPlannedFor({ judgement, trigger }: World, pull: PullRequest): boolean {
  if (judgement?.sha === pull.headSha || trigger.kind === 'schedule') return true;
  return pointedPullRequest(trigger) === pull.number;
}

function complete(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  pull: PullRequest,
): Situation {
  const { now } = situation.world;
  const { attempt } = entry.session;
  const end = { outcome: 'merged', failureType: null, issue: null, at: now } as const;
  const message = `${module.id}: ${entry.status} → complete (attempt ${attempt})`;
  return addStep(situation, {
    kind: 'record',
    transition: entryTransition(message, module.id, {
      status: 'complete',
      completedAt: entry.completedAt ?? now,
      session: {
        mergeSha: pull.mergeSha,
        request: null,
        history: endAttempt(entry, end),
      },
    }),
  });
}

function giveBack(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  pull: PullRequest,
): Situation {
  const { now } = situation.world;
  const { attempt } = entry.session;
  const issue = `Pull request #${pull.number} was closed without being merged.`;
  const end = { outcome: 'closed', failureType: null, issue, at: now } as const;
  const message = `${module.id}: ${entry.status} → pending (attempt ${attempt} closed)`;
  const transition = entryTransition(message, module.id, {
    status: 'pending',
    completedAt: null,
    session: { request: null, history: endAttempt(entry, end) },
  });
  return addStep(addStep(situation, { kind: 'record', transition }), {
    kind: 'answer',
    conversation: pull.number,
    key: `closed ${entry.sessionId ?? attempt}`,
    answer: { kind: 'closed-by-hand', module: module.id, attempt },
  });
}

function blockUnverified(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  pull: PullRequest,
): Situation {
  const isRed = entry.session.failedHeads.some((head) => head.sha === pull.headSha);
  const how = isRed ? 'although its head failed verification' : 'a head that was never verified';
  return blockMerged(situation, module, entry, pull, how);
}

function blockMerged(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  pull: PullRequest,
  how: string,
): Situation {
  const reason: HaltReason = {
    failureType: 'protocol-violation',
    reason: `Pull request #${pull.number} was merged at ${pull.headSha.slice(0, 7)}, ${how}.`,
    by: 'merge',
  };
  const { now } = situation.world;
  const end = {
    outcome: 'failed',
    failureType: reason.failureType,
    issue: reason.reason,
    at: now,
  } as const;
  const message = `${module.id}: ${entry.status} → blocked (attempt ${entry.session.attempt})`;
  return addStep(situation, {
    kind: 'block',
    module,
    claim: entryTransition(message, module.id, blockPatch(entry, reason, end)),
    reason,
    target: 'planning-agent',
    pull,
    judgement: null,
  });
}
