import type { Diagnostic } from '../domain/failure.ts';
import type { CommandOutcome, CommandResult, PlannedCommand } from '../domain/verification.ts';
import { captureOutput, KEPT_JSON_MIB } from './captured-output.ts';
import type { Captured } from './captured-output.ts';
import { commandEnvironment } from './command-environment.ts';
import { describeOutcome, seconds, withoutOutput } from './command-report.ts';
import { graceOf } from './grace.ts';
import type { JobLog } from './job-log.ts';
import { maskBeginning, maskText } from './line-masker.ts';
import { openLogFile } from './log-file.ts';
import { lastLines } from './output-stream.ts';
import { beginsReport, parserInput } from './parser-input.ts';
import { expectReport } from './report-file.ts';
import type { ReportReading } from './report-file.ts';
import { runCommand } from './run-command.ts';
import type { Spawn } from './run-command.ts';
import type { RunOptions } from './run-options.ts';
import { shellOf } from './shell.ts';
import { maskSpelt } from './spelt-secrets.ts';
import { resolveWorkingDirectory } from './working-directory.ts';

const TAIL_LINES = 60;
const TAIL_LENGTH = 8000;
const MAX_DIAGNOSTICS = 100;

const CUT_REPORT = `The JSON it printed was cut at ${KEPT_JSON_MIB} MiB and cannot be read. Have the tool print for people, or write a smaller file and name that as \`report\`.`;

/** One command to run, and what of it its place in the run decides. */
export interface Execution {
  readonly command: PlannedCommand;
  /** Whether it runs alone, so that its output can be shown as it comes. */
  readonly live: boolean;
  /** The name of its file in the folder of logs. */
  readonly logName: string;
  /** What is left of the time for the whole run. */
  readonly secondsLeft: number;
  /** What its processes are known by. */
  readonly mark: string;
  readonly keepsDaemons: boolean;
}

/** Runs one command and tells how it ended; it never rejects for the command's sake. */
export async function executeCommand(
  execution: Execution,
  log: JobLog,
  options: RunOptions,
): Promise<CommandResult> {
  const { command, live, logName, secondsLeft } = execution;
  const directory = resolveWorkingDirectory(options.cwd, command.workingDirectory);
  if (options.cancellation?.signal.aborted === true)
    return notStarted('The run was cancelled.', command, log);
  if (secondsLeft <= 0) return notStarted('The time for the whole run is used up.', command, log);
  if (!directory.ok) return notStarted(directory.reason, command, log);

  const token = options.randomToken();
  const secrets = [...(options.masks ?? []), token];
  const file = await openLogFile(options.logFolder ?? null, logName);
  const title = `${command.name}: ${command.run}`;
  const output = captureOutput({ title, token, live }, log, file);
  const readReport =
    command.report === null ? null : expectReport(options.cwd, command.report, secrets);
  const startedAt = options.now();
  const outcome = await runCommand({
    ...spawnOf(execution, directory.path, options),
    secrets,
    take: output.take,
  });
  const durationMs = Math.max(0, Math.round(options.now() - startedAt));
  const captured = await output.end(summaryOf(execution, outcome, durationMs, options));
  const report = reportText(readReport?.() ?? null, command, log);
  const found = readOutput(captured, report, command, options);
  if (found.hint !== null) log.say(`${command.name}: ${found.hint}`);
  const { digest: logDigest } = captured;
  return { ...withoutOutput(command, outcome), ...found.told, durationMs, logDigest };
}

function spawnOf(
  { command, secondsLeft, mark, keepsDaemons }: Execution,
  cwd: string,
  options: RunOptions,
): Omit<Spawn, 'take' | 'secrets'> {
  return {
    shell: shellOf(command.shell),
    script: command.run,
    cwd,
    env: commandEnvironment(options.env, command.env),
    timeoutSeconds: Math.min(command.timeoutSeconds, secondsLeft),
    grace: graceOf(options),
    signal: options.cancellation?.signal ?? null,
    mark,
    keepsDaemons,
  };
}

function notStarted(reason: string, command: PlannedCommand, log: JobLog): CommandResult {
  const outcome = { kind: 'not-started', reason } as const;
  log.say(`${command.name}: ${describeOutcome(outcome)}`);
  return withoutOutput(command, outcome);
}

function summaryOf(
  { command, logName }: Execution,
  outcome: CommandOutcome,
  durationMs: number,
  { logFolder = null }: RunOptions,
): string {
  const ended = `${command.name}: ${describeOutcome(outcome)} after ${seconds(durationMs)} s`;
  return logFolder === null ? ended : `${ended}; log: ${logName}`;
}

function reportText(
  reading: ReportReading | null,
  command: PlannedCommand,
  log: JobLog,
): string | null {
  if (reading?.ok === true) return reading.text;
  if (reading !== null) log.say(`${command.name}: ${reading.reason} The output is read instead.`);
  return null;
}

interface Found {
  readonly told: Pick<CommandResult, 'diagnostics' | 'diagnosticsOmitted' | 'testsRun' | 'tail'>;
  /** Why less was found than the command told; null where nothing was lost. */
  readonly hint: string | null;
}

/** Secrets go first: what the parsers decode and cut would show a part of one that its spelling hid. */
function readOutput(
  captured: Captured,
  report: string | null,
  command: PlannedCommand,
  { parse, masks = [] }: RunOptions,
): Found {
  const text = maskSpelt(captured.text, masks);
  const spelt = report === null ? null : maskSpelt(report, masks);
  const { diagnostics, testsRun } = parse(parserInput(text), command, spelt);
  const isLost = captured.cut && diagnostics.length === 0 && beginsReport(text);
  const hint = isLost ? CUT_REPORT : null;
  const tail = lastLines(text, TAIL_LINES, TAIL_LENGTH);
  return {
    told: {
      diagnostics: diagnostics
        .slice(0, MAX_DIAGNOSTICS)
        .map((diagnostic) => maskDiagnostic(diagnostic, masks)),
      diagnosticsOmitted: Math.max(0, diagnostics.length - MAX_DIAGNOSTICS),
      testsRun,
      tail: hint === null ? tail : `${tail}\n${hint}`,
    },
    hint,
  };
}

/** A report spells some characters in its own way, so that a secret may be whole only when it is read. */
function maskDiagnostic(diagnostic: Diagnostic, secrets: readonly string[]): Diagnostic {
  const masked = (text: string | null): string | null =>
    text === null ? null : maskText(text, secrets);
  return {
    ...diagnostic,
    file: masked(diagnostic.file),
    code: masked(diagnostic.code),
    message: maskBeginning(maskText(diagnostic.message, secrets), secrets),
  };
}
