import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Asker, Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

const exec = promisify(execFile);
const EXAMPLE = path.resolve(import.meta.dirname, '../../examples/plex-client');

const AUTHOR = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com'];

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in this process, as somebody would at a terminal or in a script. */
export async function sessionwright(
  cwd: string,
  argv: readonly string[],
  change: Partial<Io> & { readonly terminal?: boolean } = {},
): Promise<Ended> {
  const { terminal = false, ...io } = change;
  const [out, err]: [string[], string[]] = [[], []];
  let ids = 0;
  const exitCode = await main(argv, {
    stdout: { write: (text) => void out.push(text), isTerminal: terminal },
    stderr: { write: (text) => void err.push(text), isTerminal: terminal },
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    interactive: false,
    asker: () => Promise.reject(new Error('Nobody is to be asked.')),
    now: () => '2026-01-12T09:30:00.000Z',
    newId: () => `550e8400-e29b-41d4-a716-44665544${String(ids++).padStart(4, '0')}`,
    onInterrupt: () => () => undefined,
    ...io,
  });
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

/** Answers questions in their order. */
export function answering(...answers: readonly (string | boolean | null)[]): Partial<Io> {
  const left = [...answers];
  const next = () => Promise.resolve(left.shift());
  const asker: Asker = {
    text: async () => (await next()) as string | null,
    confirm: async () => (await next()) as boolean | null,
  };
  return { interactive: true, asker: () => Promise.resolve(asker) };
}

/** Folders that are gone after the tests. */
export function temporaryFolders() {
  const folders: string[] = [];
  return {
    async empty(): Promise<string> {
      const folder = await mkdtemp(path.join(tmpdir(), 'sessionwright-cli-'));
      folders.push(folder);
      return folder;
    },
    /** A checkout of the example, all of it committed on `main`. */
    async example(): Promise<string> {
      const folder = await this.empty();
      await cp(EXAMPLE, folder, {
        recursive: true,
        filter: (source) => !source.includes('node_modules'),
      });
      await git(folder, 'init', '--quiet', '--initial-branch=main');
      await commitAll(folder, 'feat: the spec pack');
      return folder;
    },
    async remove(): Promise<void> {
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}

export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await exec('git', [...AUTHOR, ...args], { cwd: folder });
  return stdout.trim();
}

export async function commitAll(folder: string, message: string): Promise<void> {
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--message', message);
}
