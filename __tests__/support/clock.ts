import type { Time } from '../../src/domain/time.ts';

/** A clock that somebody sets forward. */
export function clock(): Time & { pass(hours: number): void } {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    sleep: () => Promise.resolve(),
    pass: (hours) => {
      ahead += hours * 3_600_000;
    },
  };
}
