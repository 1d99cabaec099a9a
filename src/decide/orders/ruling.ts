import { entryOf, type ModuleEntry, type Ruling } from '../../domain/implementation-state.ts';
import type { Answer } from '../../domain/answer.ts';
import { grantAttempts } from '../attempts.ts';
import { move } from '../move.ts';
import { tellSource } from '../request-source.ts';
import { addStep, type Situation } from '../situation.ts';
import {
  done,
  formFor,
  obeyedBefore,
  refused,
  refusedNow,
  type Obeyed,
  type Order,
} from './order.ts';

/** `/session reopen <reason>`: a module that is complete is pending again; what rests on it stays as it is. */
export function obeyReopen(situation: Situation, order: Order): Obeyed {
  const { module, words } = order;
  const entry = entryOf(situation.state, module.id);
  if (obeyedBefore(entry, order) !== null) return done(situation, reopened(module.id, entry));
  if (entry.status !== 'complete') return refusedNow(situation, order);
  if (words.length === 0) return refused(situation, { kind: 'no-reason', form: formFor(order) });
  const ruling = rulingOf(situation, order, 'reopened');
  const transition = move(situation.state, {
    edge: 'reopen',
    module: module.id,
    recorded: {
      completedAt: null,
      session: {
        maxAttempts: grantAttempts(entry, situation.world.config),
        request: null,
        history: explainLast(entry, ruling),
        ruling,
      },
    },
    tail: `(reopened by ${order.login})`,
    command: order.id,
  });
  const now = addStep(situation, { kind: 'record', transition });
  return done(now, reopened(module.id, entryOf(now.state, module.id)));
}

/** `/session complete <reason>`, by an admin: adopts a module that was built before there were sessions. */
export function obeyComplete(situation: Situation, order: Order): Obeyed {
  const { module, words } = order;
  const entry = entryOf(situation.state, module.id);
  const answer = { kind: 'adopted', module: module.id } as const;
  if (obeyedBefore(entry, order) !== null) return done(situation, answer);
  if (entry.status !== 'pending') return refusedNow(situation, order);
  if (words.length === 0) return refused(situation, { kind: 'no-reason', form: formFor(order) });
  const transition = move(situation.state, {
    edge: 'adopt',
    module: module.id,
    recorded: {
      completedAt: situation.world.now,
      session: { request: null, ruling: rulingOf(situation, order, 'completed') },
    },
    tail: `(adopted by ${order.login})`,
    command: order.id,
  });
  const told = tellSource(situation, module.id, entry, answer);
  return done(addStep(told, { kind: 'record', transition }), answer);
}

function rulingOf(situation: Situation, order: Order, kind: Ruling['kind']): Ruling {
  const reason = order.words.join(' ');
  return { kind, by: order.login, reason, at: situation.world.now };
}

/** The next attempt's document tells of the last one that it was not good enough, and why. */
function explainLast({ session }: ModuleEntry, { by, reason }: Ruling) {
  const last = session.history.at(-1);
  if (last === undefined) return session.history;
  return [...session.history.slice(0, -1), { ...last, issue: `Reopened by ${by}: ${reason}` }];
}

function reopened(module: string, { session }: ModuleEntry): Answer {
  const { attempt, maxAttempts } = session;
  return { kind: 'reopened', module, nextAttempt: attempt + 1, maxAttempts };
}
