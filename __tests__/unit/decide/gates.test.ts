import { describe, expect, it } from '@jest/globals';
import { evaluateGates } from '../../../src/decide/gates.ts';
import type { GateVerdict } from '../../../src/domain/gate.ts';
import { unmetGates } from '../../../src/domain/gate.ts';
import { updateHeader } from '../../../src/domain/state-file.ts';
import {
  BASE_SHA,
  blocked,
  completed,
  inReview,
  MERGE_SHA,
  moduleOf,
  running,
  specPackOf,
  stateOf,
  worldOf,
  type WorldChange,
} from '../../support/world.ts';

const GATE = { id: 'types', name: 'Types compile', run: 'npx tsc', timeoutSeconds: 60 };
const MODULE = moduleOf('plex-auth', { dependsOn: ['storage'], prompt: 3, types: ['PlexToken'] });
const MODULES = [moduleOf('events'), moduleOf('storage', { dependsOn: ['events'] }), MODULE];
const DONE = { events: completed(), storage: completed() };

function gateOf(gate: string, change: WorldChange): GateVerdict | undefined {
  const world = worldOf({ modules: MODULES, entries: DONE, ...change });
  return evaluateGates(world, world.state, MODULE).find((verdict) => verdict.gate === gate);
}

function withGateRun(sha: string, result: 'passed' | 'failed' | 'infrastructure'): WorldChange {
  const state = updateHeader(stateOf(DONE), { gateRun: { sha, results: { types: result } } });
  return { state, config: { gates: [GATE] } };
}

interface Case {
  readonly when: string;
  readonly gate: string;
  readonly verdict: GateVerdict['verdict'];
  readonly reason: string;
  readonly clears?: string;
  readonly change?: WorldChange;
}

const without = specPackOf([]);
const pack = specPackOf(MODULES);

const CASES: readonly Case[] = [
  {
    when: 'a dependency is complete and its merge is in the base',
    gate: 'dependency:storage',
    verdict: 'passed',
    reason: 'complete and contained in main',
  },
  {
    when: 'a dependency was adopted without a merge of ours',
    gate: 'dependency:storage',
    verdict: 'passed',
    reason: 'complete and contained in main',
    change: { entries: { ...DONE, storage: completed(null) } },
  },
  ...(['in-progress', 'review'] as const).map((status) => ({
    when: `a dependency is ${status}`,
    gate: 'dependency:storage',
    verdict: 'failed' as const,
    reason: status === 'review' ? '`storage` is in review' : '`storage` is in progress',
    clears: 'its pull request is verified and merged',
    change: { entries: { ...DONE, storage: status === 'review' ? inReview() : running() } },
  })),
  {
    when: 'a dependency was never begun',
    gate: 'dependency:storage',
    verdict: 'failed',
    reason: '`storage` is pending',
    clears: '`storage` becomes complete',
    change: { entries: { events: completed() } },
  },
  {
    when: 'a dependency’s merge is known not to be in the base',
    gate: 'dependency:storage',
    verdict: 'failed',
    reason: 'no longer in main',
    clears: 'in main again',
    change: { base: { branch: 'main', sha: BASE_SHA, contains: new Map([[MERGE_SHA, false]]) } },
  },
  {
    when: 'nobody looked whether a dependency’s merge is in the base',
    gate: 'dependency:storage',
    verdict: 'unknown',
    reason: 'could not be read',
    clears: 'in main again',
    change: { base: { branch: 'main', sha: BASE_SHA, contains: new Map() } },
  },
  {
    when: 'a gate command passed on the base’s tip',
    gate: 'command:types',
    verdict: 'passed',
    reason: 'passed on ba5e000',
    change: withGateRun(BASE_SHA, 'passed'),
  },
  {
    when: 'a gate command failed on the base’s tip',
    gate: 'command:types',
    verdict: 'failed',
    reason: 'failed on ba5e000',
    clears: '`npx tsc` passes on main',
    change: withGateRun(BASE_SHA, 'failed'),
  },
  {
    when: 'a gate command could not be run',
    gate: 'command:types',
    verdict: 'unknown',
    reason: 'could not be run on ba5e000',
    clears: 'runs by itself',
    change: withGateRun(BASE_SHA, 'infrastructure'),
  },
  {
    when: 'a gate command passed on an older commit only',
    gate: 'command:types',
    verdict: 'unknown',
    reason: 'not run on ba5e000 yet',
    clears: 'runs by itself',
    change: withGateRun('older', 'passed'),
  },
  {
    when: 'a gate command was never run',
    gate: 'command:types',
    verdict: 'unknown',
    reason: 'not run on ba5e000 yet',
    clears: 'runs by itself',
    change: { config: { gates: [GATE] } },
  },
  { when: 'the handoff is there', gate: 'handoff', verdict: 'passed', reason: 'plex-auth.md' },
  {
    when: 'the handoff is missing',
    gate: 'handoff',
    verdict: 'failed',
    reason: 'missing: spec-pack/context-handoff/plex-auth.md',
    clears: 'Add spec-pack/context-handoff/plex-auth.md',
    change: { specPack: { ...pack, handoffs: without.handoffs } },
  },
  { when: 'the prompt is there', gate: 'prompt', verdict: 'passed', reason: 'prompt 3' },
  {
    when: 'the prompt is missing',
    gate: 'prompt',
    verdict: 'failed',
    reason: 'missing: prompt 3',
    clears: 'Add prompt 3',
    change: { specPack: { ...pack, prompts: without.prompts } },
  },
  { when: 'the declared types are there', gate: 'types', verdict: 'passed', reason: 'found' },
  {
    when: 'a declared type is missing',
    gate: 'types',
    verdict: 'failed',
    reason: 'missing: PlexToken in spec-pack/artifact-2-shared-types.ts',
    clears: 'Add PlexToken',
    change: { specPack: { ...pack, types: without.types } },
  },
  { when: 'nothing is blocked', gate: 'blockers', verdict: 'passed', reason: 'no module' },
  {
    when: 'the module itself is blocked',
    gate: 'blockers',
    verdict: 'failed',
    reason: 'blocked: `plex-auth` (#61)',
    clears: 'Close the escalation of `plex-auth` (#61)',
    change: { entries: { ...DONE, 'plex-auth': blocked() } },
  },
  {
    when: 'what a dependency rests on is blocked',
    gate: 'blockers',
    verdict: 'failed',
    reason: 'blocked: `events` (#61)',
    clears: 'Close the escalation of `events` (#61)',
    change: { entries: { ...DONE, events: blocked() } },
  },
  {
    when: 'a blocked dependency’s escalation is not open yet',
    gate: 'blockers',
    verdict: 'failed',
    reason: 'blocked: `storage`',
    clears: 'Close the escalation of `storage`',
    change: { entries: { ...DONE, storage: blocked({ escalation: null }) } },
  },
];

describe('the gates of a module', () => {
  it.each(CASES)(
    '$gate is $verdict where $when',
    ({ gate, verdict, reason, clears, change = {} }) => {
      const found = gateOf(gate, change);
      expect(found?.verdict).toBe(verdict);
      expect(found?.reason).toContain(reason);
      expect(found?.clears).toEqual(clears === undefined ? '' : expect.stringContaining(clears));
    },
  );

  it('stand in the order of dependencies, commands, specification and blockers', () => {
    const world = worldOf({ modules: MODULES, config: { gates: [GATE] } });
    expect(evaluateGates(world, world.state, MODULE).map((verdict) => verdict.gate)).toEqual([
      'dependency:storage',
      'command:types',
      'handoff',
      'prompt',
      'types',
      'blockers',
    ]);
  });

  it('are unmet where they failed and where nobody knows', () => {
    const world = worldOf({
      modules: MODULES,
      config: { gates: [GATE] },
      entries: { events: completed() },
    });
    const unmet = unmetGates(evaluateGates(world, world.state, MODULE));
    expect(unmet.map(({ gate, verdict }) => [gate, verdict])).toEqual([
      ['dependency:storage', 'failed'],
      ['command:types', 'unknown'],
    ]);
  });

  it('take no blocked module into account that the module does not rest on', () => {
    const modules = [...MODULES, moduleOf('other')];
    expect(gateOf('blockers', { modules, entries: { ...DONE, other: blocked() } })?.verdict).toBe(
      'passed',
    );
  });
});
