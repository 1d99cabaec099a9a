import { entryOf } from '../../domain/implementation-state.ts';
import { refuseRequest, requestModule } from '../requests.ts';
import type { Situation } from '../situation.ts';
import { done, obeyedBefore, refused, type Obeyed, type Order } from './order.ts';

/** `/session start <module>`: whether it starts or waits is told by the queue, where it was asked. */
export function obeyStart(situation: Situation, order: Order): Obeyed {
  const { module, login, source } = order;
  const answer = { kind: 'requested', module: module.id } as const;
  if (obeyedBefore(entryOf(situation.state, module.id), order) !== null) {
    return done(situation, answer);
  }
  const refusal = refuseRequest(situation, module.id);
  if (refusal !== null) return refused(situation, refusal);
  const request = { source, by: login, at: situation.world.now };
  return done(requestModule(situation, module.id, request, order.id), answer);
}
