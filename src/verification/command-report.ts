import { createHash } from 'node:crypto';
import type { CommandOutcome, CommandResult, PlannedCommand } from '../domain/verification.ts';

const EMPTY_DIGEST = createHash('sha256').digest('hex');

/** How a command ended before anything is known of what it printed, or where it printed nothing at all. */
export function withoutOutput(command: PlannedCommand, outcome: CommandOutcome): CommandResult {
  return {
    id: command.id,
    name: command.name,
    run: command.run,
    failure: command.failure,
    outcome,
    durationMs: 0,
    diagnostics: [],
    diagnosticsOmitted: 0,
    testsRun: null,
    allowEmpty: command.allowEmpty,
    tail: '',
    logDigest: EMPTY_DIGEST,
  };
}

/** The outcome as the log tells it, fit to follow the command's name. */
export function describeOutcome(outcome: CommandOutcome): string {
  switch (outcome.kind) {
    case 'exited':
      return outcome.exitCode === 0 ? 'passed' : `failed with exit code ${outcome.exitCode}`;
    case 'signalled':
      return `ended by ${outcome.signal}`;
    case 'timed-out':
      return `ended at its limit of ${outcome.afterSeconds} s`;
    case 'not-started':
      return `not started. ${outcome.reason}`;
    case 'skipped':
      return `skipped, since ${outcome.because} did not pass`;
  }
}

/** Whole seconds past ten, tenths below. */
export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0);
}
