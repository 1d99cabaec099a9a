import { execa } from 'execa';

/** Reading a large repository's history takes a second, not a minute. */
const TIMEOUT_MS = 60_000;

/** What is asked of git, all of it reading. */
export interface Git {
  /** A command's output as text without its last line end; null where git refuses, as for a ref that is not there. */
  text(...args: readonly string[]): Promise<string | null>;
  /** A file of a commit as it is stored; null where the commit has none. */
  bytes(rev: string, path: string): Promise<Uint8Array | null>;
}

/**
 * The git of a folder, which need not be a checkout: then every question is answered with null. It takes no locks
 * and asks for no password, so that looking never gets into the way of somebody who works there.
 */
export function createGit(folder: string, env: Readonly<Record<string, string | undefined>>): Git {
  const run = (args: readonly string[]) =>
    execa('git', args, {
      cwd: folder,
      env: { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
      timeout: TIMEOUT_MS,
      encoding: 'buffer',
      maxBuffer: 64 * 1024 * 1024,
    });
  return {
    async text(...args) {
      const { exitCode, stdout } = await run(args);
      return exitCode === 0 ? new TextDecoder().decode(stdout).replace(/\n$/u, '') : null;
    },
    async bytes(rev, path) {
      const { exitCode, stdout } = await run(['cat-file', 'blob', `${rev}:${path}`]);
      return exitCode === 0 ? stdout : null;
    },
  };
}

/** The commit a name stands for, or null. */
export function commitOf(git: Git, name: string): Promise<string | null> {
  return git.text('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
}
