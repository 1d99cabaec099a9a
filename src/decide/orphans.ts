import type { ModuleConfig } from '../domain/config.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import { orphansOf } from '../domain/orphans.ts';
import type { OrphanFacts } from '../domain/answer.ts';
import type { PullRequest } from '../domain/world.ts';
import { holdsOnlyDocument } from './heads.ts';
import { plannedVerification } from './plan.ts';
import { addNeed, addStep, type Situation } from './situation.ts';

/** A check that says this of a session that runs was given while its module was not in the config. */
const HELD = 'ACTION_REQUIRED';

/**
 * A module that is not in the config any more keeps its entry as it is: that is told where somebody works on it, and
 * its pull request must pass neither as a session nor as none.
 */
export function reportOrphans(situation: Situation): Situation {
  const { config } = situation.world;
  return orphansOf(config, situation.state).reduce(reportOrphan, situation);
}

function reportOrphan(situation: Situation, { id }: ModuleConfig): Situation {
  const { world, state } = situation;
  const entry = entryOf(state, id);
  const pull = currentPull(entry, world.pulls.get(id));
  return addStep(situation, {
    kind: 'report-orphan',
    facts: orphanFacts(id, entry),
    held: pull !== null && pull.check?.conclusion !== HELD ? pull : null,
    conversation: placeOf(entry, pull),
    key: entry.status === 'pending' ? `request ${id}` : `orphan ${entry.sessionId ?? id}`,
  });
}

export function orphanFacts(module: string, { status, session }: ModuleEntry): OrphanFacts {
  const { pullRequest, escalation, attempt } = session;
  return { module, status, attempt, pullRequest, escalation };
}

/** Its open pull request; before the start is recorded, the one of its branch. */
function currentPull(entry: ModuleEntry, pull: PullRequest | undefined): PullRequest | null {
  if (pull?.state !== 'open' || entry.status === 'pending') return null;
  const { pullRequest, branch } = entry.session;
  // A session that this very decision begins has no pull request yet: the one that was read is the last attempt's.
  if (pullRequest === null) return pull.headBranch === branch ? pull : null;
  return pull.number === pullRequest ? pull : null;
}

function placeOf({ status, session }: ModuleEntry, pull: PullRequest | null): number | null {
  if (status === 'pending') return session.request?.source ?? null;
  return status === 'blocked' ? session.escalation : (pull?.number ?? null);
}

/** A session whose module is in the config again goes on: its check waits once more, and its head is verified. */
export function resumeReturned(situation: Situation): Situation {
  return [...situation.world.config.modules.values()].reduce(resumeSession, situation);
}

function resumeSession(situation: Situation, module: ModuleConfig): Situation {
  const { world, state, phase } = situation;
  const entry = entryOf(state, module.id);
  const isLive = entry.status === 'in-progress' || entry.status === 'review';
  const pull = isLive ? currentPull(entry, world.pulls.get(module.id)) : null;
  if (pull?.check?.conclusion !== HELD || phase === 'plan') return situation;
  // The result that is in hand tells it.
  if (world.judgement?.sha === pull.headSha) return situation;
  const queued = addStep(situation, { kind: 'queue-check', module, pull, by: null });
  return holdsOnlyDocument(world, module, entry.session.attempt, pull)
    ? queued
    : addNeed(queued, plannedVerification(world, module, pull));
}
