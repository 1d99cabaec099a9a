import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Explorer } from './explore.ts';
import { scenarioNamed } from './scenarios.ts';

/**
 * `npm test` plays each fifth schedule, so that it stays within a quarter of an hour; `EXPLORE=all npm test` and
 * `npm run explore -- --singles` play all.
 */
const EVERY = process.env['EXPLORE'] === 'all' ? 1 : 5;

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

    it(`comes to the same end after single faults at its calls, 1 in ${EVERY} of all`, async () => {
      const { played, diverged } = await explorer.explore(1, EVERY);
      expect(diverged.map(({ seed, why }) => [seed, ...why])).toEqual([]);
      expect(played).toBeGreaterThan(50 / EVERY);
      expect(explorer.unknown()).toEqual([]);
    }, 300_000);

    it('comes to the same end with its events doubled, dropped, or in another order', async () => {
      const { diverged } = await explorer.disorder();
      expect(diverged.map(({ seed, why }) => [seed, ...why])).toEqual([]);
    }, 300_000);
  });
}
