import { commandPassed } from '../domain/verification.ts';
import type { CommandResult, PlannedRun, VerificationResult } from '../domain/verification.ts';
import { describeOutcome, withoutOutput } from './command-report.ts';
import { executeCommand } from './execute-command.ts';
import { createJobLog } from './job-log.ts';
import { reportProgress } from './progress.ts';
import type { RunOptions } from './run-options.ts';
import { schedule } from './schedule.ts';

/** Runs all that was planned and tells how each command ended, in the plan's order; it never rejects for a command's sake. */
export async function runPlan(run: PlannedRun, options: RunOptions): Promise<VerificationResult> {
  const results = new Map<string, CommandResult>();
  const log = createJobLog(options.write);
  const alone = options.parallelism <= 1 || run.commands.length === 1;
  const progress = reportProgress(log, options);

  await schedule(run.commands, options.parallelism, {
    async run(command) {
      const live = alone || !command.parallel;
      if (!live) progress.started(command);
      const result = await executeCommand(command, live, log, options);
      progress.ended(command);
      results.set(command.id, result);
      return commandPassed(result);
    },
    leaveOut(command, outcome) {
      log.say(`${command.name}: ${describeOutcome(outcome)}`);
      results.set(command.id, withoutOutput(command, outcome));
    },
  }).finally(progress.stop);

  return {
    version: 1,
    kind: run.kind,
    sha: run.sha,
    module: run.kind === 'verification' ? run.module : null,
    commands: run.commands.flatMap(({ id }) => results.get(id) ?? []),
    shed: [],
  };
}
