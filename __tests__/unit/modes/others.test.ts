import { describe, expect, it } from '@jest/globals';
import { watchOthers } from '../../../src/modes/others.ts';

const READ_AT = Date.UTC(2026, 0, 12, 6);

function at(seconds: number): string {
  return new Date(READ_AT + seconds * 1000).toISOString();
}

/** The pauses, in seconds, until nobody can be at work on a tip of that time any more. */
async function pausesFor(
  tip: { readonly revision: string | null; readonly movedAt: string | null },
  made: readonly string[] = [],
): Promise<readonly number[]> {
  let now = READ_AT;
  const pauses: number[] = [];
  const others = watchOthers({
    now: () => now,
    sleep: (milliseconds) => {
      now += milliseconds;
      pauses.push(milliseconds / 1000);
      return Promise.resolve();
    },
  });
  for (const oid of made) {
    const store = others.noting({ commit: () => Promise.resolve(oid) });
    await store.commit({ text: '', message: '', parent: null, beside: [] });
  }
  const wait = others.waitSince(tip);
  for (let round = 1; await wait(round); round += 1);
  return pauses;
}

describe('waiting for other runs', () => {
  it('goes on for a minute after the state moved, with ever longer pauses', async () => {
    expect(await pausesFor({ revision: 'a', movedAt: at(0) })).toEqual([1, 2, 4, 8, 16, 29]);
  });

  it('counts the minute from when the state moved', async () => {
    expect(await pausesFor({ revision: 'a', movedAt: at(-55) })).toEqual([1, 2, 2]);
    expect(await pausesFor({ revision: 'a', movedAt: at(-60) })).toEqual([]);
  });

  it('is over after a minute though GitHub’s clock be ahead of the runner’s', async () => {
    expect(await pausesFor({ revision: 'a', movedAt: at(3600) })).toEqual([1, 2, 4, 8, 16, 29]);
  });

  it('is not for what this run moved itself, nor where there is no state yet', async () => {
    expect(await pausesFor({ revision: 'b', movedAt: at(0) }, ['a', 'b'])).toEqual([]);
    expect(await pausesFor({ revision: null, movedAt: null })).toEqual([]);
  });
});
