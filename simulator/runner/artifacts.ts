import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ActionInputs } from './action-inputs.ts';
import { inputOr } from './action-inputs.ts';
import { matchesPattern } from './patterns.ts';
import type { JobContext } from './run-context.ts';
import type { StepContext } from './step-context.ts';
import { annotate, log, StepFailure } from './step-context.ts';

/**
 * `actions/upload-artifact`: the files and directories of `path`, one a line, kept for the run.
 * https://github.com/actions/upload-artifact#usage
 */
export async function uploadArtifact(step: StepContext, inputs: ActionInputs): Promise<void> {
  const { job } = step;
  const name = inputOr(inputs, 'name', 'artifact');
  const target = artifactDirectory(job, name);
  const hidden = inputs['include-hidden-files'] === 'true';
  const sources = await sourcesOf(job, inputs['path'] ?? '', hidden);
  if (sources.files.length === 0) {
    reportNothing(step, inputOr(inputs, 'if-no-files-found', 'warn'), inputs['path'] ?? '');
    return;
  }
  if (existsSync(target)) {
    if (inputs['overwrite'] !== 'true') {
      throw new StepFailure(
        `Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run`,
      );
    }
    await rm(target, { recursive: true });
  }
  for (const file of sources.files) {
    await cp(file, path.join(target, path.relative(sources.root, file)));
  }
  log(job, `Artifact ${name} has been successfully uploaded: ${sources.files.length} file(s)`);
}

/**
 * `actions/download-artifact`: one artifact of this run by `name`, else all that fit `pattern`, each
 * in a directory of its name unless they are merged.
 * https://github.com/actions/download-artifact#usage
 */
export async function downloadArtifact(step: StepContext, inputs: ActionInputs): Promise<void> {
  const { job } = step;
  const target = path.resolve(job.directories.workspace, inputs['path'] ?? '');
  const name = inputs['name'] ?? '';
  await mkdir(target, { recursive: true });
  if (name !== '') {
    const source = artifactDirectory(job, name);
    if (!existsSync(source)) {
      throw new StepFailure(`Unable to download artifact(s): Artifact not found for name: ${name}`);
    }
    await cp(source, target, { recursive: true });
  } else {
    for (const artifact of await artifactNames(job, inputOr(inputs, 'pattern', '*'))) {
      const place = inputs['merge-multiple'] === 'true' ? '' : artifact;
      const source = artifactDirectory(job, artifact);
      await cp(source, path.join(target, place), { recursive: true });
    }
  }
  step.outputs.set('download-path', target);
}

/** https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/path-and-artifact-name-validation.ts */
const FORBIDDEN = /["<>:|*?\r\n\\/]/u;

function artifactDirectory(job: JobContext, name: string): string {
  if (FORBIDDEN.test(name) || name === '.' || name === '..') {
    throw new StepFailure(`The artifact name is not valid: ${name}`);
  }
  return path.join(runDirectory(job), name);
}

function runDirectory(job: JobContext): string {
  const { settings, record } = job.run;
  return path.join(settings.workRoot, 'artifacts', String(record.run.id));
}

async function artifactNames(job: JobContext, pattern: string): Promise<readonly string[]> {
  const directory = runDirectory(job);
  if (!existsSync(directory)) return [];
  return (await readdir(directory)).filter((name) => matchesPattern(pattern, name)).sort();
}

function reportNothing(step: StepContext, mode: string, searched: string): void {
  const message = `No files were found with the provided path: ${searched}. No artifacts will be uploaded.`;
  if (mode === 'error') throw new StepFailure(message);
  if (mode === 'ignore') log(step.job, message);
  else annotate(step.job, 'warning', message);
}

interface Sources {
  readonly root: string;
  readonly files: readonly string[];
}

/** The files found, and the directory above which no path of theirs is kept. */
async function sourcesOf(job: JobContext, search: string, hidden: boolean): Promise<Sources> {
  const { workspace } = job.directories;
  const lines = search.split('\n').flatMap((line) => line.trim() || []);
  const wanted = lines.filter((line) => !line.startsWith('!'));
  const excluded = lines
    .filter((line) => line.startsWith('!'))
    .map((line) => path.resolve(workspace, line.slice(1)));
  const bases = wanted.map((line) => path.resolve(workspace, fixedPart(line)));
  const files: string[] = [];
  for (const [index, line] of wanted.entries()) {
    const base = bases[index] ?? workspace;
    const pattern = line.includes('*') ? path.resolve(workspace, line) : null;
    for (const file of await filesUnder(base, hidden)) {
      if (pattern !== null && !matchesPattern(pattern, file)) continue;
      if (!excluded.some((one) => isWithin(one, file))) files.push(file);
    }
  }
  const roots = await Promise.all(bases.map(directoryOf));
  return { root: commonDirectory(roots, workspace), files: [...new Set(files)] };
}

/** The part of a search path before its first wildcard. */
function fixedPart(line: string): string {
  const wildcard = line.split('/').findIndex((part) => part.includes('*'));
  return wildcard < 0 ? line : line.split('/').slice(0, wildcard).join('/') || '.';
}

function isWithin(pattern: string, file: string): boolean {
  return matchesPattern(pattern, file) || file.startsWith(`${pattern}/`);
}

async function filesUnder(base: string, hidden: boolean): Promise<readonly string[]> {
  if (!existsSync(base)) return [];
  if ((await stat(base)).isFile()) return [base];
  const entries = await readdir(base, { withFileTypes: true });
  const shown = entries.filter((entry) => hidden || !entry.name.startsWith('.'));
  const nested = await Promise.all(
    shown.map(async (entry) => filesUnder(path.join(base, entry.name), hidden)),
  );
  return nested.flat();
}

async function directoryOf(base: string): Promise<string> {
  if (!existsSync(base)) return base;
  return (await stat(base)).isFile() ? path.dirname(base) : base;
}

function commonDirectory(directories: readonly string[], fallback: string): string {
  const [first = fallback, ...others] = directories;
  return others.reduce((common, directory) => {
    const parts = directory.split('/');
    const shared = common.split('/').findIndex((part, index) => part !== parts[index]);
    return shared < 0 ? common : common.split('/').slice(0, shared).join('/') || '/';
  }, first);
}
