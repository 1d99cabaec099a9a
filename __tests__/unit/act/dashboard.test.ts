import { describe, expect, it } from '@jest/globals';
import { dashboardModules } from '../../../src/act/dashboard.ts';
import type { DashboardModule } from '../../../src/documents/dashboard.ts';
import { BASE_SHA, completed, moduleOf, requested, running, worldOf } from '../../support/world.ts';

const GATE = { id: 'types', name: 'Types', run: 'npx tsc', timeoutSeconds: 60 };

const MODULES = [
  moduleOf('waits', { dependsOn: ['runs'] }),
  moduleOf('next'),
  moduleOf('runs'),
  moduleOf('free'),
  moduleOf('later', { dependsOn: ['runs'] }),
];

const ENTRIES = {
  waits: requested(42, '2026-01-01T00:00:00.000Z'),
  next: requested(43, '2026-01-02T00:00:00.000Z'),
  runs: running(),
};

function shown(result: 'passed' | 'failed' | 'infrastructure' | null) {
  const world = worldOf({ modules: MODULES, entries: ENTRIES, config: { gates: [GATE] } });
  const gateRun = result === null ? null : { sha: BASE_SHA, results: { types: result } };
  const modules = dashboardModules(world, { ...world.state, gateRun });
  return new Map<string, DashboardModule>(modules.map((module) => [module.id, module]));
}

describe('dashboardModules', () => {
  it('gives no place to a request that waits for a dependency, however old', () => {
    const modules = shown('passed');
    expect(modules.get('waits')).toMatchObject({ queuePlace: null, ready: false });
    expect(modules.get('next')).toMatchObject({ queuePlace: 1, ready: true });
  });

  it.each(['failed', 'infrastructure', null] as const)(
    'gives no place while the gate command is %p',
    (result) => {
      const places = [...shown(result).values()].map(({ queuePlace }) => queuePlace);
      expect(places).toEqual([null, null, null, null, null]);
    },
  );

  it.each([
    ['passed', true],
    ['infrastructure', true],
    ['failed', false],
    [null, true],
  ] as const)('where the gate command is %p, a free module is ready: %p', (result, ready) => {
    expect(shown(result).get('free')).toMatchObject({ ready, requested: false });
    expect(shown(result).get('later')).toMatchObject({ ready: false, requested: false });
  });

  it('tells of a failed gate command and keeps still about one that has yet to run', () => {
    expect(
      shown('failed')
        .get('next')
        ?.unmet.map(({ gate }) => gate),
    ).toEqual(['command:types']);
    expect(shown(null).get('next')?.unmet).toEqual([]);
  });

  it('notes a module that was reopened, and what rests on it', () => {
    const ruling = { kind: 'reopened', by: 'coder', reason: 'It leaks.', at: BASE_SHA } as const;
    const notes = (status: 'pending' | 'complete') => {
      const entries = {
        runs: { status, session: { attempt: 1, ruling } },
        waits: completed(),
      };
      const world = worldOf({ modules: MODULES, entries });
      return dashboardModules(world, world.state).map(({ note }) => note);
    };
    expect(notes('pending')).toEqual([
      'rests on `runs`, which was reopened',
      null,
      'reopened by coder: It leaks.',
      null,
      null,
    ]);
    expect(notes('complete')).toEqual([null, null, null, null, null]);
  });

  it('notes a module that was declared complete, with who and why', () => {
    const ruling = {
      kind: 'completed',
      by: 'admin',
      reason: 'Built in 2024.',
      at: BASE_SHA,
    } as const;
    const entries = { free: { ...completed(null), session: { ruling } } };
    const world = worldOf({ modules: MODULES, entries });
    expect(dashboardModules(world, world.state)[3]?.note).toBe(
      'declared complete by admin: Built in 2024.',
    );
  });
});
