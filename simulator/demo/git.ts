import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Person } from './stage.ts';

const execute = promisify(execFile);

export interface TextFile {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly content: string;
}

/** Clones a branch, writes the files over it and pushes one commit, with the real git; returns the new head. */
export async function pushFiles(
  person: Person,
  push: { readonly branch: string; readonly files: readonly TextFile[]; readonly message: string },
): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sessionwright-demo-'));
  const git = async (...args: string[]): Promise<string> =>
    (await execute('git', args, { cwd: folder, env: gitEnvironment(person) })).stdout.trim();
  try {
    await git('clone', '--quiet', '--depth=1', '--branch', push.branch, person.remote, '.');
    for (const file of push.files) {
      const target = path.join(folder, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.content);
    }
    await git('add', '--all');
    await git('commit', '--quiet', `--message=${push.message}`);
    await git('push', '--quiet', 'origin', `HEAD:${push.branch}`);
    return await git('rev-parse', 'HEAD');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Copies the whole repository, bare, to `repository.git`, without the address it came from: a token is in it. */
export async function cloneBare(person: Person, output: string): Promise<string> {
  const folder = path.join(output, 'repository.git');
  const env = gitEnvironment(person);
  await execute('git', ['clone', '--quiet', '--mirror', person.remote, folder], { env });
  await execute('git', ['remote', 'remove', 'origin'], { cwd: folder, env });
  return folder;
}

/** Lays folders of a bare repository out as files, from each ref in turn; what no ref holds is left out. */
export async function copyFolders(
  repository: string,
  output: string,
  what: { readonly refs: readonly string[]; readonly folders: readonly string[] },
): Promise<void> {
  const index = path.join(repository, 'index');
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_INDEX_FILE: index };
  const git = (...args: string[]) =>
    execute('git', [`--git-dir=${repository}`, `--work-tree=${output}`, ...args], { env });
  for (const ref of what.refs) {
    const { stdout } = await git('ls-tree', '-d', '--name-only', ref, ...what.folders);
    const present = stdout.split('\n').filter(Boolean);
    if (present.length > 0) await git('checkout', '--quiet', ref, '--', ...present);
  }
  await rm(index, { force: true });
}

/** Nothing of the machine's own git settings may change what the story does. */
function gitEnvironment(person: Person): NodeJS.ProcessEnv {
  const email = `${person.login}@users.noreply.example`;
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: person.login,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: person.login,
    GIT_COMMITTER_EMAIL: email,
  };
}
