import type { ModuleConfig } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import { orphansOf } from '../domain/orphans.ts';
import { isSweep, pointedPullRequest } from '../domain/trigger.ts';
import type { PullRequest, World } from '../domain/world.ts';
import { attemptsLeft, blockRecord, endAttempt, mergeRecord } from './attempts.ts';
import { move } from './move.ts';
import { plannedVerification } from './plan.ts';
import { addNeed, addStep, type Situation } from './situation.ts';

/** A session's pull request that was merged completes its module; one that was closed gives the module back. */
export function followPullRequests(situation: Situation): Situation {
  const { config } = situation.world;
  const followed = [...config.modules.values()].reduce(followPullRequest, situation);
  return orphansOf(config, followed.state).reduce(followOrphan, followed);
}

/** What is not in the config any more can end; whatever else happened is looked at once it comes back. */
function followOrphan(situation: Situation, module: ModuleConfig): Situation {
  const { status, session } = entryOf(situation.state, module.id);
  const pull = situation.world.pulls.get(module.id);
  const isLive = status === 'in-progress' || status === 'review';
  if (!isLive) return situation;
  if (pull === undefined) return followPullRequest(situation, module);
  if (pull.number !== session.pullRequest) return situation;
  const isVerified = status === 'review' && session.headSha === pull.headSha;
  const isMerged = pull.state === 'merged' && pull.baseBranch === situation.world.base.branch;
  return isEnded(situation.world, pull) || (isMerged && isVerified)
    ? followPullRequest(situation, module)
    : situation;
}

function followPullRequest(situation: Situation, module: ModuleConfig): Situation {
  const entry = entryOf(situation.state, module.id);
  const pull = situation.world.pulls.get(module.id);
  if (pull === undefined) return giveBackGone(situation, module, entry);
  if (pull.number !== entry.session.pullRequest) return situation;
  if (entry.status === 'blocked') return noteMerge(situation, module, entry, pull);
  if (entry.status !== 'in-progress' && entry.status !== 'review') return situation;
  if (isEnded(situation.world, pull)) return giveBack(situation, module, entry, pull);
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
  if (verified) return complete(situation, 'merge', module, pull);
  if (situation.world.config.onUnverifiedMerge === 'accept') {
    return complete(situation, 'merge-accepted', module, pull);
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

/**
 * Closed, or about to be: GitHub closes a pull request whose branch is deleted, and the sweep does not wait for it
 * (https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/creating-and-deleting-branches-within-your-repository).
 */
function isEnded({ trigger }: World, { state, headBranchGone }: PullRequest): boolean {
  return state === 'closed' || (state === 'open' && headBranchGone && isSweep(trigger));
}

/** Whether this run could have verified the pull request; one that came for something else did not try. */
function wasPlannedFor({ judgement, trigger }: World, pull: PullRequest): boolean {
  if (judgement?.sha === pull.headSha || isSweep(trigger)) return true;
  return pointedPullRequest(trigger) === pull.number;
}

function complete(
  situation: Situation,
  edge: 'merge' | 'merge-accepted',
  module: ModuleConfig,
  pull: PullRequest,
): Situation {
  const { now } = situation.world;
  const entry = entryOf(situation.state, module.id);
  const end = { outcome: 'merged', failureType: null, issue: null, at: now } as const;
  const transition = move(situation.state, {
    edge,
    module: module.id,
    recorded: {
      completedAt: entry.completedAt ?? now,
      session: { mergeSha: pull.mergeSha, request: null, history: endAttempt(entry, end) },
    },
    tail: `(attempt ${entry.session.attempt})`,
  });
  return addStep(situation, { kind: 'record', transition });
}

/** A blocked module stays blocked: who answers its escalation is told that its work is in the base already. */
function noteMerge(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  pull: PullRequest,
): Situation {
  const { escalation } = entry.session;
  const { number: pullRequest, mergeSha } = pull;
  // One that is blocked for the sake of this merge has an escalation that is about it.
  const isKnown = mergeSha === entry.session.mergeSha;
  if (pull.state !== 'merged' || escalation === null || isKnown) return situation;
  return addStep(situation, {
    kind: 'answer',
    conversation: escalation,
    key: `merged ${pullRequest}`,
    answer: { kind: 'merged-while-blocked', module: module.id, pullRequest, mergeSha },
  });
}

function giveBack(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  pull: PullRequest,
): Situation {
  const isClosed = pull.state === 'closed';
  const how = isClosed ? CLOSED : 'lost its branch, which was deleted';
  const given = recordClosed(situation, module, entry, how);
  // One that is still open is closed with a word of its own, and who took the module out of the config was told.
  if (!isClosed || !situation.world.config.modules.has(module.id)) return given;
  return tellClosed(given, module, entry, pull.number);
}

function tellClosed(
  situation: Situation,
  { id }: ModuleConfig,
  entry: ModuleEntry,
  conversation: number,
): Situation {
  const { sessionId, session } = entry;
  const { attempt } = session;
  const isLast = attemptsLeft(entry, situation.world.config) <= 0;
  return addStep(situation, {
    kind: 'answer',
    conversation,
    key: `closed ${sessionId ?? attempt}`,
    answer: { kind: 'closed-by-hand', module: id, attempt, isLast },
  });
}

/** Nothing but this says how to go on, so a sweep sees to it where the run that gave the module back ended before. */
export function tellGivenBack(situation: Situation): Situation {
  const { world } = situation;
  if (!isSweep(world.trigger)) return situation;
  return [...world.config.modules.values()].reduce((now, module) => {
    const entry = entryOf(world.state, module.id);
    const { request, pullRequest, history } = entry.session;
    if (entry.status !== 'pending' || request !== null || pullRequest === null) return now;
    const isClosed = world.conversations.get(pullRequest)?.open === false;
    const isByHand = history.at(-1)?.issue === closedIssue(pullRequest, CLOSED);
    return isClosed && isByHand ? tellClosed(now, module, entry, pullRequest) : now;
  }, situation);
}

const CLOSED = 'was closed without being merged';

function closedIssue(pullRequest: number | null, how: string): string {
  return `Pull request #${pullRequest} ${how}.`;
}

/** GitHub does not know the pull request any more, as in a repository that was made anew: the sweep takes note. */
function giveBackGone(situation: Situation, module: ModuleConfig, entry: ModuleEntry): Situation {
  const { trigger, gone } = situation.world;
  const isLive = entry.status === 'in-progress' || entry.status === 'review';
  if (!isLive || !isSweep(trigger) || !gone.has(module.id)) return situation;
  return recordClosed(situation, module, entry, 'is not there any more');
}

function recordClosed(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  how: string,
): Situation {
  const { attempt, pullRequest } = entry.session;
  const issue = closedIssue(pullRequest, how);
  const at = situation.world.now;
  const end = { outcome: 'closed', failureType: null, issue, at } as const;
  const transition = move(situation.state, {
    edge: 'close',
    module: module.id,
    recorded: { completedAt: null, session: { request: null, history: endAttempt(entry, end) } },
    tail: `(attempt ${attempt} closed)`,
  });
  return addStep(situation, { kind: 'record', transition });
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
  return addStep(situation, {
    kind: 'block',
    module,
    claim: move(situation.state, {
      edge: 'merge-unverified',
      module: module.id,
      recorded: mergeRecord(
        blockRecord(entry, { reason, end, headSha: entry.session.headSha }),
        pull,
      ),
      tail: `(attempt ${entry.session.attempt})`,
    }),
    reason,
    target: 'planning-agent',
    pull,
    judgement: null,
  });
}
