import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { loadStory } from '../../examples/plex-client-coder/story.ts';

const HOME = path.resolve(import.meta.dirname, '../..');

it('ends the demo with an error that names the module, if any scripted solution has a type error', async () => {
  const modules = [...new Set(loadStory().sessions.map((session) => session.module))];
  const module = modules[randomInt(modules.length)] ?? '';
  console.log(`The type error goes into ${module}.`);
  const output = await mkdtemp(path.join(os.tmpdir(), 'sessionwright-broken-'));
  const { code, said } = await runDemo(['--break', module, '--output', output]);
  await rm(output, { recursive: true, force: true });
  expect({ code, module, said }).toEqual({
    code: 1,
    module,
    said: expect.stringMatching(
      new RegExp(
        `The demo failed\\. ${module}, attempt \\d+: .* was to end in success, but ended in failure`,
        'u',
      ),
    ),
  });
}, 600_000);

function runDemo(flags: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const args = ['--import', 'tsx', 'simulator/demo/main.ts', ...flags];
    const child = execFile(process.execPath, args, { cwd: HOME }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr });
    });
  });
}
