import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { PlannedCommand } from '../../../src/domain/verification.ts';
import { setUpCommand } from '../../../src/verification/set-up.ts';
import { reportProgress } from '../../../src/verification/progress.ts';

function command(name: string): PlannedCommand {
  return { ...setUpCommand('true'), id: name.toLowerCase(), name };
}

describe('reportProgress', () => {
  let said: string[];
  let clock: number;
  beforeEach(() => {
    jest.useFakeTimers();
    said = [];
    clock = 0;
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function start() {
    return reportProgress({ say: (line) => void said.push(line) }, { now: () => clock });
  }

  function pass(seconds: number): void {
    for (let second = 0; second < seconds; second += 1) {
      clock += 1000;
      jest.advanceTimersByTime(1000);
    }
  }

  it('says each ten seconds who is running and for how long, all in one line', () => {
    const progress = start();
    const [tests, lint] = [command('Tests'), command('Lint')];
    progress.started(tests);
    pass(4);
    progress.started(lint);
    pass(16);
    progress.ended(lint);
    pass(10);
    progress.stop();
    expect(said).toEqual([
      'still running: Tests (10 s), Lint (6.0 s)',
      'still running: Tests (20 s), Lint (16 s)',
      'still running: Tests (30 s)',
    ]);
  });

  it('says nothing where nothing runs, and nothing more when it is stopped', () => {
    const progress = start();
    pass(30);
    progress.started(command('Tests'));
    progress.stop();
    pass(30);
    expect(said).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
