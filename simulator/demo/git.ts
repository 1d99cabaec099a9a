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

/** A bare copy of the whole repository, as it is at the end. */
export async function cloneBare(person: Person, folder: string): Promise<void> {
  await execute('git', ['clone', '--quiet', '--mirror', person.remote, folder], {
    env: gitEnvironment(person),
  });
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
