import { failureTable, isTriedAgain } from '../domain/failure.ts';
import { commandProves } from '../domain/verification.ts';
import type { MergeGroup, World } from '../domain/world.ts';
import { groupSessions } from './group-sessions.ts';
import { plannedGroup } from './plan.ts';
import {
  addNeed,
  addStep,
  type GroupSession,
  type GroupVerdict,
  type Situation,
} from './situation.ts';

/**
 * The required check on a merge group's head: green at once where it holds no session, red at once where it holds one
 * that is not verified at its head. Otherwise the protocols of all its sessions run on what the queue merged. That is no
 * run on the default branch: its ref is the group's
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#merge_group), and a
 * branch's cache is restored on that branch alone, the default branch's being the exception
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#restrictions-for-accessing-a-cache).
 *
 * What infrastructure kept from being judged was run again by the verify job itself, and is not dispatched: until
 * another run reported, the check would have to wait, and with it the queue; once it is red, the group is gone with its
 * branch.
 */
export function reportMergeGroup(situation: Situation): Situation {
  const { world, state, phase } = situation;
  const group = world.mergeGroup;
  if (group === null) return situation;
  const sessions = groupSessions(world, state, group);
  const settled = settledWithoutRun(sessions);
  if (settled === null && group.result === null) {
    if (group.check?.conclusion === 'SUCCESS') return situation;
    if (phase === 'plan') {
      const modules = sessions.flatMap(({ module }) => world.config.modules.get(module) ?? []);
      return addNeed(situation, plannedGroup(world, group.headSha, modules));
    }
  }
  const verdict = settled ?? verdictOf(group, world);
  const isGreen = verdict === 'green' || verdict === 'no-session';
  const isTold = group.check?.conclusion === (isGreen ? 'SUCCESS' : 'FAILURE');
  if (isTold && group.result === null) return situation;
  return addStep(situation, { kind: 'report-group', group, sessions, verdict });
}

function settledWithoutRun(sessions: readonly GroupSession[]): GroupVerdict | null {
  if (sessions.length === 0) return 'no-session';
  return sessions.every((session) => session.verified) ? null : 'unverified';
}

function verdictOf({ result, failures }: MergeGroup, { config }: World): GroupVerdict {
  if (result === null) return 'not-run';
  if (result.commands.every(commandProves)) return 'green';
  const table = failureTable(config.failures);
  const isUnjudged = failures.length > 0 && failures.every((one) => isTriedAgain(one, table));
  return isUnjudged ? 'infrastructure' : 'red';
}
