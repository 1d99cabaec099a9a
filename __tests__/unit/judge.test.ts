import { describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../../src/domain/failure.ts';
import type { CommandOutcome } from '../../src/domain/verification.ts';
import type { ChangedFile, PullRequest } from '../../src/domain/world.ts';
import { judge } from '../../src/judge.ts';
import {
  BASE_SHA,
  commandResult,
  HEAD_SHA,
  moduleOf,
  pullOf,
  reportOf,
  resultOf,
  running,
  worldOf,
  type WorldChange,
} from '../support/world.ts';

function judged(
  change: WorldChange = {},
  pull: Partial<PullRequest> = {},
  result = resultOf(),
): ReturnType<typeof judge> {
  const entries = { 'plex-auth': running() };
  const pulls = new Map([['plex-auth', pullOf(pull)]]);
  return judge(worldOf({ entries, pulls, ...change }), result);
}

function failures(outcome: ReturnType<typeof judge>): readonly (readonly [string, string])[] {
  return (outcome.world.judgement?.failures ?? []).map(({ type, source }) => [type, source]);
}

const HALTED = { kind: 'halt', failureType: null, reason: 'Unclear.' } as const;

const red = commandResult({ outcome: { kind: 'exited', exitCode: 2 } });

function undefinedType(name: string): Diagnostic {
  return {
    file: 'src/a.ts',
    line: 1,
    column: 1,
    severity: 'error',
    code: 'TS2304',
    message: `Cannot find name '${name}'.`,
  };
}

describe('a result of a session’s head', () => {
  it('is green where commands, deliverables and read-only files all hold', () => {
    const { world, refused } = judged();
    expect(refused).toBeNull();
    expect(world.judgement).toMatchObject({ module: 'plex-auth', sha: HEAD_SHA, failures: [] });
    expect(world.gateResult).toBeNull();
  });

  it('is red by a command that fails', () => {
    expect(failures(judged({}, {}, resultOf({ commands: [red] })))).toEqual([
      ['type-error', 'typecheck'],
    ]);
  });

  it('is no coder’s fault where a command could not be run', () => {
    const outcome = { kind: 'exited', exitCode: 127 } as const;
    const tail = 'sh: 1: npx: not found';
    const result = resultOf({ commands: [commandResult({ outcome, tail })] });
    expect(failures(judged({}, {}, result))).toEqual([['infrastructure', 'typecheck']]);
  });

  it('is red by a deliverable that is not there, and by no optional one', () => {
    const deliverables = [
      { path: 'src/[module-name]/[ModuleName].ts', comment: '', optional: false },
      { path: 'src/[module-name]/types.ts', comment: '', optional: true },
    ];
    const modules = [moduleOf('plex-auth', { className: 'PlexAuth' })];
    const change = { config: { deliverables }, modules };
    expect(failures(judged(change))).toEqual([['protocol-violation', 'deliverables']]);
    expect(failures(judged(change, { present: new Set(['src/plex-auth/PlexAuth.ts']) }))).toEqual(
      [],
    );
  });

  it.each([
    ['is red without an implementation report', null, null, true],
    ['is red by a report that lacks its sections', '# Done\n', null, true],
    ['asks no implementation report of a session that halts', null, HALTED, false],
  ])('%s', (_, report, claim, isRed) => {
    const expected = isRed ? [['protocol-violation', 'implementation-report']] : [];
    expect(failures(judged({}, { report, claim }))).toEqual(expected);
  });

  it('asks for the module’s own deliverables where it has some', () => {
    const own = [{ path: 'lib/own.ts', comment: '', optional: false }];
    const all = [{ path: 'src/all.ts', comment: '', optional: false }];
    const modules = [moduleOf('plex-auth', { deliverables: own })];
    const change = { config: { deliverables: all }, modules };
    expect(failures(judged(change, { present: new Set(['lib/own.ts']) }))).toEqual([]);
    expect(failures(judged(change, { present: new Set(['src/all.ts']) }))).toHaveLength(1);
  });

  it.each<[string, string, ChangedFile['status'], string]>([
    ['the prompts', 'spec-pack/artifact-7-implementation-prompts.md', 'modified', 'spec-pack'],
    ['the shared types', 'spec-pack/artifact-2-shared-types.ts', 'modified', 'spec-pack'],
    ['a handoff', 'spec-pack/context-handoff/plex-auth.md', 'modified', 'spec-pack'],
    ['a workflow', '.github/workflows/ci.yml', 'added', 'github'],
    ['the state', 'implementation-state.json', 'added', 'state'],
    ['what the config protects', 'package.json', 'modified', 'protected-paths'],
    [
      'another session’s document',
      'orchestration-docs/session-storage-1.md',
      'modified',
      'orchestration-docs',
    ],
    [
      'another session’s claim',
      'orchestration-docs/claims/storage-1.json',
      'added',
      'orchestration-docs',
    ],
  ])('is red by a change of %s', (_, path, status, source) => {
    const outcome = judged(
      { config: { protectedPaths: ['package.json'] } },
      { files: [{ path, status }] },
    );
    expect(failures(outcome)).toEqual([['protocol-violation', source]]);
  });

  it('is not red by the session’s own document, claim and reports', () => {
    const files = [
      'orchestration-docs/session-plex-auth-1.md',
      'orchestration-docs/claims/plex-auth-1.json',
      'orchestration-docs/reports/plex-auth-1.md',
      'orchestration-docs/reports/plex-auth-1-escalation.md',
    ].map((path) => ({ path, status: 'added' as const }));
    expect(failures(judged({}, { files }))).toEqual([]);
  });

  it('takes the own files from the attempt that runs', () => {
    const path = 'orchestration-docs/claims/plex-auth-1.json';
    const entries = { 'plex-auth': running({ attempt: 2 }) };
    const files = [{ path, status: 'modified' }] as const;
    const outcome = judged({ entries }, { files, report: reportOf(2) });
    expect(failures(outcome)).toEqual([['protocol-violation', 'orchestration-docs']]);
    const old = judged({ entries }, { report: reportOf(1) });
    expect(failures(old)).toEqual([['protocol-violation', 'implementation-report']]);
  });

  it('is a HALT where the specification names a type that nobody defines', () => {
    const commands = [{ ...red, diagnostics: [undefinedType('PlexPin')] }];
    const blank = worldOf();
    const prompt = blank.specPack.prompts.get(1);
    const prompts = new Map(
      prompt === undefined ? [] : [[1, { ...prompt, text: 'Return a `PlexPin`.' }] as const],
    );
    const specPack = { ...blank.specPack, prompts };
    const result = resultOf({ commands });
    expect(failures(judged({ specPack }, {}, result))).toEqual([['missing-type', 'typecheck']]);
    expect(failures(judged({}, {}, result))).toEqual([['type-error', 'typecheck']]);
  });

  it('takes what a command stands for from the config, not from what was handed over', () => {
    const forged = { ...red, failure: 'infrastructure', run: 'true', name: 'Fine' };
    const { world } = judged({}, {}, resultOf({ commands: [forged] }));
    expect(world.judgement?.failures[0]?.type).toBe('type-error');
    expect(world.judgement?.result.commands[0]).toMatchObject({
      run: 'npx tsc --noEmit',
      name: 'Type check',
    });
  });
});

describe('a result that is refused', () => {
  it.each<[string, WorldChange, Partial<PullRequest>, ReturnType<typeof resultOf>]>([
    ['of another commit than the head', {}, { headSha: BASE_SHA }, resultOf()],
    ['of a module without a pull request', { pulls: new Map() }, {}, resultOf()],
    ['of a module that the config does not have', {}, {}, resultOf({ module: 'storage' })],
    ['of no module', {}, {}, resultOf({ module: null })],
    ['without a command that was planned', {}, {}, resultOf({ commands: [] })],
    ['with a command that was not', {}, {}, resultOf({ commands: [red, { ...red, id: 'more' }] })],
    [
      'of the gates on another commit',
      {},
      {},
      resultOf({ kind: 'gates', module: null, commands: [] }),
    ],
    ['of the gates for a module', {}, {}, resultOf({ kind: 'gates', sha: BASE_SHA, commands: [] })],
  ])('is one %s', (_, change, pull, result) => {
    const { world, refused } = judged(change, pull, result);
    expect(refused).toEqual(expect.any(String));
    expect(world).toMatchObject({ judgement: null, gateResult: null });
  });
});

describe('a result of the gate commands', () => {
  const gates = [{ id: 'types', name: 'Types compile', run: 'npx tsc', timeoutSeconds: 60 }];
  const result = resultOf({
    kind: 'gates',
    sha: BASE_SHA,
    module: null,
    commands: [commandResult({ id: 'types' })],
  });

  it('is taken for the base’s tip', () => {
    const { world, refused } = judged({ config: { gates } }, {}, result);
    expect(refused).toBeNull();
    expect(world.judgement).toBeNull();
    expect(world.gateResult).toMatchObject({
      sha: BASE_SHA,
      commands: [{ id: 'types', name: 'Types compile', run: 'npx tsc' }],
    });
  });

  it('counts for nothing until it is bound: what was observed beside it is dropped', () => {
    const observed = worldOf({ gateResult: result });
    expect(judge(observed, null).world.gateResult).toBeNull();
    expect(judge(observed, resultOf()).world.gateResult).toBeNull();
  });
});

describe('a result of a merge group', () => {
  const SHA = '64'.padEnd(40, '0');
  const sender = { login: 'coder', bot: false };
  const grouped = (changed: readonly string[]): WorldChange => ({
    trigger: { kind: 'merge-group', headSha: SHA, headRef: '', baseSha: BASE_SHA, sender },
    mergeGroup: {
      headSha: SHA,
      headRef: 'refs/heads/gh-readonly-queue/main/pr-57-c0',
      commits: [],
      added: [],
      changed,
      check: null,
      result: null,
      failures: [],
    },
  });
  const resultWith = (outcome: CommandOutcome) =>
    resultOf({ kind: 'group', sha: SHA, module: null, commands: [commandResult({ outcome })] });

  it.each<[string, CommandOutcome, readonly string[], RegExp]>([
    ['infrastructure', { kind: 'exited', exitCode: 127 }, [], /not found/],
    [
      'infrastructure',
      { kind: 'exited', exitCode: 126 },
      ['package.json'],
      /changes `package.json`/,
    ],
    ['infrastructure', { kind: 'not-started', reason: 'No set-up.' }, [], /No set-up/],
    ['type-error', { kind: 'exited', exitCode: 2 }, [], /exit code 2/],
  ])('tells %s from how a command ended', (type, outcome, changed, message) => {
    const { world, refused } = judged(grouped(changed), {}, resultWith(outcome));
    expect(refused).toBeNull();
    expect(world.mergeGroup?.failures).toMatchObject([
      { type, source: 'typecheck', message: expect.stringMatching(message) },
    ]);
  });

  it('holds no failure where all passed', () => {
    const passed = resultWith({ kind: 'exited', exitCode: 0 });
    expect(judged(grouped([]), {}, passed).world.mergeGroup?.failures).toEqual([]);
  });
});

describe('no result', () => {
  it('is neither judged nor refused', () => {
    expect(judge(worldOf(), null)).toMatchObject({
      world: { judgement: null, gateResult: null },
      refused: null,
    });
  });
});
