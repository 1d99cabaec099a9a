import { describe, expect, it } from '@jest/globals';
import { failureTable } from '../../../src/domain/failure.ts';
import type { CommandOutcome, CommandResult } from '../../../src/domain/verification.ts';
import { classify } from '../../../src/failures/classify.ts';
import type { ClassifyInput } from '../../../src/failures/classify.ts';
import { parsed, toolOutput } from './tool-output.ts';

const SPEC =
  'PlexAuth turns a `PlexPin` into a PlexSession. Declares `interface PlexDraft { id: string }`.';

function result(patch: Partial<CommandResult>): CommandResult {
  return {
    id: 'typecheck',
    name: 'Type check',
    run: 'npx tsc --noEmit',
    failure: 'type-error',
    outcome: { kind: 'exited', exitCode: 1 },
    durationMs: 1,
    diagnostics: [],
    diagnosticsOmitted: 0,
    testsRun: null,
    allowEmpty: false,
    tail: '',
    logDigest: '0'.repeat(64),
    ...patch,
  };
}

function printed(name: string, patch: Partial<CommandResult> = {}): CommandResult {
  const output = toolOutput(name);
  return result({ ...parsed(output), tail: output, ...patch });
}

function told(message: string, code = 'TS2304'): CommandResult {
  return result({
    diagnostics: [{ file: 'src/a.ts', line: 1, column: 1, severity: 'error', code, message }],
  });
}

function classified(results: readonly CommandResult[], patch: Partial<ClassifyInput> = {}) {
  return classify({
    module: 'plex-auth',
    moduleSpecText: SPEC,
    sharedTypeNames: new Set(['PlexToken']),
    results,
    table: failureTable([]),
    ...patch,
  });
}

function types(results: readonly CommandResult[]): string[] {
  return classified(results).map(({ type, source }) => `${type} of ${source}`);
}

const TEST = { id: 'test', failure: 'test-failure', run: 'npm test' } as const;
const PASSED = { kind: 'exited', exitCode: 0 } as const;

describe('classify', () => {
  it('finds nothing where every command passed', () => {
    expect(classified([result({ outcome: PASSED }), result({ ...TEST, outcome: PASSED })])).toEqual(
      [],
    );
  });

  it('gives each failed command the type that its config names', () => {
    const lint = printed('eslint-stylish', { id: 'lint', failure: 'lint-error' });
    const test = printed('mocha-failing', TEST);
    expect(types([lint, test])).toEqual(['lint-error of lint', 'test-failure of test']);
  });

  it('leaves warnings out of what failed', () => {
    const [failure] = classified([
      printed('eslint-stylish', { id: 'lint', failure: 'lint-error' }),
    ]);
    expect(failure?.diagnostics.map(({ code }) => code)).not.toContain('eqeqeq');
    expect(failure?.message).toBe('`npx tsc --noEmit` failed with exit code 1, 5 messages.');
  });

  it('gives a skipped command no failure of its own', () => {
    expect(types([result({ outcome: { kind: 'skipped', because: 'lint' } })])).toEqual([]);
  });

  it('takes a type that the table lacks for a test failure', () => {
    expect(types([result({ failure: 'gone' })])).toEqual(['test-failure of typecheck']);
  });

  it.each([
    ['mocha-empty', false, ['test-failure of test']],
    ['jest-empty', false, ['test-failure of test']],
    ['vitest-empty', false, ['test-failure of test']],
    ['mocha-empty', true, []],
    ['mocha-passing', false, []],
  ])('judges a green %s (empty allowed: %s)', (name, allowEmpty, expected) => {
    expect(types([printed(name, { ...TEST, outcome: PASSED, allowEmpty })])).toEqual(expected);
  });

  it('says that no tests ran', () => {
    const [failure] = classified([printed('mocha-empty', { ...TEST, outcome: PASSED })]);
    expect(failure?.message).toMatch(/^`npm test` ran no tests/);
  });
});

describe('classify on types that are not there', () => {
  it('parts what the specification leaves undefined from what the coder got wrong', () => {
    const failures = classified([printed('tsc')]);
    expect(failures.map(({ type, diagnostics }) => [type, diagnostics.length])).toEqual([
      ['missing-type', 2],
      ['type-error', 4],
    ]);
    expect(failures[0]?.message).toContain('`PlexPin`, `PlexSession`');
  });

  it('offers the nearest shared type for a misspelt one', () => {
    const [failure] = classified([told("Cannot find name 'PlexTokne'.")]);
    expect(failure).toMatchObject({ type: 'type-error' });
    expect(failure?.diagnostics[0]?.message).toContain("The nearest shared type is 'PlexToken'.");
  });

  it.each([
    ['a shared type that is not imported', "Cannot find name 'PlexToken'.", 'TS2304', 'type-error'],
    ['a type that only the coder knows', "Cannot find name 'Invented'.", 'TS2304', 'type-error'],
    [
      "the module's own class",
      "Module '\"./a\"' has no exported member 'PlexAuth'.",
      'TS2305',
      'type-error',
    ],
    ['what the prompt itself declares', "Cannot find name 'PlexDraft'.", 'TS2304', 'type-error'],
    ['a value', "Cannot find name 'into'.", 'TS2304', 'type-error'],
    ['an unrelated message', "Type 'PlexPin' is not assignable.", 'TS2322', 'type-error'],
    ['a type of the prompt', "Cannot find name 'PlexPin'.", 'TS2304', 'missing-type'],
    [
      'a suggestion beside it',
      "Cannot find name 'PlexPin'. Did you mean 'PlexDraft'?",
      'TS2552',
      'missing-type',
    ],
    ['a namespace of the prompt', "Cannot find namespace 'PlexPin'.", 'TS2503', 'missing-type'],
    [
      'a member of a namespace',
      "Namespace '\"a\"' has no exported member 'PlexPin'.",
      'TS2694',
      'missing-type',
    ],
  ])('judges %s', (_case, message, code, expected) => {
    expect(classified([told(message, code)]).map(({ type }) => type)).toEqual([expected]);
  });
});

describe('classify on infrastructure', () => {
  const network = 'npm error code ECONNRESET\nnpm error network aborted';
  const foreign =
    "Error: Cannot find module 'yargs'\nRequire stack:\n- /r/node_modules/mocha/cli.js";
  const own = "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'got' imported from /r/src/a.js";
  const setUp: CommandOutcome = { kind: 'timed-out', afterSeconds: 60 };

  it.each<[string, Partial<CommandResult>]>([
    ['a command not found', { outcome: { kind: 'exited', exitCode: 127 } }],
    ['a command not executable', { outcome: { kind: 'exited', exitCode: 126 } }],
    ['a kill', { outcome: { kind: 'exited', exitCode: 137 } }],
    ['a signal', { outcome: { kind: 'signalled', signal: 'SIGKILL' } }],
    ['a command that never began', { outcome: { kind: 'not-started', reason: 'No folder.' } }],
    ['a set-up that took too long', { id: 'setup', outcome: setUp }],
    ['a full disk', { tail: 'Error: ENOSPC: no space left on device, write' }],
    ['too little memory', { tail: 'FATAL ERROR: JavaScript heap out of memory' }],
    ['a network that failed', { tail: network }],
    ['an older npm', { tail: 'npm ERR! code ENOTFOUND' }],
    ['an absent compiler', { tail: toolOutput('missing-compiler') }],
    ['an absent loader', { tail: toolOutput('missing-loader') }],
    ['a tool with a part missing', { tail: foreign }],
  ])('blames %s on the machine', (_case, patch) => {
    expect(classified([result(patch)]).map(({ type }) => type)).toEqual(['infrastructure']);
  });

  it.each<[string, Partial<CommandResult>]>([
    ['a time-out of the tests', { ...TEST, outcome: { kind: 'timed-out', afterSeconds: 5 } }],
    [
      'as many failures as the code for "not found"',
      { ...TEST, testsRun: 200, outcome: { kind: 'exited', exitCode: 127 } },
    ],
    ['a test about the network', { ...TEST, testsRun: 1, tail: 'getaddrinfo ENOTFOUND plex.tv' }],
    [
      'an import of a file that is not there',
      { ...TEST, tail: "Error: Cannot find module './pin.js'" },
    ],
    ['an import of a package that is not declared', { ...TEST, tail: own }],
  ])('blames %s on the code', (_case, patch) => {
    expect(classified([result(patch)]).map(({ type }) => type)).toEqual(['test-failure']);
  });
});
