import type { ModuleConfig } from '../domain/config.ts';
import { acknowledgedSha, entryOf } from '../domain/implementation-state.ts';
import { compareSpec } from '../domain/spec-pack.ts';
import { addStep, type Situation } from './situation.ts';

/** A running session whose specification changed under it is told on its pull request; its status stays as it is. */
export function tellDrift(situation: Situation): Situation {
  return [...situation.world.config.modules.values()].reduce(tellModule, situation);
}

function tellModule(situation: Situation, module: ModuleConfig): Situation {
  const { world, state } = situation;
  const entry = entryOf(state, module.id);
  const { status, sessionId, session } = entry;
  const pull = world.pulls.get(module.id);
  const now = world.fingerprints.get(module.id);
  if (status !== 'in-progress' && status !== 'review') return situation;
  if (pull?.state !== 'open' || pull.number !== session.pullRequest) return situation;
  if (session.spec === null || now === undefined) return situation;
  // Without line counts: the texts are not there in every run, and what is told must not change by that.
  const changes = compareSpec(session.spec, now);
  const before = entryOf(world.state, module.id).session.spec ?? session.spec;
  const isSettled = changes.length === 0 && compareSpec(before, now).length > 0;
  const mayBeTold = pull.comments.some((comment) => comment.ours);
  if (changes.length === 0 && !isSettled && !mayBeTold) return situation;
  return addStep(situation, {
    kind: 'tell-drift',
    conversation: pull.number,
    key: `drift ${sessionId ?? session.attempt}`,
    module: module.id,
    changes,
    isSettled,
    since: acknowledgedSha(entry) ?? session.baseSha,
  });
}
