import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';

import {
  type Expectation,
  loadStory,
  readStoryFiles,
  type StoryFile,
} from '../../examples/plex-client-coder/story.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLE = join(ROOT, 'examples/plex-client');
const VALUES = {
  sessionId: '550e8400-e29b-41d4-a716-446655440000',
  now: '2026-01-01T00:00:00.000Z',
};
/** Three commands on a busy machine with two cores; alone they take about five seconds. */
const PUSH_LIMIT_MS = 120_000;

const CONFIG = '.github/sessionwright.yml';
const PROMPTS = 'spec-pack/artifact-7-implementation-prompts.md';
const TYPES = 'spec-pack/artifact-2-shared-types.ts';

interface Command {
  readonly id: string;
  readonly run: string;
  readonly failure?: string;
}

interface ExampleConfig {
  readonly gates: readonly Command[];
  readonly verification: readonly Command[];
  readonly modules: Readonly<Record<string, { readonly types: readonly string[] }>>;
}

interface Finished {
  readonly command: Command;
  readonly exitCode: number;
  readonly output: string;
}

const config = load(readFileSync(join(EXAMPLE, CONFIG), 'utf8')) as ExampleConfig;
const story = loadStory();

let checkout = '';

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'plex-client-'));
  cpSync(EXAMPLE, checkout, {
    recursive: true,
    filter: (source) => !source.endsWith('node_modules'),
  });
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'), 'dir');
});

afterAll(() => rmSync(checkout, { recursive: true, force: true }));

describe('the example before any module is built', () => {
  it(
    'passes its gate and its commands, of which the module tests run none',
    async () => {
      const [gate, ...commands] = await Promise.all([
        ...config.gates.map(run),
        ...verification('event-emitter').map(run),
      ]);
      expect([gate, ...commands].map((finished) => finished?.exitCode)).toEqual([0, 0, 0, 0]);
      expect(commands.at(-1)?.output).toContain('0 passing');
    },
    PUSH_LIMIT_MS,
  );
});

describe('the story of the example, push by push', () => {
  for (const session of story.sessions) {
    for (const push of session.pushes) {
      const name = push.directory.split('/').slice(-2).join(', ');
      it(
        `${name}: ${describeExpectation(push.expect)}`,
        async () => {
          const { module } = session;
          if (amendsBefore(module, session.attempt)) write(amendmentFiles());
          const files = readStoryFiles(push.directory, VALUES);
          expect(foreignPaths(files, module, session.attempt)).toEqual([]);
          write(files);

          const finished = await Promise.all(verification(module).map(run));

          expect(surprises(finished, push.expect)).toEqual([]);
          expect(finished.at(-1)?.output).toMatch(
            push.expect.result === 'halt' ? / 0 passing/ : / [1-9]\d* passing/,
          );
          if (push.expect.result === 'halt') remove(files);
        },
        PUSH_LIMIT_MS,
      );
    }
  }
});

describe('the reports of the story', () => {
  for (const { module, attempt, pushes } of story.sessions) {
    for (const { directory, expect: expected } of pushes) {
      it(`${directory.split('/').slice(-2).join(', ')}: follows the agents’ format`, () => {
        const halted = expected.result === 'halt';
        const format = readExample(halted ? 'planning-agent.md' : 'coding-agent.md');
        const path = `orchestration-docs/reports/${module}-${attempt}${halted ? '-escalation' : ''}.md`;
        const report = readStoryFiles(directory, VALUES).find((file) => file.path === path);
        expect(report?.content).toMatch(
          `---\nmodule: ${module}\nsession: ${VALUES.sessionId}\nattempt: ${attempt}\n---\n`,
        );
        expect(sectionTitles(report?.content ?? '')).toEqual(sectionTitles(fenced(format)));
      });
    }
  }

  it('halts with a claim in the template’s shape', () => {
    const halt = story.sessions.find(({ pushes }) => pushes[0]?.expect.result === 'halt');
    const files = readStoryFiles(halt?.pushes[0]?.directory ?? '', VALUES);
    const claim = files.find(
      (file) => file.path === 'orchestration-docs/claims/plex-library-1.json',
    );
    expect(JSON.parse(claim?.content ?? '')).toEqual({
      'plex-library': {
        status: 'blocked',
        blockedReason: expect.stringContaining('IMediaContainerPage'),
        blockedAt: VALUES.now,
        failureType: 'missing-type',
      },
    });
  });
});

describe('the amendment', () => {
  it('defines the type that the prompt names and the spec pack lacked', () => {
    expect(readExample(PROMPTS)).toContain('IMediaContainerPage');
    expect(readExample(TYPES)).not.toContain('IMediaContainerPage');
    expect(amended(TYPES)).toContain('export interface IMediaContainerPage<TItem> {');
    expect(story.amendment.resolution).toContain('IMediaContainerPage');
  });

  it('changes prompt 4 and no other', () => {
    const before = readExample(PROMPTS).split(/^(?=## )/m);
    const after = amended(PROMPTS).split(/^(?=## )/m);
    const changed = after.filter((section, index) => section !== before[index]);
    expect(changed.map((section) => section.split('\n')[0])).toEqual(['## Prompt 4: Plex Library']);
    expect(after.length).toBe(before.length);
  });

  it('adds to the shared types and takes nothing away', () => {
    const kept = new Set(amended(TYPES).split('\n'));
    expect(
      readExample(TYPES)
        .split('\n')
        .filter((line) => !kept.has(line)),
    ).toEqual([]);
  });

  it('declares the type for the module that uses it, and changes nothing else of the config', () => {
    const after = load(amended(CONFIG)) as ExampleConfig;
    const types = config.modules['plex-library']?.types ?? [];
    const library = { ...config.modules['plex-library'], types: [...types, 'IMediaContainerPage'] };
    expect(after).toEqual({ ...config, modules: { ...config.modules, 'plex-library': library } });
  });
});

/** Runs a command the way a runner does where a step asks for bash. */
function run(command: Command): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(
      'bash',
      ['-eo', 'pipefail', '-c', command.run],
      { cwd: checkout },
      (error, out, err) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ command, exitCode, output: out + err });
      },
    );
  });
}

function verification(module: string): readonly Command[] {
  const className = module.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
  return config.verification.map((command) => ({
    ...command,
    run: command.run.replace('{{module.className}}', className),
  }));
}

/** Commands that ended otherwise than the story says, with their output, so that a mismatch explains itself. */
function surprises(finished: readonly Finished[], expectation: Expectation): readonly Finished[] {
  const failures: readonly string[] = expectation.result === 'failing' ? expectation.failures : [];
  return finished.filter(
    ({ command, exitCode }) => (exitCode !== 0) !== failures.includes(command.failure ?? ''),
  );
}

function describeExpectation(expectation: Expectation): string {
  if (expectation.result === 'failing') return `fails with ${expectation.failures.join(' and ')}`;
  return expectation.result === 'halt' ? 'halts, with nothing that fails' : 'is green';
}

function amendsBefore(module: string, attempt: number): boolean {
  return module === story.amendment.module && attempt === story.amendment.attempt + 1;
}

/** Paths of a push that could collide with another session's. */
function foreignPaths(files: readonly StoryFile[], module: string, attempt: number): string[] {
  const own = [
    `src/modules/${module}/`,
    `orchestration-docs/reports/${module}-${attempt}`,
    `orchestration-docs/claims/${module}-${attempt}`,
  ];
  return files
    .map(({ path }) => path)
    .filter((path) => !own.some((start) => path.startsWith(start)));
}

function write(files: readonly StoryFile[]): void {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), content);
  }
}

function remove(files: readonly StoryFile[]): void {
  for (const { path } of files) rmSync(join(checkout, path));
}

function amendmentFiles(): readonly StoryFile[] {
  return readStoryFiles(story.amendment.directory, VALUES);
}

function amended(path: string): string {
  return amendmentFiles().find((file) => file.path === path)?.content ?? '';
}

function readExample(path: string): string {
  return readFileSync(join(EXAMPLE, path), 'utf8');
}

/** The inside of a format's Markdown fence. */
function fenced(format: string): string {
  return /```markdown\n(.*?)\n```/s.exec(format)?.[1] ?? '';
}

function sectionTitles(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^## (.+)$/gm)].map((match) => match[1] ?? '');
}
