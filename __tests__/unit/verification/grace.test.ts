import { describe, expect, it } from '@jest/globals';
import { createCancellation } from '../../../src/verification/cancellation.ts';
import { graceOf, isSoon } from '../../../src/verification/grace.ts';

function clockAt(start: number) {
  let time = start;
  return {
    now: () => time,
    pass: (milliseconds: number): void => {
      time += milliseconds;
    },
  };
}

describe('the time between TERM and KILL', () => {
  it('is over by the clock, however often was looked', () => {
    const clock = clockAt(1000);
    const wait = graceOf({ now: clock.now, graceMs: 300 }).afterTerm();
    clock.pass(299);
    for (let looks = 0; looks < 100; looks += 1) expect(wait.isOver()).toBe(false);
    clock.pass(1);
    expect(wait.isOver()).toBe(true);
  });

  it('is over with the run, where that is cancelled, for all that began before or after', () => {
    const clock = clockAt(0);
    const cancellation = createCancellation(clock.now);
    const grace = graceOf({ now: clock.now, graceMs: 5000, cancellation });
    const before = grace.afterTerm();
    clock.pass(1000);
    cancellation.cancel(2000);
    clock.pass(1999);
    const after = grace.afterTerm();
    expect([before.isOver(), after.isOver()]).toEqual([false, false]);
    clock.pass(1);
    expect([before.isOver(), after.isOver(), grace.afterTerm().isOver()]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('is brought nearer by a second cancellation, and never put off', () => {
    const clock = clockAt(0);
    const cancellation = createCancellation(clock.now);
    expect([cancellation.killAt(), cancellation.signal.aborted]).toEqual([Infinity, false]);
    cancellation.cancel(5000);
    clock.pass(1000);
    cancellation.cancel(1000);
    expect([cancellation.killAt(), cancellation.signal.aborted]).toEqual([2000, true]);
    cancellation.cancel(9000);
    expect(cancellation.killAt()).toBe(2000);
  });

  it('is not waited for where nothing is left', async () => {
    const never = { isOver: () => false };
    expect(await isSoon(() => true, never)).toBe(true);
    expect(await isSoon(() => false, { isOver: () => true })).toBe(false);
  });
});
