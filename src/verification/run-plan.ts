import { commandPassed, RERUNS_LIMIT } from '../domain/verification.ts';
import type { CommandResult, PlannedRun, VerificationResult } from '../domain/verification.ts';
import { checkedOutCommit } from './checkout.ts';
import { describeOutcome, withoutOutput } from './command-report.ts';
import { executeCommand } from './execute-command.ts';
import type { Execution } from './execute-command.ts';
import { graceOf } from './grace.ts';
import { createJobLog } from './job-log.ts';
import type { JobLog } from './job-log.ts';
import { reportProgress } from './progress.ts';
import type { Progress } from './progress.ts';
import type { RunOptions } from './run-options.ts';
import { schedule } from './schedule.ts';
import { setUpCommand, setUpObstacle } from './set-up.ts';
import type { Obstacle } from './set-up.ts';
import { endStrays } from './strays.ts';

/** Runs all that was planned and tells how each command ended, in the plan's order; it never rejects for a command's sake. */
export async function runPlan(run: PlannedRun, options: RunOptions): Promise<VerificationResult> {
  const log = createJobLog(options.write);
  const progress = reportProgress(log, options);
  const site = { run, log, progress, options, deadline: deadlineOf(run, options) };
  const { logFolder = null } = options;
  if (logFolder !== null) log.say(`the whole output of each command is kept in ${logFolder}`);
  try {
    let commands = await runOnce({ ...site, time: 1 });
    for (let again = 1; again <= RERUNS_LIMIT && isToRunAgain(site, commands); again += 1) {
      log.say(`Nothing but infrastructure failed. All is run again (${again} of ${RERUNS_LIMIT}).`);
      commands = await runOnce({ ...site, time: again + 1 });
    }
    const module = run.kind === 'verification' ? run.module : null;
    return { version: 1, kind: run.kind, sha: run.sha, module, commands, shed: [] };
  } finally {
    progress.stop();
  }
}

function isToRunAgain(
  { options, deadline }: Omit<Site, 'time'>,
  commands: readonly CommandResult[],
): boolean {
  if (options.cancellation?.signal.aborted === true || options.now() >= deadline) return false;
  return options.isToRunAgain?.(commands) === true;
}

async function runOnce(site: Site): Promise<readonly CommandResult[]> {
  const { run, options } = site;
  const setUpMark = options.randomToken();
  try {
    const obstacle = (await wrongCommit(run, options)) ?? (await setUp(site, setUpMark));
    return obstacle === null ? await runCommands(site) : runNone(site, obstacle);
  } finally {
    if (isGiven(options.setup)) await endDaemons(setUpMark, options);
  }
}

function endDaemons(mark: string, options: RunOptions): Promise<void> {
  const grace = graceOf(options);
  return endStrays(mark, grace, grace.afterTerm());
}

/** What all commands of one run share. */
interface Site {
  readonly run: PlannedRun;
  readonly log: JobLog;
  readonly progress: Progress;
  readonly options: RunOptions;
  readonly deadline: number;
  /** Which run of all it is, from 1. */
  readonly time: number;
}

function deadlineOf({ timeoutSeconds }: PlannedRun, { now }: RunOptions): number {
  return now() + timeoutSeconds * 1000;
}

function isGiven(script: string | undefined): script is string {
  return script !== undefined && script.trim() !== '';
}

/** A result names the commit it was planned for, so nothing may run on another. */
async function wrongCommit({ sha }: PlannedRun, options: RunOptions): Promise<Obstacle | null> {
  const found = await checkedOutCommit(options);
  if (found === null || found === sha) return null;
  const reason = `The checkout is at ${found.slice(0, 7)}, but ${sha.slice(0, 7)} was planned.`;
  return { reason, tail: '' };
}

/** What the set-up starts as a daemon, such as a database, stays for the commands. */
async function setUp(site: Site, mark: string): Promise<Obstacle | null> {
  const { setup } = site.options;
  const { time } = site;
  if (!isGiven(setup)) return null;
  const command = setUpCommand(setup);
  const result = await execute(site, {
    command,
    live: true,
    logName: logName(0, 'setup', time),
    mark,
    keepsDaemons: true,
  });
  return setUpObstacle(result);
}

async function runCommands(site: Site): Promise<readonly CommandResult[]> {
  const { run, log, options, time } = site;
  const results = new Map<string, CommandResult>();
  const alone = options.parallelism <= 1 || run.commands.length === 1;
  await schedule(run.commands, options.parallelism, {
    async run(command) {
      const result = await execute(site, {
        command,
        live: alone || !command.parallel,
        logName: logName(run.commands.indexOf(command) + 1, command.id, time),
        mark: options.randomToken(),
        keepsDaemons: false,
      });
      results.set(command.id, result);
      return commandPassed(result);
    },
    leaveOut(command, outcome) {
      log.say(`${command.name}: ${describeOutcome(outcome)}`);
      results.set(command.id, withoutOutput(command, outcome));
    },
  });
  return run.commands.flatMap(({ id }) => results.get(id) ?? []);
}

async function execute(
  { log, progress, options, deadline }: Site,
  execution: Omit<Execution, 'secondsLeft'>,
): Promise<CommandResult> {
  const secondsLeft = Math.ceil((deadline - options.now()) / 1000);
  progress.started(execution.command);
  const result = await executeCommand({ ...execution, secondsLeft }, log, options);
  progress.ended(execution.command);
  return result;
}

/** The output that shows why stands under the first command, once. */
function runNone({ run, log }: Site, { reason, tail }: Obstacle): readonly CommandResult[] {
  log.say(`no command is run. ${reason}`);
  return run.commands.map((command, index) => ({
    ...withoutOutput(command, { kind: 'not-started', reason }),
    tail: index === 0 ? tail : '',
  }));
}

/** Numbered as planned, so that a folder lists them in that order. */
function logName(place: number, id: string, time: number): string {
  const name = `${String(place).padStart(2, '0')}-${id}`;
  return time === 1 ? `${name}.log` : `${name}.${time}.log`;
}
