import { describe, expect, it } from '@jest/globals';
import { Deaths } from './deaths.ts';
import { DECISIONS, REQUESTS, VERIFICATIONS } from './moves.ts';

const SCENARIOS = [...REQUESTS, ...VERIFICATIONS, ...DECISIONS];

describe('scenario: a run that dies after any of its writes', () => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    'scenario: is finished by its event and the sweep: %s',
    async (_, scenario) => {
      const deaths = await Deaths.prepare(scenario);
      try {
        const whole = await deaths.after(null);
        expect({ ...whole, isQuiet: true }).toEqual(whole);
        for (let write = 1; write < whole.writes; write += 1) {
          const cut = await deaths.after(write);
          expect({ ...cut, writes: write }).toEqual({ ...whole, writes: write });
        }
      } finally {
        await deaths.close();
      }
    },
    60_000,
  );
});
