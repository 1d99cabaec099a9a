import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { updateEntry, renderState } from '../../../src/domain/state-file.ts';
import { EMPTY_STATE } from '../../../src/domain/implementation-state.ts';
import { commitAll, git, sessionwright, temporaryFolders } from '../../support/terminal.ts';
import { completed, requested } from '../../support/world.ts';

const folders = temporaryFolders();
afterAll(() => folders.remove());

describe('in a checkout of the example', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await folders.example();
  });

  it.each([
    [['validate']],
    [['plan']],
    [['plan', '--event', 'label:ready']],
    [['render', 'event-emitter']],
    [['status']],
    [['graph']],
    [['graph', '--format', 'svg']],
    [['graph', '--format', 'html']],
    [['graph', '--html']],
  ])('%j is fine and writes nothing', async (argv) => {
    const before = await everything(folder);
    for (const form of [argv, [...argv, '--json']]) {
      const { exitCode, stdout } = await sessionwright(folder, form);
      expect({ exitCode, isEmpty: stdout === '' }).toEqual({ exitCode: 0, isEmpty: false });
    }
    expect(await everything(folder)).toEqual(before);
  });

  it('plans what a label would bring, from a folder below the root', async () => {
    const below = path.join(folder, 'src/types');
    const label = ['plan', '--event', 'label:event-emitter', '--on', '7', '--json'];
    const { stdout } = await sessionwright(below, label);
    const head = await git(folder, 'rev-parse', 'HEAD');
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'plan',
      source: { kind: 'checkout', state: null },
      base: { branch: 'main', sha: head },
      events: [
        {
          event: 'label:event-emitter',
          decision: expect.arrayContaining([
            'event-emitter: requested',
            'take the label off #7',
            `run the gate commands on ${head.slice(0, 7)}`,
          ]) as unknown,
          needs: [{ kind: 'gates', sha: head }],
          waiting: [{ module: 'event-emitter', unmet: [{ gate: 'command:shared-types' }] }],
        },
      ],
    });
  });

  it('plans for every event that can come: the clock, a push, and a request of each ready module', async () => {
    const { stdout } = await sessionwright(folder, ['plan', '--json']);
    const { events } = JSON.parse(stdout) as { events: { event: string }[] };
    expect(events.map(({ event }) => event)).toEqual([
      'schedule',
      'push',
      'request:event-emitter',
      'request:http-client',
    ]);
  });

  it('plans for an event of GitHub’s with its payload', async () => {
    const file = path.join(await folders.empty(), 'event.json');
    const push = {
      ref: 'refs/heads/main',
      commits: [{ message: 'x\n\nStart-Session: http-client' }],
      sender: { login: 'me' },
    };
    await writeFile(file, JSON.stringify(push));
    const { stdout } = await sessionwright(folder, ['plan', '--event', 'push', '--payload', file]);
    expect(stdout).toContain('http-client: requested');
  });

  it('renders the document of the next attempt, and says which gates do not pass yet', async () => {
    const { stdout, stderr } = await sessionwright(folder, ['render', 'plex-auth']);
    expect(stdout).toMatch(/^# Coding Session: Plex Authentication/u);
    expect(stdout).toContain('550e8400-e29b-41d4-a716-446655440000');
    expect(stderr).toContain('Dependency `event-emitter` is complete');
  });

  it('draws the graph as Mermaid reads it', async () => {
    const { stdout } = await sessionwright(folder, ['graph']);
    expect(stdout).toMatch(/^graph LR\n {2}m0\["Event Emitter"\]:::pending\n/u);
  });

  it('draws it as a page under a shorter name too', async () => {
    const { stdout } = await sessionwright(folder, ['graph', '--html']);
    expect(stdout).toBe((await sessionwright(folder, ['graph', '--format', 'html'])).stdout);
    expect(stdout).toMatch(/^<!doctype html>/u);
  });

  it('prints in colours on a terminal alone, and there only where nobody wants none', async () => {
    const plain = await sessionwright(folder, ['validate']);
    const coloured = await sessionwright(folder, ['validate'], { terminal: true });
    const refused = await sessionwright(folder, ['validate'], {
      terminal: true,
      env: { NO_COLOR: '1' },
    });
    const forced = await sessionwright(folder, ['validate'], { env: { FORCE_COLOR: '1' } });
    const isColoured = ({ stdout }: { stdout: string }) => stdout.includes('\u001b[');
    expect([plain, coloured, refused, forced].map(isColoured)).toEqual([false, true, false, true]);
  });
});

describe('with a state branch', () => {
  it('goes by the state as it was last fetched', async () => {
    const [folder, origin] = [await folders.example(), await folders.empty()];
    const merge = await git(folder, 'rev-parse', 'HEAD');
    const state = updateEntry(
      updateEntry(EMPTY_STATE, 'event-emitter', completed(merge)),
      'http-client',
      requested(null),
    );
    await git(origin, 'init', '--quiet', '--bare');
    await git(folder, 'remote', 'add', 'origin', origin);
    await git(folder, 'checkout', '--quiet', '--orphan', 'sessionwright-state');
    await git(folder, 'rm', '-rf', '--quiet', '.');
    await writeFile(path.join(folder, 'implementation-state.json'), renderState(state));
    await commitAll(folder, 'event-emitter: complete');
    await git(folder, 'push', '--quiet', 'origin', 'sessionwright-state');
    await git(folder, 'checkout', '--quiet', 'main');
    await git(folder, 'branch', '-D', 'sessionwright-state');
    const { stdout } = await sessionwright(folder, ['plan', '--event', 'schedule', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      source: { state: 'origin/sessionwright-state' },
      events: [{ waiting: [{ module: 'http-client' }] }],
    });
    const graph = await sessionwright(folder, ['graph']);
    expect(graph.stdout).toContain('m0["Event Emitter"]:::complete');
  }, 60_000);
});

describe('what is wrong', () => {
  it('is told with file, line and fix, and exit code 1', async () => {
    const folder = await folders.example();
    await rm(path.join(folder, 'spec-pack/context-handoff/plex-auth.md'));
    const config = path.join(folder, '.github/sessionwright.yml');
    await writeFile(config, (await readFile(config, 'utf8')).replace('attempts: 3', 'attempts: 0'));
    const text = await sessionwright(folder, ['validate']);
    expect(text).toMatchObject({ exitCode: 1, stderr: '' });
    expect(text.stdout).toMatch(/sessionwright\.yml:3\n.*attempts.*\n +Fix: /u);
    expect(text.stdout).toContain('plex-auth.md');
    const json = await sessionwright(folder, ['validate', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      problems: expect.arrayContaining([
        {
          code: 'config-value',
          file: '.github/sessionwright.yml',
          line: 3,
          message: expect.any(String) as unknown,
          fix: expect.any(String) as unknown,
        },
      ]) as unknown,
    });
    expect(await sessionwright(folder, ['plan'])).toMatchObject({ exitCode: 1 });
  });

  it('in a folder without a config, names the smallest one', async () => {
    const { exitCode, stdout } = await sessionwright(await folders.empty(), ['validate']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('There is no config.');
  });

  it.each([
    ['no command', []],
    ['an unknown command', ['explain']],
    ['an unknown option', ['plan', '--what']],
    ['an unknown event', ['plan', '--event', 'moon']],
    ['an unknown module', ['render', 'event-emiter']],
    ['an unknown module in a request', ['plan', '--event', 'request:event-emiter']],
    ['an unknown module in a label', ['plan', '--event', 'label:event-emiter']],
    ['a config by its whole path', ['--config', '/sessionwright.yml', 'validate']],
    ['an unknown format', ['graph', '--format', 'png']],
    ['no repository', ['plan', '--github', 'nothing']],
    ['no token', ['plan', '--github', 'octocat/plex']],
    ['a module that nothing names', ['verify']],
  ])('is exit code 2 and a word on what would be right: %s', async (_, argv) => {
    const { exitCode, stdout, stderr } = await sessionwright(await folders.example(), argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/Next: |--help|Usage:/u);
    expect(stderr).not.toMatch(/^ +at /mu);
  });

  it.each([
    ['that is not there', 'nowhere/at/all'],
    ['that is a file', 'package.json'],
  ])('is exit code 3 for a folder %s, and nothing is written', async (_, folder) => {
    const example = await folders.example();
    const before = await everything(example);
    for (const argv of [['validate'], ['init', '--yes']]) {
      const { exitCode, stderr } = await sessionwright(example, ['-C', folder, ...argv]);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 3,
        stderr: expect.stringMatching(
          new RegExp(`^Error: .*${folder} is (?:not there|no folder)\\.\\nNext: `, 'u'),
        ) as unknown,
      });
    }
    expect(await everything(example)).toEqual(before);
  });

  it('is exit code 1, and no document, where a module has no prompt', async () => {
    const folder = await folders.example();
    const config = path.join(folder, '.github/sessionwright.yml');
    await writeFile(config, (await readFile(config, 'utf8')).replace('prompt: 1', 'prompt: 99'));
    const { exitCode, stdout, stderr } = await sessionwright(folder, ['render', 'event-emitter']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('prompt 99');
    const plan = await sessionwright(folder, ['plan']);
    expect(plan.stdout).toMatch(/sessionwright\.yml:\d+\n.*"event-emitter" has no prompt/u);
  });

  it('does not land in a file where a graph was to', async () => {
    const { exitCode, stdout, stderr } = await sessionwright(await folders.empty(), ['graph']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('There is no config.');
    const json = await sessionwright(await folders.empty(), ['graph', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'config-missing' } });
  });

  it('is told without a commit, a branch or a state that are not there', async () => {
    const folder = await folders.empty();
    await sessionwright(folder, ['init', '--yes']);
    const plan = await sessionwright(folder, ['plan']);
    expect(plan.stdout).toContain('Base: main, without a commit yet.');
    await git(folder, 'init', '--quiet', '--initial-branch=main');
    await commitAll(folder, 'x');
    await git(folder, 'checkout', '--quiet', '--detach');
    const { stderr } = await sessionwright(folder, ['verify']);
    expect(stderr).toMatch(/on no branch.*\nNext: .*npx sessionwright verify first-module/u);
  });

  it('is exit code 3 where GitHub cannot be reached, as JSON too', async () => {
    const env = { GITHUB_TOKEN: '', GH_TOKEN: 'x', GITHUB_API_URL: 'http://127.0.0.1:9' };
    const argv = ['plan', '--github', 'octocat/plex', '--json'];
    const { exitCode, stdout } = await sessionwright(await folders.empty(), argv, { env });
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: 'not-readable',
        message: expect.stringMatching(/^GitHub gave no answer about octocat\/plex: /u) as unknown,
        fix: expect.stringContaining('network') as unknown,
      },
    });
  });
});

async function everything(folder: string): Promise<readonly string[]> {
  const status = await git(folder, 'status', '--porcelain');
  const refs = await git(folder, 'for-each-ref');
  return [status, refs, ...(await readdir(folder, { recursive: true }))];
}
