import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FileCommandError, parseEntries, parsePaths } from './env-files.ts';
import type { StepContext } from './step-context.ts';
import { annotate } from './step-context.ts';

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const MAX_SUMMARY_BYTES = 1024 * 1024;

const FILES = {
  GITHUB_ENV: 'set_env',
  GITHUB_OUTPUT: 'set_output',
  GITHUB_PATH: 'add_path',
  GITHUB_STATE: 'save_state',
  GITHUB_STEP_SUMMARY: 'step_summary',
} as const;

/** The files a step writes to the runner through; each step has its own, empty at first. */
export type FileCommands = Readonly<Record<keyof typeof FILES, string>>;

export async function openFileCommands(temp: string): Promise<FileCommands> {
  const folder = path.join(temp, '_runner_file_commands');
  await mkdir(folder, { recursive: true });
  const suffix = randomUUID();
  const place = (prefix: string): string => path.join(folder, `${prefix}_${suffix}`);
  const files = {
    GITHUB_ENV: place(FILES.GITHUB_ENV),
    GITHUB_OUTPUT: place(FILES.GITHUB_OUTPUT),
    GITHUB_PATH: place(FILES.GITHUB_PATH),
    GITHUB_STATE: place(FILES.GITHUB_STATE),
    GITHUB_STEP_SUMMARY: place(FILES.GITHUB_STEP_SUMMARY),
  };
  await Promise.all(Object.values(files).map((file) => writeFile(file, '')));
  return files;
}

/** Takes over what a step wrote to its files; one that cannot be read makes the step fail. */
export async function applyFileCommands(step: StepContext, files: FileCommands): Promise<void> {
  const { job } = step;
  const apply = async (file: string, use: (text: string) => void): Promise<void> => {
    try {
      use(await readFile(file, 'utf8'));
    } catch (error) {
      if (!(error instanceof FileCommandError)) throw error;
      const kind = path.basename(file).replace(/_[^_]+$/u, '');
      annotate(job, 'error', `Unable to process file command '${kind}' successfully.`);
      annotate(job, 'error', error.message);
      step.failed = true;
    }
  };
  await apply(files.GITHUB_OUTPUT, (text) => {
    for (const { name, value } of parseEntries(text)) step.outputs.set(name, value);
  });
  await apply(files.GITHUB_ENV, (text) => {
    for (const { name, value } of parseEntries(text)) setVariable(step, name, value);
  });
  await apply(files.GITHUB_PATH, (text) => {
    for (const directory of parsePaths(text)) job.path.push(directory);
  });
  await apply(files.GITHUB_STEP_SUMMARY, (text) => keepSummary(step, text));
  await Promise.all(Object.values(files).map((file) => rm(file, { force: true })));
}

/** https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs */
function setVariable(step: StepContext, name: string, value: string): void {
  if (name.toUpperCase() === 'NODE_OPTIONS') {
    annotate(
      step.job,
      'error',
      `Can't store ${name} output parameter using '$GITHUB_ENV' command.`,
    );
    return;
  }
  step.job.env.set(name, value);
}

/** A summary that is too large is dropped with an error, and the step's result stays as it is. */
function keepSummary(step: StepContext, text: string): void {
  const size = Buffer.byteLength(text);
  if (size <= MAX_SUMMARY_BYTES) {
    step.record.summary = step.job.masker.mask(text);
    return;
  }
  const limit = `${MAX_SUMMARY_BYTES / 1024}k`;
  annotate(
    step.job,
    'error',
    `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${limit}, got ${Math.floor(size / 1024)}k.`,
  );
}
