import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Explorer } from './explore.ts';
import { scenarioNamed } from './scenarios.ts';

/** Tests that a scenario comes to the same end after any one fault at any of its calls, and after any trouble with its events. */
export function testScenario(name: string): void {
  describe(`the scenario ${name}`, () => {
    let explorer: Explorer;
    beforeAll(async () => {
      explorer = await Explorer.prepare(scenarioNamed(name));
    });
    afterAll(() => explorer.close());

    it('comes to rest without faults, and knows every endpoint and field that is asked for', () => {
      expect(explorer.whole).toMatchObject({ quiet: true, failures: [] });
      expect(explorer.unknown()).toEqual([]);
    });

    it('comes to the same end after every single fault at each of its calls', async () => {
      const { schedules, diverged, divergences } = await explorer.explore(1);
      expect(divergences).toEqual([]);
      expect(diverged).toBe(0);
      expect(schedules).toBeGreaterThan(50);
      expect(explorer.unknown()).toEqual([]);
    }, 300_000);

    it('comes to the same end with its events doubled, dropped, or in another order', async () => {
      const { divergences } = await explorer.disorder();
      expect(divergences).toEqual([]);
    }, 300_000);
  });
}
