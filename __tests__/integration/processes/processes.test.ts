import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { playRound, type Round } from './round.ts';
import { SCENES } from './scenes.ts';
import { buildAction, type BuiltAction } from './world.ts';

/** `npm run explore:processes` plays 50 rounds, spread over these; two small ones show that the rounds are true. */
const SIZES = [2, 6, 3, 4, 8, 12, 16, 24, 32];
const count = Number(process.env['PROCESS_ROUNDS'] ?? '2');
const ROUNDS = Array.from({ length: count }, (_, round) => {
  const scene = round % 2 === 0 ? 'a module in every stage' : 'a first request';
  return { round: round + 1, processes: SIZES[round % SIZES.length] ?? 2, scene } as const;
});

describe('processes that are told of the same things at once', () => {
  const played: Round[] = [];
  let action: BuiltAction;
  beforeAll(async () => {
    action = await buildAction();
  }, 60_000);
  afterAll(async () => {
    await action.remove();
    if (count > 2) process.stdout.write(`${figures(played)}\n`);
  });

  it.each(ROUNDS)(
    'begin no session twice, open no issue twice and lose no transition: round $round, $processes processes, $scene',
    async ({ processes, scene }) => {
      const round = await playRound(action, SCENES[scene], processes);
      played.push(round);
      expect(round.harm).toEqual([]);
    },
    300_000,
  );
});

function figures(rounds: readonly Round[]): string {
  const sum = (of: (round: Round) => number): string =>
    String(rounds.reduce((total, round) => total + of(round), 0));
  const held = rounds.filter((round) => round.harm.length === 0).length;
  return `${String(rounds.length)} rounds, ${String(held)} held: ${sum((round) => round.processes)} processes, of which ${sum((round) => round.gaveUp)} gave up cleanly for the next run to go on; ${sum((round) => round.repeated)} comments were said again.`;
}
