import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import type { Command } from 'commander';
import { schemaFiles } from '../../build/schemas.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { createProgram } from '../../src/cli/main.ts';
import { parseConfig } from '../../src/domain/config.ts';
import { codeBlocks, codeBlocksOf, type CodeBlock } from '../support/code-blocks.ts';
import { commandsOf, ourArguments, typedIn, type Words } from '../support/shell-blocks.ts';
import { typeErrors } from '../support/typescript-blocks.ts';
import { actionlint, parserErrors } from '../support/workflow-linters.ts';
import { completeYaml } from '../support/yaml-blocks.ts';

const HOME = path.resolve(import.meta.dirname, '../..');
const BLOCKS = await codeBlocks();

/** What a fence may name, and who looks at it. */
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['yaml', 'below'],
  ['sh', 'below'],
  ['bash', 'below'],
  ['console', 'below'],
  ['json', 'below'],
  ['ts', 'below'],
  ['mermaid', 'drawn by the real Mermaid in the tests with a browser'],
  ['text', 'only looked at: messages, layouts'],
  ['markdown', 'only looked at: what somebody writes'],
]);

/** Programs of others that a reader is asked to call. */
const PROGRAMS = ['cd', 'curl', 'gh', 'git', 'mkdir', 'npm', 'npx'];

type Row = readonly [place: string, block: CodeBlock];

function inLanguages(...languages: readonly string[]): readonly Row[] {
  return BLOCKS.filter(({ language }) => languages.includes(language ?? '')).map(row);
}

function row(block: CodeBlock): Row {
  return [`${block.page}:${block.line}`, block];
}

describe('a block of code in the documentation', () => {
  it('is of a language that something here looks at', () => {
    expect(BLOCKS.length).toBeGreaterThan(30);
    const strange = BLOCKS.filter(({ language }) => !LANGUAGES.has(language ?? ''));
    expect(strange.map(({ page, line, language }) => `${page}:${line} ${language}`)).toEqual([]);
  });

  it('would be missed without a language, and inside of a list', () => {
    const blocks = codeBlocksOf('x.md', '1. One:\n\n   ```sh\n   npm ci\n   ```\n\n```\nx\n```\n');
    expect(blocks.map(({ line, language, text }) => [line, language, text])).toEqual([
      [3, 'sh', 'npm ci\n'],
      [7, null, 'x\n'],
    ]);
  });
});

describe('a block of YAML', () => {
  it.each(inLanguages('yaml'))('is a config or a workflow, or a part: %s', async (place, block) => {
    const page = BLOCKS.filter((one) => one.page === block.page);
    expect(await yamlProblems(place, block, page)).toEqual([]);
  });

  it.each([
    ['a key that no config has', 'modulse: {}\n', ['no config and no workflow']],
    ['a wrong value of a config', 'attempts: many\n', [expect.stringContaining('attempts')]],
    ['a step whose action has no version', '- uses: a/b\n', [expect.anything()]],
  ])('would be found out: %s', async (_, text, problems) => {
    const block = { page: 'x.md', line: 1, language: 'yaml', text };
    const found = await yamlProblems('x.md', block, [block]);
    expect(found.slice(0, 1)).toEqual(problems);
  });
});

async function yamlProblems(
  place: string,
  block: CodeBlock,
  page: readonly CodeBlock[],
): Promise<readonly string[]> {
  const whole = completeYaml(block, page);
  if (whole.kind === 'unknown') return ['no config and no workflow'];
  if (whole.kind === 'workflow') {
    const [linted, parsed] = [
      await actionlint(whole.text, place),
      await parserErrors(whole.text, place),
    ];
    return [...linted, ...parsed];
  }
  const parsed = parseConfig(whole.text, place);
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

describe('a block of shell', () => {
  it.each(inLanguages('sh', 'bash', 'console'))('is sound shell: %s', async (_, block) => {
    const check = promisify(execFile)('bash', ['-n', '-c', typedIn(block)]);
    await expect(check).resolves.toMatchObject({ stderr: '' });
  });

  it.each(inLanguages('sh', 'bash', 'console'))('calls what there is: %s', async (_, block) => {
    const commands = commandsOf(block);
    expect(commands).not.toEqual([]);
    for (const words of commands) expect(await callProblem(words, block.page)).toBeNull();
  });

  it.each([
    ['npx sessionwright validat', 'unknown command'],
    ['sessionwright plan --evnt x', 'unknown option'],
    ['sessionwright render', 'missing required argument'],
    ['sessionwright graph --format gif', 'Allowed choices'],
    ['npm run nothing', 'no such script'],
    ['frobnicate', 'an unknown program'],
  ])('would be found out: %s', async (text, problem) => {
    const [words = []] = commandsOf({ language: 'sh', text });
    expect(await callProblem(words, 'README.md')).toContain(problem);
  });

  it('is read word by word', () => {
    const text = 'a "b c" > d && e -f=\'g h\' | i # j\nk \\\n  l\n';
    expect(commandsOf({ language: 'sh', text })).toEqual([
      ['a', 'b c'],
      ['e', '-f=g h'],
      ['i'],
      ['k', 'l'],
    ]);
    expect(commandsOf({ language: 'console', text: '$ a b\nwhat it said\n' })).toEqual([
      ['a', 'b'],
    ]);
  });
});

async function callProblem(words: Words, page: string): Promise<string | null> {
  const ours = ourArguments(words);
  if (ours !== null) return ours.length === 0 ? null : usageProblem(ours);
  const [program = '', verb, script] = words;
  if (program === 'npm' && verb === 'run') return scriptProblem(script ?? '', page);
  return PROGRAMS.includes(program) ? null : `an unknown program: ${program}`;
}

/** Parses arguments as the terminal's program does, and lets no command act. */
async function usageProblem(argv: Words): Promise<string | null> {
  const said: string[] = [];
  const output = { write: (text: string) => void said.push(text), isTerminal: false };
  const program = createProgram({ stdout: output, stderr: output });
  for (const add of COMMANDS) add(program, () => Promise.resolve());
  for (const command of program.commands) silence(command);
  return program.parseAsync(argv, { from: 'user' }).then(
    () => null,
    () => said.join(''),
  );
}

function silence(command: Command): void {
  command.exitOverride();
}

/** A page of an example speaks of the scripts beside it. */
async function scriptProblem(script: string, page: string): Promise<string | null> {
  const folder = page.startsWith('examples/') ? path.dirname(page) : '.';
  const manifest = await readFile(path.join(HOME, folder, 'package.json'), 'utf8');
  const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
  return script in scripts ? null : `no such script: ${script}`;
}

describe('a block of JSON', () => {
  it('is JSON, and a claim where it looks like one', () => {
    const claim = new Ajv().compile(
      JSON.parse(schemaFiles().get('claims.schema.json') ?? '') as object,
    );
    for (const [place, { text }] of inLanguages('json')) {
      const value = JSON.parse(text) as object;
      if ('sessionId' in value) expect([place, claim(value)]).toEqual([place, true]);
    }
  });
});

describe('a block of TypeScript', () => {
  it.each(inLanguages('ts'))(
    'has no type error: %s',
    (_, block) => {
      expect(typeErrors(block)).toEqual([]);
    },
    120_000,
  );
});
