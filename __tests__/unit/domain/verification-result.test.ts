import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bindResult, parseVerificationResult } from '../../../src/domain/verification.ts';
import type {
  CommandResult,
  PlannedRun,
  VerificationResult,
} from '../../../src/domain/verification.ts';

const SHA = 'a'.repeat(40);

const COMMAND: CommandResult = {
  id: 'test',
  name: 'Tests',
  run: 'npm test',
  failure: 'test-failure',
  outcome: { kind: 'exited', exitCode: 1 },
  durationMs: 12.5,
  diagnostics: [
    { file: 'src/a.ts', line: 1, column: null, severity: 'error', code: null, message: 'Bad.' },
  ],
  diagnosticsOmitted: 0,
  testsRun: 3,
  allowEmpty: false,
  tail: 'Bad.',
  logDigest: '0'.repeat(64),
};

const RESULT: VerificationResult = {
  version: 1,
  kind: 'verification',
  sha: SHA,
  module: 'plex-auth',
  commands: [COMMAND],
  shed: [],
};

const RUN: PlannedRun = {
  kind: 'verification',
  sha: SHA,
  timeoutSeconds: 18_000,
  module: 'plex-auth',
  pullRequest: 7,
  commands: [
    {
      id: 'test',
      name: 'Tests',
      run: 'npm test',
      failure: 'test-failure',
      env: {},
      shell: null,
      workingDirectory: null,
      timeoutSeconds: 60,
      needs: [],
      parallel: true,
      report: null,
      allowEmpty: false,
    },
  ],
};

describe('parseVerificationResult', () => {
  it('gives back what was written', () => {
    expect(parseVerificationResult(JSON.stringify(RESULT))).toEqual({ ok: true, value: RESULT });
  });

  it.each<[string, unknown, string]>([
    ['nothing', '', 'No result was handed on.'],
    ['no text', 7, 'The result is no text.'],
    ['no JSON', '{', 'The result is malformed at its root.'],
    [
      'another version',
      JSON.stringify({ ...RESULT, version: 2 }),
      'The result is malformed at version.',
    ],
    [
      'an unknown key',
      JSON.stringify({ ...RESULT, extra: 1 }),
      'The result is malformed at extra.',
    ],
    [
      'a commit that is none',
      JSON.stringify({ ...RESULT, sha: 'main' }),
      'The result is malformed at sha.',
    ],
    [
      'a negative count',
      JSON.stringify({ ...RESULT, commands: [{ ...COMMAND, testsRun: -1 }] }),
      'The result is malformed at commands.0.testsRun.',
    ],
    [
      'an outcome of no kind',
      JSON.stringify({ ...RESULT, commands: [{ ...COMMAND, outcome: { kind: 'won' } }] }),
      'The result is malformed at commands.0.outcome.kind.',
    ],
    [
      'a prototype',
      `{"__proto__":{},${JSON.stringify(RESULT).slice(1)}`,
      'The result is malformed at __proto__.',
    ],
  ])('refuses %s', (_case, source, reason) => {
    expect(parseVerificationResult(source)).toEqual({ ok: false, reason });
  });

  it('refuses what is larger than the limit without reading it', () => {
    const source = JSON.stringify(RESULT);
    expect(parseVerificationResult(source, source.length).ok).toBe(true);
    expect(parseVerificationResult(source, source.length - 1)).toMatchObject({ ok: false });
    expect(parseVerificationResult('€'.repeat(90_000)).ok).toBe(false);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.anything()), (source) => {
        expect(parseVerificationResult(source).ok).toBe(false);
      }),
    );
  });

  it('refuses a result that was cut anywhere', () => {
    const source = JSON.stringify(RESULT);
    for (let length = 0; length < source.length; length += 1) {
      expect(parseVerificationResult(source.slice(0, length)).ok).toBe(false);
    }
  });
});

describe('bindResult', () => {
  it('accepts the result of exactly the planned run', () => {
    expect(bindResult(RESULT, RUN)).toEqual({ ok: true, value: RESULT });
  });

  it.each<[string, Partial<VerificationResult>]>([
    ['another commit', { sha: 'b'.repeat(40) }],
    ['another module', { module: 'other' }],
    ['another kind', { kind: 'gates', module: null }],
    ['no commands', { commands: [] }],
    ['a command more', { commands: [COMMAND, { ...COMMAND, id: 'more' }] }],
    ['a command twice', { commands: [COMMAND, COMMAND] }],
  ])('refuses the result of %s', (_case, patch) => {
    expect(bindResult({ ...RESULT, ...patch }, RUN).ok).toBe(false);
  });

  it('takes from the plan what a command stands for', () => {
    const forged = { ...COMMAND, failure: 'infrastructure', run: 'true', allowEmpty: true };
    expect(bindResult({ ...RESULT, commands: [forged] }, RUN)).toEqual({ ok: true, value: RESULT });
  });
});
