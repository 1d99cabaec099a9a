import { describe, expect, it } from '@jest/globals';
import type { CommandName } from '../../../../src/domain/commands.ts';
import { endOf } from '../../../../src/decide/move.ts';
import { EDGES, type EdgeId } from '../../../../src/decide/transitions.ts';
import { STATUSES, type Status } from '../../../../src/domain/implementation-state.ts';
import { LOST } from './lost.ts';
import { DECISIONS, REQUESTS, VERIFICATIONS } from './moves.ts';
import { REFUSALS } from './refusals.ts';
import type { Scenario } from './scenario.ts';

const SCENARIOS = [...REQUESTS, ...VERIFICATIONS, ...DECISIONS, ...LOST];
const EDGE_IDS = Object.keys(EDGES) as readonly EdgeId[];

/** The edges that a command goes along, where a status allows one. */
const COMMAND_EDGES: Readonly<Record<Exclude<CommandName, 'help' | 'status'>, readonly EdgeId[]>> =
  {
    start: ['request'],
    retry: ['retry', 'rearm'],
    halt: ['halt'],
    // It moves nothing, but needs a session: wherever a HALT could go, and where one went.
    verify: ['halt', 'resolve'],
    'ack-spec': ['ack-spec'],
    cancel: ['cancel'],
    reopen: ['reopen'],
    complete: ['adopt'],
  };

/** What the table holds and the scenarios do not. */
function missing(scenarios: readonly Scenario[]): readonly string[] {
  return EDGE_IDS.flatMap((edge) => {
    const { by, from } = EDGES[edge];
    const played = scenarios.filter((scenario) => scenario.edge === edge);
    return [
      ...Object.keys(by)
        .filter((cause) => !played.some((scenario) => scenario.cause === cause))
        .map((cause) => `${edge}: caused by ${cause}`),
      ...from
        .filter((status) => !played.some((scenario) => scenario.from === status))
        .map((status) => `${edge}: from ${status}`),
    ];
  });
}

function refusedStatuses(edges: readonly EdgeId[]): readonly Status[] {
  return STATUSES.filter((status) => edges.every((edge) => endOf(edge, status) === null));
}

describe('the scenarios', () => {
  it('play every edge of the table, from each status and by each trigger that can cause it', () => {
    expect(missing(SCENARIOS)).toEqual([]);
  });

  it('would be missed: without those of an edge, its causes and starts are named', () => {
    const without = SCENARIOS.filter((scenario) => scenario.edge !== 'withdraw');
    expect(missing(without)).toEqual([
      'withdraw: caused by comment',
      'withdraw: caused by lost-comment',
      'withdraw: from pending',
    ]);
  });

  it('play no way that the table does not have', () => {
    for (const { name, edge, from, cause, moved } of SCENARIOS) {
      const to = endOf(edge, from);
      expect({ name, to, isCause: cause in EDGES[edge].by }).toEqual({
        name,
        to: expect.any(String),
        isCause: true,
      });
      const told =
        to === from ? /requested|withdrawn|moved|acknowledged|\(attempt/u : `${from} → ${to ?? ''}`;
      expect(moved).toMatch(told);
    }
  });

  it('have names of their own', () => {
    const names = SCENARIOS.map((scenario) => scenario.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('refuse every command in every status that it leads nowhere from', () => {
    const refused = Object.entries(COMMAND_EDGES).flatMap(([command, edges]) =>
      refusedStatuses(edges).map((status) => `${command} while ${status}`),
    );
    const played = REFUSALS.map(({ command, status }) => `${command} while ${status}`);
    // A retry of what was tried before is a request; of what was not, it is refused.
    expect([...played].sort()).toEqual([...refused].sort());
  });
});
