import type { ModuleConfig } from '../domain/config.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import { orphansOf } from '../domain/orphans.ts';
import { sessionPaths } from '../domain/session.ts';
import { isSweep, pointedPullRequest } from '../domain/trigger.ts';
import type { PullRequest, World } from '../domain/world.ts';
import { isUntouched } from './continuation.ts';
import { plannedVerification } from './plan.ts';
import { isGivenUpOn, runAgain } from './reruns.ts';
import { addNeed, addStep, type Situation } from './situation.ts';

/**
 * Heads of sessions that were not judged yet need their verification, also those of blocked ones, which moves
 * nothing. A push brings a run of its own, so a run looks at the head it was woken for, and only the sweep looks
 * at all of them.
 */
export function verifyHeads(situation: Situation): Situation {
  const { trigger, config, pulls } = situation.world;
  const pointed = pointedPullRequest(trigger);
  return [...config.modules.values()]
    .filter((module) => isSweep(trigger) || pulls.get(module.id)?.number === pointed)
    .reduce(verifyHead, situation);
}

/** Whoever starts a run by hand for what cannot be verified is told so by that run. */
export function refuseUnverifiable(situation: Situation): Situation {
  const { trigger, config, pulls } = situation.world;
  if (trigger.kind !== 'dispatch' || trigger.pullRequest === null) return situation;
  const { pullRequest } = trigger;
  const module = [...config.modules.values()].find(isOf(situation, pullRequest));
  const pull = pulls.get(module?.id ?? '');
  if (module === undefined || pull === undefined) {
    // Of a module that is not in the config any more another rule tells.
    if (orphansOf(config, situation.state).some(isOf(situation, pullRequest))) return situation;
    const answer = { kind: 'no-session-pull-request', pullRequest } as const;
    return addStep(situation, { kind: 'refuse', answer });
  }
  const { attempt } = entryOf(situation.state, module.id).session;
  if (!holdsOnlyDocument(situation.world, module, attempt, pull)) return situation;
  const answer = { kind: 'nothing-to-verify', module: module.id, why: 'only-document' } as const;
  return addStep(situation, { kind: 'refuse', answer });
}

function isOf({ state }: Situation, pullRequest: number): (module: ModuleConfig) => boolean {
  return ({ id }) => {
    const entry = entryOf(state, id);
    return hasHeads(entry) && entry.session.pullRequest === pullRequest;
  };
}

function verifyHead(situation: Situation, module: ModuleConfig): Situation {
  const { world, state } = situation;
  const { trigger } = world;
  const entry = entryOf(state, module.id);
  const pull = world.pulls.get(module.id);
  if (pull?.state !== 'open' || pull.number !== entry.session.pullRequest) return situation;
  if (!hasHeads(entry)) return situation;
  if (holdsOnlyDocument(world, module, entry.session.attempt, pull)) {
    return awaitCoder(situation, module, pull);
  }
  if (isJudged(entry, pull) && !isAskedAgain(world, pull) && !lacksCheck(world, entry, pull)) {
    return situation;
  }
  // A result in hand that moved nothing (infrastructure) was told, and is run again as often as it may be.
  if (world.judgement?.sha === pull.headSha) return situation;
  if (situation.phase === 'plan') {
    const need = plannedVerification(world, module, pull);
    return mayRunHere(world, pull) ? addNeed(situation, need) : situation;
  }
  if (trigger.kind === 'dispatch' && mayRunHere(world, pull)) {
    return runAgain(situation, { module, pull, judgement: null });
  }
  // What could not be verified and says so waits for somebody to ask again. Any other verdict that the state does not
  // know is of a run that died before it could record it.
  if (isSweep(trigger) && isGivenUpOn(entry, pull)) return situation;
  return addNeed(situation, plannedVerification(world, module, pull));
}

/** A head without our check is one where GitHub refused it, as it does while the job may write no checks. */
function awaitCoder(situation: Situation, module: ModuleConfig, pull: PullRequest): Situation {
  const { world, state, phase } = situation;
  const isMissing = pull.check === null && entryOf(state, module.id).status === 'in-progress';
  return isMissing && phase === 'orchestrate' && isSweep(world.trigger)
    ? addStep(situation, { kind: 'await-coder', module, pull })
    : situation;
}

/** Whether pushes to a session are verified; before its escalation is open, blocking it is not done yet. */
export function hasHeads({ status, session }: ModuleEntry): boolean {
  if (status === 'blocked') return session.escalation !== null;
  return status === 'in-progress' || status === 'review';
}

/** The state keeps which head was judged; that of a blocked session stays as it was, so its check tells. */
export function isJudged({ status, session }: ModuleEntry, pull: PullRequest): boolean {
  return session.headSha === pull.headSha || (status === 'blocked' && isSettled(pull));
}

/**
 * Somebody wants a head verified once more that was judged: by a dispatch for its pull request, or by
 * `/session verify`, which left its check waiting.
 */
export function isAskedAgain({ trigger }: World, pull: PullRequest): boolean {
  if (trigger.kind === 'dispatch' && trigger.pullRequest === pull.number) return true;
  return isSweep(trigger) && pull.check !== null && pull.check.conclusion === null;
}

/** Whether GitHub refused to show what a head was judged to be; that of a blocked session decides nothing. */
function lacksCheck({ trigger }: World, { status }: ModuleEntry, pull: PullRequest): boolean {
  return isSweep(trigger) && status !== 'blocked' && pull.check === null;
}

/**
 * A session's code never runs in a run on the default branch whose cache others read: a schedule, or a dispatch
 * that is not on the session's own branch.
 */
function mayRunHere({ trigger }: World, pull: PullRequest): boolean {
  if (trigger.kind === 'dispatch') return trigger.branch === pull.headBranch;
  return trigger.kind !== 'schedule';
}

function isSettled(pull: PullRequest): boolean {
  return pull.check !== null && pull.check.conclusion !== null;
}

/** A head whose branch was brought up to date, or put back, before the coder began, or holds an earlier attempt's work. */
export function holdsOnlyDocument(
  world: World,
  module: ModuleConfig,
  attempt: number,
  pull: PullRequest,
): boolean {
  if (isUntouched(world, module)) return true;
  const { document } = sessionPaths(module.id, attempt, world.config.paths.documents);
  return pull.files.length > 0 && pull.files.every((file) => file.path === document);
}

/** A pull request that is no session's gets the required check at once, since an unreported one blocks for ever. */
export function passForeign(situation: Situation): Situation {
  return situation.world.foreignPulls.reduce(passOne, situation);
}

function passOne(situation: Situation, pull: PullRequest): Situation {
  if (pull.state !== 'open' || pull.check?.conclusion === 'SUCCESS') return situation;
  // A check belongs to a commit: passing a session's head from a decoy would pass the session.
  return isSessionHead(situation, pull.headSha)
    ? situation
    : addStep(situation, { kind: 'pass-foreign', pull });
}

function isSessionHead({ world, state }: Situation, sha: string): boolean {
  if ([...world.pulls.values()].some((pull) => pull.headSha === sha)) return true;
  return [...state.entries.values()].some(
    ({ session }) =>
      session.headSha === sha || session.failedHeads.some((failed) => failed.sha === sha),
  );
}
