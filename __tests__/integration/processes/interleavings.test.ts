import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { withoutWaiting } from '../defences/weakened.ts';
import * as real from './interleaving.ts';
import { SCENES } from './scenes.ts';

/** `npm run explore:interleavings` plays 500 of each scene; a few show that they are played. */
const count = Number(process.env['INTERLEAVINGS'] ?? '7');
const SEEDS = Array.from({ length: count }, (_, index) => index + 1);

/** Two to eight at once. */
function runsOf(seed: number): number {
  return 2 + (seed % 7);
}

describe.each(Object.entries(SCENES))(
  'runs at once in this process that are told of %s',
  (_, scene) => {
    let interleaving: real.Interleaving;
    beforeAll(async () => {
      interleaving = await real.Interleaving.prepare(scene);
    });
    afterAll(() => interleaving.close());

    it(
      'begin no session twice, open no issue twice and lose no transition, in whatever order their requests are answered',
      async () => {
        for (const seed of SEEDS) {
          const runs = runsOf(seed);
          const harm = await interleaving.play(runs, seed);
          expect({ seed, runs, harm }).toEqual({ seed, runs, harm: [] });
        }
      },
      30_000 + count * 20_000,
    );
  },
);

describe('without waiting for who is at work on what they claimed', () => {
  afterAll(() => {
    jest.resetModules();
  });

  it('two of them open an escalation each', async () => {
    jest.resetModules();
    const restore = await withoutWaiting();
    const { Interleaving }: typeof real = await import('./interleaving.ts');
    const interleaving = await Interleaving.prepare(SCENES['a module in every stage']);
    const harms: string[] = [];
    for (const seed of [5, 12, 19, 20, 26, 44, 50, 75]) {
      if (harms.length === 0) harms.push(...(await interleaving.play(runsOf(seed), seed)));
    }
    await interleaving.close();
    restore();
    expect(harms).toContain('double issue: Escalation: Core is blocked (Missing type)');
  }, 120_000);
});
