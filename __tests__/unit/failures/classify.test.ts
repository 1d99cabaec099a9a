import { describe, expect, it } from '@jest/globals';
import type { FailureConfig } from '../../../src/domain/config-types.ts';
import type { CommandOutcome, CommandResult } from '../../../src/domain/verification.ts';
import { classify } from '../../../src/failures/classify.ts';
import type { ClassifyInput } from '../../../src/failures/classify.ts';
import { isDoneWithin } from '../../support/seconds-of-work.ts';
import { growth, parsed, toolOutput } from './tool-output.ts';

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

function told(message: string, code = 'TS2304', file = 'src/a.ts'): CommandResult {
  return result({
    diagnostics: [{ file, line: 1, column: 1, severity: 'error', code, message }],
  });
}

const KNOWN = {
  sharedTypes: new Set(['PlexToken']),
  built: new Set(['PlexAuth', 'EventEmitter']),
  changedPaths: new Set([
    'src/a.js',
    'src/auth/interfaces.ts',
    'src/pins/index.ts',
    'src/PinBoard.ts',
  ]),
};

function classified(results: readonly CommandResult[], patch: Partial<ClassifyInput> = {}) {
  return classify({
    module: 'plex-auth',
    specification: { prompt: SPEC, handoff: '', types: [] },
    known: KNOWN,
    results,
    added: [],
    ...patch,
  });
}

function types(results: readonly CommandResult[], patch: Partial<ClassifyInput> = {}): string[] {
  return classified(results, patch).map(({ type, source }) => `${type} of ${source}`);
}

function row(patch: Partial<FailureConfig>): FailureConfig {
  return {
    id: 'added',
    title: 'Added',
    indicator: 'It shows',
    instruction: 'Look',
    action: 'self-fix',
    target: null,
    exitCodes: [],
    commands: [],
    matches: [],
    ...patch,
  };
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

  it('counts what is no longer at hand once, with the last failure of its command', () => {
    const shed = { ...told("Cannot find name 'PlexPin'."), diagnosticsOmitted: 7 };
    expect(classified([shed])).toMatchObject([{ type: 'missing-type', omitted: 7 }]);
    const both = { ...printed('tsc'), diagnosticsOmitted: 7 };
    expect(classified([both]).map(({ omitted }) => omitted)).toEqual([undefined, 7]);
  });

  it('gives a skipped command no failure of its own', () => {
    expect(types([result({ outcome: { kind: 'skipped', because: 'lint' } })])).toEqual([]);
  });

  it('tells once why several commands were not started', () => {
    const reason = 'The set-up failed with exit code 1.';
    const outcome = { kind: 'not-started', reason } as const;
    const other = { kind: 'not-started', reason: 'There is no such folder.' } as const;
    expect(
      types([
        result({ outcome }),
        result({ ...TEST, outcome }),
        result({ id: 'lint', outcome: other }),
      ]),
    ).toEqual(['infrastructure of typecheck', 'infrastructure of lint']);
  });

  it('takes a command that was not started for skipped where another used the time up', () => {
    const slow = result({ ...TEST, outcome: { kind: 'timed-out', afterSeconds: 5 } });
    const late = result({ outcome: { kind: 'not-started', reason: 'The time is used up.' } });
    expect(types([slow, late])).toEqual(['test-failure of test']);
    expect(types([result({ outcome: PASSED }), late])).toEqual(['infrastructure of typecheck']);
  });

  it('takes a type that the table lacks for a test failure', () => {
    expect(types([result({ failure: 'gone' })])).toEqual(['test-failure of typecheck']);
  });

  it.each([
    ['mocha-empty', false, ['test-failure of test']],
    ['jest-empty', false, ['test-failure of test']],
    ['vitest-empty', false, ['test-failure of test']],
    ['node24-test-unmatched-spec', false, ['test-failure of test']],
    ['node20-test-nothing-tap', false, ['test-failure of test']],
    ['pytest-skipped', false, ['test-failure of test']],
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

  it('tells of what another module builds that it is there to import', () => {
    const specification = { prompt: 'Uses `EventEmitter`.', handoff: '', types: [] };
    const [failure] = classified([told("Cannot find name 'EventEmitter'.")], { specification });
    expect(failure?.diagnostics[0]?.message).toContain('A module declares it: import it');
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
    ['a shared module that is not there', "Cannot find module './types'.", 'TS2307', 'type-error'],
    ["another module's class", "Cannot find name 'EventEmitter'.", 'TS2304', 'type-error'],
    ['what the platform declares', "Cannot find name 'Response'.", 'TS2304', 'type-error'],
    ['a type parameter', "Cannot find name 'T'.", 'TS2304', 'type-error'],
    ['a constant of the prompt', "Cannot find name 'MAX_TRIES'.", 'TS2304', 'type-error'],
    [
      'what a file of the session is called',
      "Cannot find name 'PinBoard'.",
      'TS2304',
      'type-error',
    ],
  ])('judges %s', (_case, message, code, expected) => {
    const prompt = `${SPEC} Emits by \`EventEmitter\` \`MAX_TRIES\` times to a \`PinBoard\`, as \`get<T>(): Response\`.`;
    const specification = { prompt, handoff: '', types: [] };
    const failures = classified([told(message, code)], { specification });
    expect(failures.map(({ type }) => type)).toEqual([expected]);
  });

  it.each([
    ['in a sentence of the handoff', 'A PlexPin is short-lived.', [], 'missing-type'],
    [
      'in a code block of the handoff',
      '```ts\nlogin(pin: PlexPin): Session;\n```',
      [],
      'missing-type',
    ],
    ['in a declared type', '', ['export interface PlexToken { pin: PlexPin }'], 'missing-type'],
    ['in a comment of a declared type', '', ['// of a PlexPin\ntype A = 1;'], 'missing-type'],
    ['in what is returned', 'The answer is a `PlexPin`, an interface.', [], 'missing-type'],
    ['as one of the shared types', '`PlexPin` is a shared type.', [], 'missing-type'],
    ['in a use of its own', 'Create a `PlexPin` for an interface.', [], 'missing-type'],
    [
      'in an import of the shared types',
      "```ts\nimport type { PlexPin } from '../../types/index.js';\n```",
      [],
      'missing-type',
    ],
    ['nowhere', 'Nothing of it.', [], 'type-error'],
    ['where it is declared', '`interface PlexPin { id: string }`', [], 'type-error'],
    ['where it is explained', '`PlexPin<T>` is the same as an interface.', [], 'type-error'],
    ['in a list of what is', '- `PlexPin`: a small value class', [], 'type-error'],
    [
      'where it is exported',
      'The module exports `PlexAuth`, its interface `PlexCode`\nand `PlexPin`.',
      [],
      'type-error',
    ],
    ['where it is to be exported', 'Small.\n- Export the type `PlexPin`.', [], 'type-error'],
    ['as a value', '```ts\nexport const PlexPin = {};\n```', [], 'type-error'],
    [
      'in an import of a package',
      "```ts\nimport Kit, { type PlexPin } from 'plex-kit';\n```",
      [],
      'type-error',
    ],
    [
      'in an import of a file of its own',
      "```ts\nimport type { PlexPin } from './types.js';\n```",
      [],
      'type-error',
    ],
  ])('finds a name %s', (_where, handoff, sharedTypes, expected) => {
    const specification = { prompt: 'Write it.', handoff, types: sharedTypes };
    const failures = classified([told("Cannot find name 'PlexPin'.")], { specification });
    expect(failures.map(({ type }) => type)).toEqual([expected]);
  });

  it.each([
    ['a sentence begins with it', 'Session handling is up to you. // Session', 'type-error'],
    ['a comment says it', '```ts\n/* Session */ const a = 1; // Session\n```', 'type-error'],
    ['code uses it', 'Returns a `Session`.', 'missing-type'],
  ])('takes a single word for a type only where code uses it: %s', (_case, prompt, expected) => {
    const specification = { prompt, handoff: '', types: [] };
    const failures = classified([told("Cannot find name 'Session'.")], { specification });
    expect(failures.map(({ type }) => type)).toEqual([expected]);
  });

  it.each([
    ['a file that the session wrote', './interfaces', 'type-error'],
    ['a folder that the session wrote', '../pins/index.js', 'type-error'],
    ['the same folder without its index', '../pins', 'type-error'],
    ['a file that it left alone', '../types/index.js', 'missing-type'],
    ['a package', 'plex-types', 'missing-type'],
  ])('looks whether a missing export is of %s', (_case, specifier, expected) => {
    const message = `Module '"${specifier}"' has no exported member 'PlexPin'.`;
    const command = told(message, 'TS2305', 'src/auth/PlexAuth.ts');
    expect(types([command])).toEqual([`${expected} of typecheck`]);
  });
});

describe('classify by the rows of the config', () => {
  const oom = row({ id: 'oom', exitCodes: [137, 134] });
  const flaky = row({ id: 'flaky', matches: ['socket * closed'], commands: ['test', 'e2e'] });
  const soft = row({ id: 'soft', commands: ['lint'] });
  const added = [row({ id: 'named' }), oom, flaky, soft];
  const closed = { tail: 'x\nError: socket 12 was closed by the peer\ny' };
  const found = told('A socket is closed.').diagnostics;

  it.each<[string, Partial<CommandResult>, string]>([
    ['an exit code that a row names', { outcome: { kind: 'exited', exitCode: 137 } }, 'oom'],
    ['an exit code that none names', { outcome: { kind: 'exited', exitCode: 2 } }, 'type-error'],
    [
      'a signal whose exit code a row names',
      { outcome: { kind: 'signalled', signal: 'SIGKILL' } },
      'oom',
    ],
    [
      'a signal that no row names',
      { outcome: { kind: 'signalled', signal: 'SIGTERM' } },
      'infrastructure',
    ],
    ['a text of the command that the row names', { ...TEST, ...closed }, 'flaky'],
    ['the same text of another command', closed, 'type-error'],
    ['the pieces of a text in another order', { ...TEST, tail: 'closed socket' }, 'test-failure'],
    ['the pieces of a text on two lines', { ...TEST, tail: 'socket\n closed' }, 'test-failure'],
    ['a text in a message', { ...TEST, diagnostics: found }, 'flaky'],
    ['a command alone', { id: 'lint', failure: 'lint-error' }, 'soft'],
    [
      'a command alone, with a missing type',
      { ...told("Cannot find name 'PlexPin'."), id: 'lint' },
      'missing-type',
    ],
    [
      'a command alone that was not found',
      { id: 'lint', outcome: { kind: 'exited', exitCode: 127 } },
      'infrastructure',
    ],
    ['a command that names an added type itself', { failure: 'named' }, 'named'],
  ])('judges %s', (_case, patch, expected) => {
    expect(classified([result(patch)], { added }).map(({ type }) => type)).toEqual([expected]);
  });

  it('leaves the whole of a command to the first row that its output speaks for', () => {
    const first = row({ id: 'first', matches: ["name 'PlexPin'"] });
    const failures = classified([told("Cannot find name 'PlexPin'.")], {
      added: [first, row({ id: 'second', exitCodes: [1] })],
    });
    expect(failures).toMatchObject([{ type: 'first', diagnostics: [{ code: 'TS2304' }] }]);
  });

  it('lets a row speak for a run without tests', () => {
    const empty = printed('mocha-empty', { ...TEST, outcome: PASSED });
    expect(types([empty], { added: [row({ matches: ['0 passing'] })] })).toEqual(['added of test']);
    expect(types([empty], { added: [row({ commands: ['test'] })] })).toEqual(['added of test']);
    expect(types([result({ outcome: PASSED, tail: '0 passing' })], { added })).toEqual([]);
  });

  it('matches in linear time', () => {
    const slow = row({ matches: [`${'a*'.repeat(200)}b`] });
    const tail = 'a'.repeat(64 * 1024);
    expect(isDoneWithin(1, () => classified([result({ tail })], { added: [slow] }))).toBe(true);
  });
});

describe('classify on infrastructure', () => {
  const foreign =
    "Error: Cannot find module 'yargs'\nRequire stack:\n- /r/node_modules/mocha/cli.js";
  const setUp: CommandOutcome = { kind: 'timed-out', afterSeconds: 60 };
  const pnpm = ' ERR_PNPM_FETCH_503  GET https://registry.example/a: Service Unavailable - 503';
  const yarn =
    'error An unexpected error occurred: "https://registry.example/a: getaddrinfo ENOTFOUND registry.example".\n' +
    'info If you think this is a bug, please open a bug report.\n' +
    'info Visit https://yarnpkg.com/en/docs/cli/install for documentation about this command.';

  function exited(exitCode: number): Partial<CommandResult> {
    return { outcome: { kind: 'exited', exitCode } };
  }

  it.each<[string, Partial<CommandResult>]>([
    ['a command not found', exited(127)],
    ['a script whose tool is missing', printed('npm-tool-missing', exited(127))],
    ['a command not executable', exited(126)],
    ['a kill', exited(137)],
    ['an end from outside', exited(143)],
    ['a signal', { outcome: { kind: 'signalled', signal: 'SIGKILL' } }],
    ['a command that never began', { outcome: { kind: 'not-started', reason: 'No folder.' } }],
    ['a set-up that took too long', { id: 'setup', outcome: setUp }],
    ['too little memory to fork', { tail: 'bash: fork: Cannot allocate memory' }],
    ['an older npm', { tail: 'npm ERR! code ENOTFOUND\nnpm ERR! network failed\n' }],
    ['pnpm without a registry', { tail: pnpm }],
    ['Yarn without a network', { tail: yarn }],
    ['a tool with a part missing', { tail: foreign }],
  ])('blames %s on the machine', (_case, patch) => {
    expect(classified([result(patch)]).map(({ type }) => type)).toEqual(['infrastructure']);
  });

  it.each([
    [129, 'SIGHUP', 'ended from outside by SIGHUP'],
    [130, 'SIGINT', 'ended from outside by SIGINT'],
    [131, 'SIGQUIT', 'ended from outside by SIGQUIT'],
    [134, 'SIGABRT', 'crashed with SIGABRT'],
    [136, 'SIGFPE', 'crashed with SIGFPE'],
    [137, 'SIGKILL', 'killed, as the system does when memory runs out'],
    [139, 'SIGSEGV', 'crashed with SIGSEGV'],
    [143, 'SIGTERM', 'ended from outside by SIGTERM'],
  ])('tells exit code %s and %s in the same words', (exitCode, signal, words) => {
    const signalled: CommandOutcome = { kind: 'signalled', signal };
    const [byCode] = classified([result(exited(exitCode))]);
    expect(byCode).toMatchObject({
      type: 'infrastructure',
      message: expect.stringContaining(
        `It ${/^(?:ended|killed)/.test(words) ? 'was ' : ''}${words}.`,
      ),
    });
    expect(classified([result({ outcome: signalled })])).toEqual([byCode]);
    for (const outcome of [exited(exitCode).outcome, signalled]) {
      expect(types([result({ ...TEST, testsRun: 3, ...(outcome && { outcome }) })])).toEqual([
        'test-failure of test',
      ]);
    }
  });

  it.each([
    ['package.json', 'npm run lint'],
    ['package-lock.json', 'npx tsc'],
    ['scripts/lint.sh', 'bash scripts/lint.sh --all'],
  ])('tells that the session changed %s where a command is not found', (path, run) => {
    const command = result({ ...exited(127), run });
    const known = { ...KNOWN, changedPaths: new Set([path, 'src/a.ts']) };
    const [failure] = classified([command], { known });
    expect(failure?.type).toBe('infrastructure');
    expect(failure?.message).toContain(`This session changes \`${path}\`: check`);
    expect(classified([command])[0]?.message).not.toContain('This session changes');
  });

  it.each([
    ['disk-full', 'The disk is full.'],
    ['oom', 'Node ran out of memory.'],
    ['missing-compiler', 'A tool or a package is not installed.'],
    ['missing-loader', 'A tool or a package is not installed.'],
    ['eslint-config-package', 'A tool or a package is not installed.'],
    ['npm-refused', 'The network failed.'],
    ['npm-unknown-host', 'The network failed.'],
    ['git-unknown-host', 'The network failed.'],
    ['npm-401', 'The package registry refused the credentials.'],
    ['npm-503', 'The package registry failed.'],
  ])('blames a real %s on the machine', (name, cause) => {
    const [failure] = classified([printed(name)]);
    expect(failure?.type).toBe('infrastructure');
    expect(failure?.message).toContain(cause);
  });

  it.each<[string, Partial<CommandResult>]>([
    ['a time-out of the tests', { outcome: { kind: 'timed-out', afterSeconds: 5 } }],
    ['as many failures as the code for "not found"', { testsRun: 200, ...exited(127) }],
    ['a kill after findings that were shed', { diagnosticsOmitted: 3, ...exited(137) }],
    ['a test about the network', { testsRun: 1, tail: 'npm error code ENOTFOUND' }],
    ['code that cannot reach its server', { tail: 'Error: getaddrinfo ENOTFOUND plex.tv' }],
    ['words of npm with other words behind', { tail: 'npm error code ENOTFOUND\nExpected 1.' }],
    ['words of npm within a line', { tail: 'logged: npm error code ENOTFOUND' }],
    ['a full disk that somebody talks about', { tail: 'expected "ENOSPC: no space left"' }],
    ['a real node:test that prints the words of npm (TAP)', printed('node-test-tap')],
    ['a real node:test that prints the words of npm (spec)', printed('node-test-spec')],
    ['a package that does not exist', printed('npm-404')],
    ['an import of a file that is not there', { tail: "Error: Cannot find module './pin.js'" }],
    [
      'an import of a built file that is not there',
      { tail: "Error: Cannot find module '/r/dist/a.js'\nRequire stack:\n- /r/src/b.js" },
    ],
    [
      'an import of a package that the session wrote',
      { tail: "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'got' imported from /r/src/a.js" },
    ],
    [
      'a package required by what the session wrote',
      { tail: "Error: Cannot find module 'got'\nRequire stack:\n- /r/src/a.js\n- /r/src/b.js" },
    ],
  ])('blames %s on the code', (_case, patch) => {
    expect(types([result({ ...patch, ...TEST })])).toEqual(['test-failure of test']);
  });

  it.each([
    '\n',
    ' ',
    ' \n',
    'npm error enotfoun\n',
    'a: enospc',
    "Cannot find module '",
    'not ok ',
    '`',
  ])('judges an output of %j in time that is in proportion', (piece) => {
    const grown = growth((times) => {
      const tail = piece.repeat(Math.ceil((8000 * times) / piece.length));
      return classified([result({ tail })], { added: [row({ matches: ['*x*y'] })] });
    });
    expect(grown).toBeLessThan(30);
  });

  it('blames a package on the session that changed what is installed', () => {
    const known = { ...KNOWN, changedPaths: new Set(['package.json']) };
    const missing = printed('eslint-config-package', TEST);
    expect(types([missing])).toEqual(['infrastructure of test']);
    expect(types([missing], { known })).toEqual(['test-failure of test']);
  });
});
