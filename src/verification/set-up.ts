import { commandPassed } from '../domain/verification.ts';
import type { CommandResult, PlannedCommand } from '../domain/verification.ts';

/** What installs a project's tools should not take longer; the time for the whole run bounds it too. */
const SET_UP_SECONDS = 30 * 60;

/** Why no command can be run at all, with the output that shows it. */
export interface Obstacle {
  readonly reason: string;
  readonly tail: string;
}

/** The set-up, as a command like any other: what a branch's install scripts print is no safer than its tests. */
export function setUpCommand(script: string): PlannedCommand {
  return {
    id: 'setup',
    name: 'Set-up',
    run: script,
    failure: 'infrastructure',
    env: {},
    shell: null,
    workingDirectory: null,
    timeoutSeconds: SET_UP_SECONDS,
    needs: [],
    parallel: false,
    report: null,
    allowEmpty: true,
  };
}

/** Null where the set-up passed. */
export function setUpObstacle(result: CommandResult): Obstacle | null {
  if (commandPassed(result)) return null;
  const { run, tail } = result;
  return { reason: reasonOf(result), tail: tail === '' ? '' : `Set-up: ${run}\n${tail}` };
}

function reasonOf({ outcome }: CommandResult): string {
  switch (outcome.kind) {
    case 'exited':
      return `The set-up failed with exit code ${outcome.exitCode}.`;
    case 'signalled':
      return `The set-up was ended by ${outcome.signal}.`;
    case 'timed-out':
      return `The set-up took over ${outcome.afterSeconds} s.`;
    case 'not-started':
      return outcome.reason;
    case 'skipped':
      return 'The set-up was skipped.';
  }
}
