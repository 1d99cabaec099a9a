import type { CommandResult, PlannedCommand } from '../domain/verification.ts';
import { createBoundedText } from './bounded-text.ts';
import { commandEnvironment } from './command-environment.ts';
import { describeOutcome, seconds, withoutOutput } from './command-report.ts';
import type { JobLog } from './job-log.ts';
import { lastLines } from './output-stream.ts';
import { runCommand } from './run-command.ts';
import type { Spawn } from './run-command.ts';
import type { RunOptions } from './run-options.ts';
import { shellOf } from './shell.ts';
import { resolveWorkingDirectory } from './working-directory.ts';

/** What is kept of one command's output for the parsers: the first and the last 2 Mi characters. */
const KEPT_OUTPUT = 4 * 1024 * 1024;

const TAIL_LINES = 60;
const TAIL_LENGTH = 8000;
const MAX_DIAGNOSTICS = 100;
const GRACE_MS = 5000;

/** Runs one command and prints it: as it goes where it runs `live`, in one piece when it is over elsewhere. */
export async function executeCommand(
  command: PlannedCommand,
  live: boolean,
  log: JobLog,
  options: RunOptions,
): Promise<CommandResult> {
  const directory = resolveWorkingDirectory(options.cwd, command.workingDirectory);
  if (options.signal?.aborted === true) return notStarted('The run was cancelled.', command, log);
  if (!directory.ok) return notStarted(directory.reason, command, log);

  const token = options.randomToken();
  const title = `${command.name}: ${command.run}`;
  const group = live ? log.openLive(title, token) : null;
  const output = createBoundedText(KEPT_OUTPUT);
  const startedAt = options.now();
  const { outcome, digest } = await runCommand({
    ...spawnOf(command, directory.path, token, options),
    onText(text) {
      output.push(text);
      group?.write(text);
    },
  });
  const durationMs = Math.max(0, options.now() - startedAt);
  const text = output.text();
  const summary = `${command.name}: ${describeOutcome(outcome)} after ${seconds(durationMs)} s`;
  if (group === null) log.printWhole(title, token, text, summary);
  else group.end(summary);
  const report = { ...withoutOutput(command, outcome), ...readOutput(text, command, options) };
  return { ...report, durationMs, logDigest: digest };
}

/** The token is masked like a secret: a child that came to know it still could not print it. */
function spawnOf(
  command: PlannedCommand,
  cwd: string,
  token: string,
  options: RunOptions,
): Omit<Spawn, 'onText'> {
  return {
    shell: shellOf(command.shell),
    script: command.run,
    cwd,
    env: commandEnvironment(options.env, command.env),
    timeoutSeconds: command.timeoutSeconds,
    graceMs: options.graceMs ?? GRACE_MS,
    secrets: [...(options.masks ?? []), token],
    signal: options.signal ?? null,
  };
}

function notStarted(reason: string, command: PlannedCommand, log: JobLog): CommandResult {
  const outcome = { kind: 'not-started', reason } as const;
  log.say(`${command.name}: ${describeOutcome(outcome)}`);
  return withoutOutput(command, outcome);
}

function readOutput(
  text: string,
  command: PlannedCommand,
  { parse }: RunOptions,
): Pick<CommandResult, 'diagnostics' | 'diagnosticsOmitted' | 'testsRun' | 'tail'> {
  const { diagnostics, testsRun } = parse(text, command);
  return {
    diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS),
    diagnosticsOmitted: Math.max(0, diagnostics.length - MAX_DIAGNOSTICS),
    testsRun,
    tail: lastLines(text, TAIL_LINES, TAIL_LENGTH),
  };
}
