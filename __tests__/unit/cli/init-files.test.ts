import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { renderConfig } from '../../../src/cli/init/config-file.ts';
import { guessKind } from '../../../src/cli/init/github-kind.ts';
import { modulesOfPrompts, parseModules } from '../../../src/cli/init/new-modules.ts';
import { readProject, type Project } from '../../../src/cli/init/project.ts';
import { renderWorkflow } from '../../../src/cli/init/workflow-file.ts';
import { parseConfig } from '../../../src/domain/config.ts';

const HOME = path.resolve(import.meta.dirname, '../../..');
const MODULES = [{ id: 'one', name: 'One: "the #1"', prompt: 1 }];

function project(change: Partial<Project> = {}): Project {
  return {
    kind: 'empty',
    typescript: false,
    lint: false,
    test: null,
    lockFile: null,
    otherTest: null,
    ...change,
  };
}

interface Written {
  readonly on: { readonly push: object };
  readonly jobs: {
    readonly verify: { readonly steps: readonly { readonly with?: { readonly setup?: string } }[] };
  };
}

function names(...list: readonly string[]) {
  return { names: new Set(list), packageJson: null };
}

describe('readProject', () => {
  it.each([
    ['an empty repository', names('README.md'), project()],
    [
      'a package without scripts',
      { names: new Set(['package.json']), packageJson: '{}' },
      project({ kind: 'node' }),
    ],
    [
      'a package.json that is none',
      { names: new Set(['package.json']), packageJson: '[' },
      project({ kind: 'node' }),
    ],
    ['another language', names('go.mod'), project({ kind: 'other', otherTest: 'go test ./...' })],
    [
      'another language beside a package.json, which is for its tools',
      { names: new Set(['package.json', 'Cargo.toml']), packageJson: '{}' },
      project({ kind: 'node' }),
    ],
    [
      'TypeScript with a linter and a test runner',
      {
        names: new Set(['package.json', 'tsconfig.json', 'pnpm-lock.yaml']),
        packageJson: JSON.stringify({
          scripts: { lint: 'eslint .', test: 'vitest run' },
          devDependencies: { typescript: '6' },
        }),
      },
      project({
        kind: 'node',
        typescript: true,
        lint: true,
        test: 'vitest',
        lockFile: 'pnpm-lock.yaml',
      }),
    ],
    [
      'a tsconfig.json without TypeScript, and the tests of npm init',
      {
        names: new Set(['package.json', 'tsconfig.json']),
        packageJson: JSON.stringify({
          scripts: { test: 'echo "Error: no test specified" && exit 1' },
        }),
      },
      project({ kind: 'node' }),
    ],
  ])('knows %s', (_, files, expected) => {
    expect(readProject(files)).toEqual(expected);
  });
});

describe('renderConfig', () => {
  it.each([
    ['an empty repository', project(), [], ['npm test']],
    [
      'another language',
      project({ kind: 'other', otherTest: 'go test ./...' }),
      [],
      ['go test ./...'],
    ],
    ['a linter alone', project({ kind: 'node', lint: true }), [], ['npm run lint']],
    [
      'TypeScript with mocha',
      project({ kind: 'node', typescript: true, lint: true, test: 'mocha' }),
      ['npx tsc --noEmit -p .'],
      ['npx tsc --noEmit -p .', 'npm run lint', 'npm test -- --grep "{{module.className}}"'],
    ],
  ])('asks no more than there is, and is valid: %s', (_, of, gates, verification) => {
    const text = renderConfig(MODULES, of, { ownTypes: true, base: null });
    expect(text).toMatch(/^# yaml-language-server: \$schema=https:/u);
    const config = parseConfig(text, 'x.yml');
    expect(config).toMatchObject({
      ok: true,
      value: {
        gates: gates.map((run) => ({ run })),
        verification: verification.map((run) => ({ run })),
      },
    });
    expect(config.ok && config.value.modules.get('one')?.name).toBe('One: "the #1"');
  });
});

describe('renderWorkflow', () => {
  it.each([
    ['the short one', 'cloud', 'sessions.yml'],
    ['the one for GitHub Enterprise Server', 'server', 'ghes.yml'],
  ] as const)('is %s of the examples', async (_, on, file) => {
    const example = path.join(HOME, 'examples/workflows', file);
    const ours = renderWorkflow('main', project({ lockFile: 'package-lock.json' }), on);
    expect(ours).toBe(await readFile(example, 'utf8'));
  });

  it.each(['cloud', 'server'] as const)(
    'watches the base branch, whatever it is called, on a %s',
    (on) => {
      const written = load(renderWorkflow('release/2', project(), on)) as Written;
      expect(written.on.push).toEqual({ branches: ['release/2'] });
    },
  );

  it('prepares the checkout of a server’s verify job as a script of lines', () => {
    const written = load(renderWorkflow('main', project(), 'server')) as Written;
    const setups = written.jobs.verify.steps.flatMap((step) => step.with?.setup ?? []);
    expect(setups).toEqual([
      'if [ -f package-lock.json ]; then npm ci\nelif [ -f package.json ]; then npm install\nfi\n',
    ]);
  });

  it.each([
    ['yarn.lock', project({ lockFile: 'yarn.lock' }), 'yarn install --immutable'],
    ['nothing yet', project(), 'if [ -f package-lock.json ]; then npm ci\n'],
    ['another language', project({ kind: 'other' }), "setup: 'true'"],
  ])('prepares what there is to prepare: %s', (_, of, setup) => {
    expect(renderWorkflow('main', of, 'cloud')).toContain(setup);
  });
});

describe('modulesOfPrompts', () => {
  it('has one for each prompt, by its title where that gives an id of its own', () => {
    const text = [
      '# Prompts',
      '## Prompt 2: Plex Authentication',
      '## Prompt 1 — Event Emitter',
      '## Prompt 5',
      '## Prompt 7: Event Emitter',
      '## Prompt 8: Ready',
    ].join('\n\n');
    expect(modulesOfPrompts(text, 'x.md')).toEqual([
      { id: 'event-emitter', name: 'Event Emitter', prompt: 1 },
      { id: 'plex-authentication', name: 'Plex Authentication', prompt: 2 },
      { id: 'prompt-5', name: 'Prompt 5', prompt: 5 },
      { id: 'prompt-7', name: 'Prompt 7', prompt: 7 },
      { id: 'prompt-8', name: 'Prompt 8', prompt: 8 },
    ]);
  });
});

describe('guessKind', () => {
  it.each([
    ['https://github.com/acme/app', 'cloud'],
    ['https://ssh.github.com/acme/app', 'cloud'],
    ['https://acme.ghe.com/acme/app', 'cloud'],
    ['https://github-of-work/acme/app', 'cloud'],
    ['https://github.example.com/acme/app', 'server'],
    ['https://github.com.example.com/acme/app', 'server'],
  ])('takes %s for a %s', (url, kind) => {
    expect(guessKind(url)).toBe(kind);
  });
});

describe('parseModules', () => {
  it('makes ids of names', () => {
    expect(parseModules('Event Emitter, Café Größe ')).toEqual({
      ok: true,
      modules: [
        { id: 'event-emitter', name: 'Event Emitter', prompt: 1 },
        { id: 'cafe-gro-e', name: 'Café Größe', prompt: 2 },
      ],
    });
  });

  it.each([['', '??', 'Ready', 'a,,b', 'x'.repeat(43), 'One, one']])('refuses "%s"', (text) => {
    expect(parseModules(text)).toMatchObject({ ok: false });
  });
});
