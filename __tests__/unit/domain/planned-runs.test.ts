import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plannedGates, plannedVerification } from '../../../src/decide/plan.ts';
import { parsePlannedRuns } from '../../../src/domain/planned-runs.ts';
import type { PlannedRun } from '../../../src/domain/verification.ts';
import { BASE_SHA, HEAD_SHA, moduleOf, worldOf } from '../../support/world.ts';

const MODULE = moduleOf('plex-auth', { className: 'PlexAuth' });
const BLANK = worldOf();
const [TYPECHECK] = BLANK.config.verification;
const WORLD = worldOf({
  modules: [MODULE],
  config: {
    gates: [{ id: 'types', name: 'Types compile', run: 'npx tsc', timeoutSeconds: 60 }],
    verification: BLANK.config.verification.map((command) => ({
      ...command,
      run: 'npm test -- --grep "{{module.className}}" {{module.id}} {{module.name}}',
      env: { CI: '1' },
      report: 'report.json',
    })),
  },
});
const VERIFICATION = plannedVerification(WORLD, MODULE, { number: 57, headSha: HEAD_SHA });
const RUNS: readonly PlannedRun[] = [plannedGates(WORLD), VERIFICATION];

function changed(change: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([{ ...VERIFICATION, ...change }]);
}

describe('what is planned', () => {
  it('is the gate commands on the base’s tip', () => {
    expect(plannedGates(WORLD)).toMatchObject({
      kind: 'gates',
      sha: BASE_SHA,
      timeoutSeconds: WORLD.config.verificationTimeoutSeconds,
      commands: [{ id: 'types', run: 'npx tsc', timeoutSeconds: 60, env: {}, report: null }],
    });
  });

  it('is the protocol on the head, with the module’s id and class name and no free text', () => {
    expect(VERIFICATION.commands[0]?.run).toBe(
      'npm test -- --grep "PlexAuth" plex-auth {{module.name}}',
    );
    expect(VERIFICATION).toMatchObject({
      module: 'plex-auth',
      pullRequest: 57,
      sha: HEAD_SHA,
      timeoutSeconds: WORLD.config.verificationTimeoutSeconds,
      commands: [{ report: 'report.json', parallel: true }],
    });
  });
});

describe('parsePlannedRuns', () => {
  it('reads what was planned', () => {
    expect(parsePlannedRuns(JSON.stringify(RUNS))).toEqual(RUNS);
    expect(parsePlannedRuns('[]')).toEqual([]);
  });

  it.each([
    ['no text', ''],
    ['no JSON', '[{'],
    ['no list', '{}'],
    ['null', 'null'],
    ['a list of texts', '["gates"]'],
    ['another kind', changed({ kind: 'deploy' })],
    ['a short SHA', changed({ sha: HEAD_SHA.slice(0, 7) })],
    ['a SHA with capitals', changed({ sha: HEAD_SHA.toUpperCase() })],
    ['a branch in place of a SHA', changed({ sha: 'main' })],
    ['a SHA with a line end', changed({ sha: `${HEAD_SHA}\n` })],
    ['a verification without a module', changed({ module: undefined })],
    ['a verification whose pull request is a text', changed({ pullRequest: '57' })],
    ['a key that nobody knows', changed({ extra: 1 })],
    ['a command without its line', changed({ commands: [{ ...TYPECHECK, run: undefined }] })],
    [
      'an environment of numbers',
      changed({ commands: [{ ...VERIFICATION.commands[0], env: { A: 1 } }] }),
    ],
    ['a gates run with a module', JSON.stringify([{ ...RUNS[0], module: 'plex-auth' }])],
  ])('refuses %s', (_, text) => {
    expect(parsePlannedRuns(text)).toBeNull();
  });

  it('takes a SHA-256 for a SHA', () => {
    expect(parsePlannedRuns(changed({ sha: 'a'.repeat(64) }))).not.toBeNull();
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(() => parsePlannedRuns(text)).not.toThrow();
      }),
    );
  });
});
