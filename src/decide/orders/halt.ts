import { entryOf } from '../../domain/implementation-state.ts';
import type { Answer } from '../../domain/answer.ts';
import { nearestTypes, typesOf } from '../command-target.ts';
import { halt } from '../halts.ts';
import type { Situation } from '../situation.ts';
import {
  done,
  formFor,
  isActive,
  obeyedBefore,
  refused,
  refusedNow,
  refuseMerged,
  type Obeyed,
  type Order,
} from './order.ts';

/** `/session halt <failure-type> <reason>`: blocks the module and escalates it, in the words of who says so. */
export function obeyHalt(situation: Situation, order: Order): Obeyed {
  const { module, words, login } = order;
  const [failureType = null, ...others] = words;
  const reason = others.join(' ');
  const entry = entryOf(situation.state, module.id);
  const answer = { kind: 'halted', module: module.id, failureType } as const;
  if (obeyedBefore(entry, order) !== null) return done(situation, answer);
  if (entry.status === 'blocked') return refusedNow(situation, order);
  const types = typesOf(situation.world);
  const refuse = (why: (Answer & { kind: 'halt-refused' })['why']): Obeyed => {
    const nearest = nearestTypes(situation.world, failureType ?? '');
    return refused(situation, { kind: 'halt-refused', why, types, nearest, form: formFor(order) });
  };
  if (!isActive(entry)) return refuse('no-session');
  if (failureType === null || !types.includes(failureType)) return refuse('unknown-type');
  if (reason === '') return refuse('no-reason');
  const merged = refuseMerged(situation, order);
  if (merged !== null) return merged;
  return done(halt(situation, module, { failureType, reason, by: { login } }, order.id), answer);
}
