import type { JobContext } from './run-context.ts';
import type { OpenStep } from './records.ts';
import type { ProcessEnd } from './processes.ts';
import { runProcess } from './processes.ts';
import type { StepSpec } from './workflow.ts';
import { createCommandReader } from './workflow-commands.ts';
import type { AnnotationLevel } from './workflow-commands.ts';

/** A step that could not do its work; the message is what its log says. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
}

/** A step under way. */
export interface StepContext {
  readonly job: JobContext;
  readonly spec: StepSpec;
  readonly record: OpenStep;
  /** Its `env` context: the job's and its own. */
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Map<string, string>;
  /** Aborted when the step must end: cancelled, stopped or out of time. */
  readonly signal: AbortSignal;
  /** Whether a command in its output made it fail, whatever its exit code. */
  failed: boolean;
}

/** Writes a line to the job's log, masked. */
export function log(job: JobContext, line: string): void {
  job.record.log.push(job.masker.mask(line));
}

/** Writes a line to the log and to the job's annotations, masked. */
export function annotate(job: JobContext, level: AnnotationLevel, message: string): void {
  const masked = job.masker.mask(message);
  job.record.annotations.push({ level, message: masked, properties: {} });
  job.record.log.push(`##[${level}]${masked}`);
}

/** Reads what a step's process prints, obeying the workflow commands in it. */
export function outputReader(step: StepContext): (line: string) => void {
  const { job } = step;
  const read = createCommandReader({
    mask: (value) => job.masker.add(value),
    annotate: (annotation) => {
      const message = job.masker.mask(annotation.message);
      job.record.annotations.push({ ...annotation, message });
    },
    output: (name, value) => step.outputs.set(name, value),
    fail: (message) => {
      step.failed = true;
      annotate(job, 'error', message);
    },
  });
  return (line) => {
    const shown = read(line);
    if (shown !== null) log(job, shown);
  };
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs a process of a step to its end.
 * @throws {StepFailure} if it cannot be started or does not exit with 0.
 */
export async function runCommand(
  step: StepContext,
  command: Command,
  onLine: (line: string) => void,
): Promise<void> {
  const { signal } = step;
  const end = await runProcess({ ...command, onLine, signal, groups: step.job.processGroups });
  if (end.kind === 'exited' && end.code === 0) return;
  throw new StepFailure(describe(end, command));
}

function describe(end: ProcessEnd, command: Command): string {
  if (end.kind === 'aborted') return 'The operation was canceled.';
  if (end.kind === 'exited') return `Process completed with exit code ${end.code}.`;
  return `An error occurred trying to start process '${command.command}' with working directory '${command.cwd}'. ${end.error.message}`;
}
