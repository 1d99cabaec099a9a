import type { CommandResult } from '../domain/verification.ts';
import { count } from './wording.ts';

/** How a command ended, fit to follow its name; plain text that has yet to be escaped. */
export function commandResultWords({ outcome, testsRun, allowEmpty }: CommandResult): string {
  switch (outcome.kind) {
    case 'exited':
      if (outcome.exitCode !== 0) return `failed with exit code ${String(outcome.exitCode)}`;
      if (testsRun === 0 && !allowEmpty) return 'ran no test';
      return testsRun === null ? 'passed' : `passed (${count(testsRun, 'test')})`;
    case 'signalled':
      return `ended by ${outcome.signal}`;
    case 'timed-out':
      return `stopped after ${count(outcome.afterSeconds, 'second')}`;
    case 'not-started':
      return `not started: ${outcome.reason}`;
    case 'skipped':
      return `skipped, since ${outcome.because} did not pass`;
  }
}

/** The sign of a result in a table. */
export function commandResultSign({ outcome, testsRun, allowEmpty }: CommandResult): string {
  if (outcome.kind === 'skipped') return '⏭️';
  const isPassed = outcome.kind === 'exited' && outcome.exitCode === 0;
  return isPassed && (testsRun !== 0 || allowEmpty) ? '✅' : '❌';
}
