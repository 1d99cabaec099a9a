import { join } from 'node:path';
import { execa } from 'execa';
import { commandEnvironment } from './command-environment.ts';
import type { RunOptions } from './run-options.ts';

const TIMEOUT_MS = 10_000;

/** The commit that is checked out; null where no git can tell, as where the files came as an archive. */
export async function checkedOutCommit({
  cwd,
  env,
}: Pick<RunOptions, 'cwd' | 'env'>): Promise<string | null> {
  const { stdout } = await execa(
    'git',
    ['--git-dir', join(cwd, '.git'), 'rev-parse', '--verify', 'HEAD'],
    {
      env: commandEnvironment(env, {}),
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
      timeout: TIMEOUT_MS,
    },
  );
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(stdout) ? stdout : null;
}
