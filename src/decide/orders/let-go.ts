import { entryOf, type ModuleEntry } from '../../domain/implementation-state.ts';
import { endAttempt, resolveLast } from '../attempts.ts';
import { move } from '../move.ts';
import { orphanFacts } from '../orphans.ts';
import { tellSource } from '../request-source.ts';
import { addStep, type Situation, type Transition } from '../situation.ts';
import { done, obeyedBefore, refused, type Obeyed, type Order } from './order.ts';

/**
 * `/session cancel` of a module that is not in the config any more, whatever it is at: nothing else could end it. A
 * pull request that was merged meanwhile is no reason against it, since nobody builds on it.
 */
export function letGo(situation: Situation, order: Order): Obeyed {
  const { id } = order.module;
  const entry = entryOf(situation.state, id);
  const answer = { kind: 'let-go', module: id } as const;
  if (obeyedBefore(entry, order) !== null) {
    const last = entry.session.history.at(-1)?.escalation ?? null;
    return done(closeEscalation(situation, last), answer);
  }
  const transition = letGoTransition(situation, order, entry);
  if (transition === null) {
    return refused(situation, { kind: 'orphaned', ...orphanFacts(id, entry) });
  }
  const told = entry.status === 'pending' ? tellSource(situation, id, entry, answer) : situation;
  const after = addStep(told, { kind: 'record', transition });
  return done(closeEscalation(after, entry.session.escalation), answer);
}

function letGoTransition(
  { state, world }: Situation,
  order: Order,
  entry: ModuleEntry,
): Transition | null {
  const { status, session } = entry;
  const { attempt, escalation } = session;
  const issue = `Cancelled by ${order.login}.${order.rest === '' ? '' : ` ${order.rest}`}`;
  const common = { module: order.module.id, command: order.id };
  if (status === 'in-progress' || status === 'review') {
    const end = { outcome: 'cancelled', failureType: null, issue, at: world.now } as const;
    const history = endAttempt(entry, end);
    const recorded = { completedAt: null, session: { request: null, history } };
    const tail = `(attempt ${attempt} cancelled)`;
    return move(state, { ...common, edge: 'cancel', recorded, tail });
  }
  if (status === 'blocked') {
    const cleared = { escalation, resolution: issue, resolvedBy: order.login };
    const { history } = session;
    const told = escalation === null ? { history } : resolveLast(history, cleared);
    const kept = { escalation: null, request: null, ...told };
    const recorded = { blockedReason: null, blockedAt: null, session: kept };
    return move(state, {
      ...common,
      edge: 'let-go',
      recorded,
      tail: `(attempt ${attempt} let go)`,
    });
  }
  if (status === 'complete' || session.request === null) return null;
  const recorded = { session: { request: null } };
  return move(state, { ...common, edge: 'withdraw', recorded, tail: '' });
}

function closeEscalation(situation: Situation, escalation: number | null): Situation {
  if (escalation === null) return situation;
  const isOpen = situation.world.conversations.get(escalation)?.open === true;
  return isOpen ? addStep(situation, { kind: 'close-issue', conversation: escalation }) : situation;
}
