import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { answering, git, sessionwright, temporaryFolders } from '../../support/terminal.ts';

const HOME = path.resolve(import.meta.dirname, '../../..');
const folders = temporaryFolders();
afterAll(() => folders.remove());

const FILES = [
  '.github/sessionwright.yml',
  '.github/workflows/sessions.yml',
  'spec-pack/artifact-7-implementation-prompts.md',
  'spec-pack/artifact-2-shared-types.ts',
  'spec-pack/context-handoff/first-module.md',
  'planning-agent.md',
  'coding-agent.md',
];

describe('init', () => {
  it('in an empty repository, leads from a label to a session with nothing else done', async () => {
    const folder = await folders.empty();
    await git(folder, 'init', '--quiet', '--initial-branch=main');
    const made = await sessionwright(folder, ['init', '--yes', '--json']);
    expect(JSON.parse(made.stdout)).toMatchObject({ written: FILES, kept: [], problems: [] });
    expect(await sessionwright(folder, ['validate'])).toMatchObject({ exitCode: 0 });
    const label = ['plan', '--event', 'label:first-module', '--json'];
    const { stdout } = await sessionwright(folder, label);
    expect(JSON.parse(stdout)).toMatchObject({
      events: [{ starts: ['first-module'], needs: [], waiting: [] }],
    });
  });

  it('tells the settings that no file can make', async () => {
    const folder = await folders.empty();
    await git(folder, 'init', '--quiet', '--initial-branch=trunk');
    await git(folder, 'remote', 'add', 'origin', 'git@github.com:octocat/plex.git');
    const { stdout } = await sessionwright(folder, ['init', '--yes']);
    expect(stdout).toContain('Allow GitHub Actions to create and approve pull requests');
    expect(stdout).toContain('https://github.com/octocat/plex/settings/actions');
    expect(stdout).toContain('sessionwright / verification');
    const workflow = await readFile(path.join(folder, FILES[1] ?? ''), 'utf8');
    expect(workflow).toContain('branches: ["trunk"]');
  });

  it('tells what leads from here to a repository on GitHub, in commands to copy', async () => {
    const folder = await folders.empty();
    const next = async (...more: readonly string[]): Promise<string> => {
      const { stdout } = await sessionwright(folder, ['init', '--yes', ...more]);
      return stdout.slice(stdout.indexOf('\nNext\n'));
    };
    const bare = await next();
    const commit = '     git add --all\n     git commit --message "chore: sessions"\n';
    const add = '     git remote add origin https://github.com/OWNER/NAME.git\n';
    const push = '     git push --set-upstream origin';
    expect(bare).toContain(`     git init --initial-branch=main\n${commit}`);
    expect(bare).toContain('     gh repo create --source . --private --push\n');
    expect(bare).toContain(`${add}${push} main\n`);
    expect(await next('--ghes')).toContain('https://HOST/OWNER/NAME.git');
    await git(folder, 'init', '--quiet', '--initial-branch=trunk');
    const inGit = await next('--no-ghes');
    expect(inGit).toContain(commit);
    expect(inGit).toContain(`${add}${push} trunk\n`);
    expect(inGit).not.toContain('git init');
    await git(folder, 'remote', 'add', 'origin', folder);
    const elsewhere = await next();
    expect(elsewhere).toContain(
      `     git remote set-url origin https://github.com/OWNER/NAME.git\n${push} trunk\n`,
    );
    expect(elsewhere).not.toContain('gh repo create');
    await git(folder, 'remote', 'set-url', 'origin', 'git@github.com:octocat/plex.git');
    expect(await next()).not.toMatch(/git (?:init|remote|push)/u);
  });

  it('has commands that git takes', async () => {
    const [folder, origin] = [await folders.empty(), await folders.empty()];
    await git(origin, 'init', '--quiet', '--bare');
    const { stdout } = await sessionwright(folder, ['init', '--yes', '--json']);
    const { next } = JSON.parse(stdout) as { next: readonly string[] };
    const commands = next.join('\n').match(/(?<=^ {2})git .+$/gmu) ?? [];
    for (const command of commands) {
      const words = command.match(/"[^"]*"|\S+/gu) ?? [];
      const [, ...args] = words.map((word) =>
        word.replaceAll('"', '').replace('https://github.com/OWNER/NAME.git', origin),
      );
      await git(folder, ...args);
    }
    expect(await git(origin, 'rev-parse', 'main')).toBe(await git(folder, 'rev-parse', 'HEAD'));
    expect(await git(folder, 'status', '--porcelain')).toBe('');
  });

  it('says where it wrote, where that is not the folder it was called in', async () => {
    const folder = await folders.empty();
    await git(folder, 'init', '--quiet', '--initial-branch=main');
    const below = path.join(folder, 'packages/app');
    await mkdir(below, { recursive: true });
    const { stdout } = await sessionwright(below, ['init', '--yes']);
    expect(stdout).toMatch(/^In .*sessionwright-cli-\w+, the root of the checkout:\n\+ /u);
  });

  it('writes another base than the default branch into the config, which has to be on both', async () => {
    const folder = await folders.example();
    await git(folder, 'rm', '--quiet', '.github/sessionwright.yml');
    await git(folder, 'remote', 'add', 'origin', 'git@github.com:octocat/plex.git');
    const { stdout } = await sessionwright(folder, ['init', '--yes', '--base', 'develop']);
    const config = await readFile(path.join(folder, FILES[0] ?? ''), 'utf8');
    expect(config).toMatch(/^version: 1\n.*\nbase: "develop"$/mu);
    expect(await sessionwright(folder, ['validate'])).toMatchObject({ exitCode: 0 });
    expect(stdout).toMatch(/push it to develop, and .* to main too/u);
    const again = await sessionwright(folder, ['init', '--yes', '--base', 'trunk']);
    expect(again).toMatchObject({ exitCode: 2, stdout: '' });
    expect(again.stderr).toMatch(/sessions start from develop\.\nNext: .*`base: trunk`/u);
    await git(folder, 'remote', 'remove', 'origin');
    const { stdout: alone } = await sessionwright(folder, ['init', '--yes']);
    expect(alone).toContain(
      '     git push --set-upstream origin HEAD:main\n     git push origin HEAD:develop\n',
    );
  });

  it.each([
    ['refuses what is no branch', 'no branch', 2],
    ['lets no shell take a part of its name for a command', 'x;$(id)', 0],
  ])('%s', async (_, base, exitCode) => {
    const ended = await sessionwright(await folders.empty(), ['init', '--yes', '--base', base]);
    expect(ended.exitCode).toBe(exitCode);
    if (exitCode === 0) expect(ended.stdout).toContain("git init --initial-branch='x;$(id)'\n");
  });

  it('takes new modules for a config that is there only where it may overwrite it', async () => {
    const folder = await folders.empty();
    const named = ['init', '--yes', '--modules', 'Another One'];
    await sessionwright(folder, ['init', '--yes']);
    const refused = await sessionwright(folder, named);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toMatch(/Next: .*`modules`.*--force/u);
    await sessionwright(folder, [...named, '--force']);
    const { stdout } = await sessionwright(folder, ['validate', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ modules: ['another-one'] });
  });

  it('overwrites nothing without being told to', async () => {
    const folder = await folders.empty();
    const page = path.join(folder, 'planning-agent.md');
    await writeFile(page, 'mine\n');
    const kept = await sessionwright(folder, ['init', '--yes', '--json']);
    expect(JSON.parse(kept.stdout)).toMatchObject({ kept: ['planning-agent.md'] });
    expect(await readFile(page, 'utf8')).toBe('mine\n');
    const again = await sessionwright(folder, ['init', '--yes', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ written: [], kept: FILES });
    await sessionwright(folder, ['init'], answering(false));
    expect(await readFile(page, 'utf8')).toBe('mine\n');
    await sessionwright(folder, ['init'], answering(true));
    expect(await readFile(page, 'utf8')).not.toBe('mine\n');
  });

  it('asks for the modules alone', async () => {
    const folder = await folders.empty();
    const { exitCode, stdout } = await sessionwright(
      folder,
      ['init'],
      answering('Event Emitter, HTTP Client'),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('spec-pack/context-handoff/http-client.md');
  });

  it('takes the modules from a spec pack that is there', async () => {
    const folder = await folders.example();
    await git(folder, 'rm', '--quiet', '.github/sessionwright.yml');
    const { stdout } = await sessionwright(folder, ['init', '--yes', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      // The name in the prompt is the id's only source.
      written: ['.github/sessionwright.yml', 'spec-pack/context-handoff/plex-authentication.md'],
      problems: [],
    });
    const validated = await sessionwright(folder, ['validate', '--json']);
    expect(JSON.parse(validated.stdout)).toMatchObject({
      modules: [
        'event-emitter',
        'http-client',
        'plex-authentication',
        'plex-library',
        'playback-session',
        'watch-history',
      ],
    });
  });

  it.each([
    [true, 'event-emitter.md'],
    [false, 'another-one.md'],
  ])('asks whether those are meant, and takes %s for an answer', async (answer, handoff) => {
    const folder = await folders.empty();
    const prompts = path.join(folder, FILES[2] ?? '');
    await mkdir(path.dirname(prompts));
    await writeFile(prompts, '# Prompts\n\n## Prompt 1: Event Emitter\n\nEmit.\n');
    const answers = answer ? [true, false] : [false, 'Another One', false];
    const { stdout } = await sessionwright(folder, ['init'], answering(...answers));
    expect(stdout).toContain(handoff);
  });

  it('asks whether a host that is not github.com is a server, unless told', async () => {
    const folder = await folders.empty();
    await git(folder, 'init', '--quiet');
    await git(folder, 'remote', 'add', 'origin', 'git@git.example.com:acme/app.git');
    const workflow = async (): Promise<string> =>
      readFile(path.join(folder, '.github/workflows/sessions.yml'), 'utf8');
    await sessionwright(folder, ['init'], answering('One', true));
    expect(await workflow()).toContain('runs-on: [self-hosted, linux]');
    await sessionwright(folder, ['init', '--yes', '--force', '--no-ghes']);
    expect(await workflow()).not.toContain('runs-on:');
    await sessionwright(folder, ['init', '--yes', '--force', '--ghes', '-C', folder]);
    expect(await workflow()).toContain('runs-on: [self-hosted, linux]');
  });

  it('stops where whoever is asked wants to, and says so', async () => {
    const stopped = await sessionwright(await folders.empty(), ['init'], answering(null));
    expect(stopped).toMatchObject({ exitCode: 3, stdout: '' });
    expect(stopped.stderr).toContain('Stopped.');
  });

  it('asks nothing where nobody is there', async () => {
    const { exitCode, stderr } = await sessionwright(await folders.empty(), ['init']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--yes');
  });

  it('fills in what lacks beside a config that is there', async () => {
    const folder = await folders.example();
    await git(folder, 'rm', '--quiet', 'spec-pack/context-handoff/plex-auth.md', 'coding-agent.md');
    const { stdout } = await sessionwright(folder, ['init', '--yes', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      written: ['spec-pack/context-handoff/plex-auth.md', 'coding-agent.md'],
      problems: [],
    });
  });
});

describe('the source', () => {
  it('runs as a program of its own', async () => {
    const folder = await folders.example();
    const program = [
      ...['--import', 'tsx'],
      path.join(HOME, 'src/cli.ts'),
      '-C',
      folder,
      'validate',
    ];
    const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: HOME });
    expect(stdout).toContain('Nothing is wrong with .github/sessionwright.yml');
  }, 60_000);

  it('ends in silence where whoever reads has had enough', async () => {
    const argv = ['--import', 'tsx', path.join(HOME, 'src/cli.ts'), '--help'];
    const program = spawn(process.execPath, argv, { cwd: HOME, stdio: ['ignore', 'pipe', 'pipe'] });
    program.stdout.destroy();
    const said = text(program.stderr);
    await once(program, 'close');
    expect({ said: await said, exitCode: program.exitCode }).toEqual({ said: '', exitCode: 0 });
  }, 60_000);
});
