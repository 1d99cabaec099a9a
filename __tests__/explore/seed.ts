import { isBlowName } from './blows.ts';
import type { Schedule } from './job-take.ts';

/** A schedule in one word, such as `start:7=lost,12=dies-before`. */
export function renderSeed(scenario: string, schedule: Schedule): string {
  return `${scenario}:${schedule.map(({ at, blow }) => `${at}=${blow}`).join(',')}`;
}

/** @throws Error where it is no seed. */
export function parseSeed(seed: string): {
  readonly scenario: string;
  readonly schedule: Schedule;
} {
  const [scenario = '', strikes = ''] = seed.split(':');
  const schedule = strikes.split(',').flatMap((strike) => {
    const [at, blow = ''] = strike.split('=');
    if (strike === '') return [];
    if (!isBlowName(blow)) throw new Error(`There is no fault ${blow}.`);
    return [{ at: Number(at), blow }];
  });
  return { scenario, schedule };
}
