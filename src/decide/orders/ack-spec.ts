import { entryOf } from '../../domain/implementation-state.ts';
import { compareSpec } from '../../domain/spec-pack.ts';
import { move } from '../move.ts';
import { addStep, type Situation } from '../situation.ts';
import {
  done,
  isActive,
  obeyedBefore,
  refused,
  refusedNow,
  type Obeyed,
  type Order,
} from './order.ts';

/** `/session ack-spec`: the running session is from now on held to the specification as the base has it. */
export function obeyAckSpec(situation: Situation, order: Order): Obeyed {
  const { id } = order.module;
  const entry = entryOf(situation.state, id);
  const answer = { kind: 'spec-acknowledged', module: id } as const;
  if (obeyedBefore(entry, order) !== null) return done(situation, answer);
  const spec = situation.world.fingerprints.get(id);
  const { sessionId } = entry;
  if (!isActive(entry) || sessionId === null || spec === undefined)
    return refusedNow(situation, order);
  const known = entry.session.spec;
  if (known !== null && compareSpec(known, spec).length === 0) {
    return refused(situation, { kind: 'spec-unchanged', module: id });
  }
  const transition = move(situation.state, {
    edge: 'ack-spec',
    module: id,
    recorded: {
      session: { spec, acknowledged: { sessionId, sha: situation.world.base.sha } },
    },
    tail: '',
    command: order.id,
  });
  return done(addStep(situation, { kind: 'record', transition }), answer);
}
