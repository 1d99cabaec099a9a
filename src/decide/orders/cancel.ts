import { entryOf, type ModuleEntry } from '../../domain/implementation-state.ts';
import type { Answer } from '../../domain/answer.ts';
import { attemptsLeft, endAttempt } from '../attempts.ts';
import { move } from '../move.ts';
import { tellSource } from '../request-source.ts';
import { addStep, type Situation } from '../situation.ts';
import { letGo } from './let-go.ts';
import {
  done,
  isActive,
  obeyedBefore,
  refusedNow,
  refuseMerged,
  type Obeyed,
  type Order,
} from './order.ts';

/** `/session cancel`: a session that runs gives its module back, and a request that waits is withdrawn. */
export function obeyCancel(situation: Situation, order: Order): Obeyed {
  const { module } = order;
  if (!situation.world.config.modules.has(module.id)) return letGo(situation, order);
  const entry = entryOf(situation.state, module.id);
  const before = obeyedBefore(entry, order);
  if (before !== null) {
    const past = entry.session.history.find((one) => one.attempt === before.attempt);
    const isCancelled = past?.outcome === 'cancelled';
    return done(
      situation,
      isCancelled ? cancelled(situation, order, before.attempt) : withdrawn(module.id),
    );
  }
  if (isActive(entry)) return refuseMerged(situation, order) ?? cancel(situation, order, entry);
  const waits = entry.status === 'pending' && entry.session.request !== null;
  return waits ? withdraw(situation, order, entry) : refusedNow(situation, order);
}

function cancel(situation: Situation, order: Order, entry: ModuleEntry): Obeyed {
  const { id } = order.module;
  const { attempt } = entry.session;
  const issue = `Cancelled by ${order.login}.${order.rest === '' ? '' : ` ${order.rest}`}`;
  const end = { outcome: 'cancelled', failureType: null, issue, at: situation.world.now } as const;
  const transition = move(situation.state, {
    edge: 'cancel',
    module: id,
    recorded: { completedAt: null, session: { request: null, history: endAttempt(entry, end) } },
    tail: `(attempt ${attempt} cancelled)`,
    command: order.id,
  });
  const now = addStep(situation, { kind: 'record', transition });
  return done(now, cancelled(now, order, attempt));
}

/** Where the request came from it is told that it no longer waits. */
function withdraw(situation: Situation, order: Order, entry: ModuleEntry): Obeyed {
  const { id } = order.module;
  const transition = move(situation.state, {
    edge: 'withdraw',
    module: id,
    recorded: { session: { request: null } },
    tail: '',
    command: order.id,
  });
  const answer = withdrawn(id);
  const told = tellSource(situation, id, entry, answer);
  return done(addStep(told, { kind: 'record', transition }), answer);
}

function cancelled({ state, world }: Situation, { module }: Order, attempt: number): Answer {
  const isLast = attemptsLeft(entryOf(state, module.id), world.config) <= 0;
  return { kind: 'cancelled', module: module.id, attempt, isLast };
}

function withdrawn(module: string): Answer {
  return { kind: 'withdrawn', module };
}
