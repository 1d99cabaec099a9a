import { unmetGates } from '../../domain/gate.ts';
import { entryOf } from '../../domain/implementation-state.ts';
import type { StatusAnswer } from '../../domain/answer.ts';
import { maxAttemptsOf } from '../attempts.ts';
import { evaluateGates } from '../gates.ts';
import { placeInQueue } from '../queue.ts';
import type { Situation } from '../situation.ts';
import { done, type Obeyed, type Order } from './order.ts';

/** `/session status`: where the module is and what it waits for, as it is when the comment is answered. */
export function obeyStatus(situation: Situation, { module }: Order): Obeyed {
  const { world, state } = situation;
  const entry = entryOf(state, module.id);
  const { session, status } = entry;
  const isPending = status === 'pending';
  const isLive = status === 'in-progress' || status === 'review' || status === 'blocked';
  const answer: StatusAnswer = {
    kind: 'status',
    module: module.id,
    status,
    attempt: session.attempt,
    maxAttempts: maxAttemptsOf(entry, world.config),
    headSha: isLive ? (world.pulls.get(module.id)?.headSha ?? session.headSha) : null,
    failed: session.failedHeads.length,
    selfFixLimit: world.config.selfFixLimit,
    pullRequest: session.pullRequest,
    escalation: status === 'blocked' ? session.escalation : null,
    blockedReason: status === 'blocked' ? entry.blockedReason : null,
    requestedBy: isPending ? (session.request?.by ?? null) : null,
    unmet: isPending ? unmetGates(evaluateGates(world, state, module)) : [],
    queue: placeInQueue(situation, module),
    paused: world.config.paused,
    dashboard: state.dashboard,
  };
  return done(situation, answer);
}
