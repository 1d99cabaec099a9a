import { EDGES, type Cause } from '../../../../src/decide/transitions.ts';
import { DECISIONS, REQUESTS, VERIFICATIONS } from './moves.ts';
import type { Scenario } from './scenario.ts';

const LOST_CAUSES: Readonly<Partial<Record<Cause, Cause>>> = {
  label: 'lost-label',
  comment: 'lost-comment',
};

/** Each way that a label or a comment leads, once more with its event lost: the sweep finds it. */
export const LOST: readonly Scenario[] = [...REQUESTS, ...VERIFICATIONS, ...DECISIONS].flatMap(
  (scenario) => {
    const cause = LOST_CAUSES[scenario.cause];
    if (cause === undefined || !(cause in EDGES[scenario.edge].by)) return [];
    return [{ ...scenario, cause, name: `${scenario.name}, and the sweep finds it` }];
  },
);
