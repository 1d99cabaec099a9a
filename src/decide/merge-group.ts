import { commandProves, type CommandResult } from '../domain/verification.ts';
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
 * run on the default branch: it is on `refs/heads/gh-readonly-queue/…`, whose cache no other branch reads
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#merge_group).
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
  const verdict = settled ?? verdictOf(group.result?.commands ?? null);
  const isGreen = verdict === 'green' || verdict === 'no-session';
  const isTold = group.check?.conclusion === (isGreen ? 'SUCCESS' : 'FAILURE');
  if (isTold && group.result === null) return situation;
  return addStep(situation, { kind: 'report-group', group, sessions, verdict });
}

function settledWithoutRun(sessions: readonly GroupSession[]): GroupVerdict | null {
  if (sessions.length === 0) return 'no-session';
  return sessions.every((session) => session.verified) ? null : 'unverified';
}

function verdictOf(commands: readonly CommandResult[] | null): GroupVerdict {
  if (commands === null) return 'not-run';
  return commands.every(commandProves) ? 'green' : 'red';
}
