import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadStory, readStoryFiles } from '../../examples/plex-client-coder/story.ts';
import { breakPush } from '../../simulator/demo/broken.ts';
import { HELP, parseFlags } from '../../simulator/demo/flags.ts';
import { prepareFolder, refuseFolder } from '../../simulator/demo/output-folder.ts';
import { unmetGates } from '../../simulator/demo/said.ts';
import { filesWithTokens } from '../../simulator/demo/shelf.ts';

const { sessions } = loadStory();
const MODULES = [...new Set(sessions.map((session) => session.module))];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sessionwright-parts-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a module that is to break', () => {
  it.each(MODULES)('gets a file with a type error in its green push: %s', (module) => {
    const green = sessions
      .filter((session) => session.module === module)
      .flatMap((session) => session.pushes)
      .find((push) => push.expect.result === 'green');
    const files = readStoryFiles(green?.directory ?? '', { sessionId: '', now: '' });
    const broken = breakPush(module, files);
    expect(broken.slice(0, -1)).toEqual(files);
    expect(broken.at(-1)).toEqual({
      path: `src/modules/${module}/broken.ts`,
      content: "export const broken: number = 'a type error';\n",
    });
  });

  it('is refused, with the names there are, if the story has no such module', () => {
    const parsed = parseFlags(['--break', 'plex'], MODULES);
    expect(parsed).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(MODULES.join(', ')),
    });
  });
});

it('refuses an unknown flag in one line', () => {
  const parsed = parseFlags(['--brek', 'plex-auth'], MODULES);
  expect(parsed).toEqual({ kind: 'refused', reason: expect.stringMatching(/^.*--brek.*$/u) });
});

it('tells of every flag when it is asked for help', () => {
  expect(parseFlags(['--help'], MODULES)).toEqual({ kind: 'help' });
  for (const flag of ['keep', 'output', 'break', 'node']) expect(HELP).toContain(`--${flag}`);
});

describe('the output folder', () => {
  it('is never one that holds somebody else’s files', async () => {
    const theirs = path.join(folder, 'theirs');
    await mkdir(theirs);
    expect(await refuseFolder(theirs)).toBeNull();
    await writeFile(path.join(theirs, 'thesis.md'), 'mine');
    expect(await refuseFolder(theirs)).toContain('was not made by the demo');
    expect(await refuseFolder(path.join(theirs, 'thesis.md'))).toContain('is no folder');
    await expect(prepareFolder(theirs)).rejects.toThrow('was not made by the demo');
    expect(await readdir(theirs)).toEqual(['thesis.md']);
  });

  it('is emptied if the demo made it', async () => {
    const ours = path.join(folder, 'ours');
    await prepareFolder(ours);
    await writeFile(path.join(ours, 'old.md'), 'old');
    await prepareFolder(ours);
    expect(await readdir(ours)).toEqual(['.sessionwright-demo']);
  });

  it('is searched for tokens', async () => {
    const held = path.join(folder, 'held');
    await mkdir(path.join(held, 'deep'), { recursive: true });
    await writeFile(path.join(held, 'deep/config'), `url = http://maya:ghp_${'0'.repeat(36)}@host`);
    await writeFile(path.join(held, 'fine.md'), 'ghp_ is how they begin');
    expect(await filesWithTokens(held)).toEqual([path.join('deep', 'config')]);
  });
});

it('reads from a reply what a request waits for', () => {
  const reply = '`a` is requested and waits for:\n\n- `b` is pending\n- a free place\n\nIt starts.';
  expect(unmetGates(reply)).toEqual(['b is pending', 'a free place']);
  expect(unmetGates('`a` waited here and has started: #10.')).toEqual([]);
});
