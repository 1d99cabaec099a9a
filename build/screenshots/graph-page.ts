import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const PROGRAM = path.resolve(import.meta.dirname, '../../dist/cli.js');

/** The modules' page as `sessionwright graph` draws it in the demo's repository, at the time of its first escalation. */
export async function writeGraphPage(demo: string, file: string): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'screenshots-'));
  const git = async (...args: string[]): Promise<string> =>
    (await execute('git', args, { cwd: folder })).stdout.trim();
  try {
    const bare = path.join(demo, 'repository.git');
    await git('clone', '--quiet', '--branch', 'main', bare, '.');
    const state = 'refs/remotes/origin/sessionwright-state';
    const escalated = await git('log', '--reverse', '--grep=: escalation #', '--format=%H', state);
    await git('update-ref', state, escalated.split('\n')[0] ?? '');
    await git('remote', 'set-url', 'origin', 'https://github.com/acme/plex-client.git');
    const drawn = await execute(process.execPath, [PROGRAM, 'graph', '--format', 'html'], {
      cwd: folder,
    });
    await writeFile(file, drawn.stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
