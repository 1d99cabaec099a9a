import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { playRound } from './round.ts';
import { buildAction, type BuiltAction } from './world.ts';

/** `npm run explore:processes` plays 50 rounds of up to 32 processes; here a few small ones show that the rounds are true. */
const ROUNDS = [2, 6];

describe('processes that are told to start, verify and complete at once', () => {
  let action: BuiltAction;
  beforeAll(async () => {
    action = await buildAction();
  }, 60_000);
  afterAll(() => action.remove());

  it.each(ROUNDS)(
    '%i of them begin no session twice, open no issue twice and lose no transition',
    async (processes) => {
      expect((await playRound(action, processes)).harm).toEqual([]);
    },
    120_000,
  );
});
