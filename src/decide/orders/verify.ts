import { entryOf } from '../../domain/implementation-state.ts';
import type { Answer } from '../../domain/answer.ts';
import { holdsOnlyDocument } from '../heads.ts';
import { plannedVerification } from '../plan.ts';
import { addNeed, addStep, type Situation } from '../situation.ts';
import { done, isActive, refused, refusedNow, type Obeyed, type Order } from './order.ts';

/**
 * `/session verify`: the head as it is now, also one that was verified before or could not be. A comment's run is
 * one on the default branch, where no session's code runs: it starts one on the session's own branch. The check
 * waits again from then on, so that the sweep starts it where this run died before it could.
 */
export function obeyVerify(situation: Situation, order: Order): Obeyed {
  const { world } = situation;
  const { module, login } = order;
  const entry = entryOf(situation.state, module.id);
  if (!isActive(entry) && entry.status !== 'blocked') return refusedNow(situation, order);
  const pull = world.pulls.get(module.id);
  const nothing = (why: (Answer & { kind: 'nothing-to-verify' })['why']): Obeyed =>
    refused(situation, { kind: 'nothing-to-verify', module: module.id, why });
  if (pull?.number !== entry.session.pullRequest) return nothing('no-pull-request');
  if (pull.state !== 'open') return nothing('closed');
  if (holdsOnlyDocument(world, module, entry.session.attempt, pull))
    return nothing('only-document');
  const waits = pull.check !== null && pull.check.conclusion === null;
  const queued = waits
    ? situation
    : addStep(situation, { kind: 'queue-check', module, pull, by: login });
  const { headSha, number: pullRequest } = pull;
  return done(
    situation.phase === 'plan' ? queued : addNeed(queued, plannedVerification(world, module, pull)),
    { kind: 'verifying', module: module.id, headSha, pullRequest },
  );
}
