import { describe, expect, it } from '@jest/globals';
import { LOST } from './lost.ts';
import { play } from './scenario.ts';

describe('scenario', () => {
  it.each(LOST.map((scenario) => [scenario.name, scenario] as const))(
    'scenario: %s',
    async (_, scenario) => {
      const { writes, log } = await play(scenario);
      expect({
        moved: log.filter((line) => line.startsWith(scenario.moved)).length,
        writes,
      }).toEqual({ moved: 1, writes: scenario.writes });
    },
  );
});
