import { describe, expect, it, jest } from '@jest/globals';
import type * as EngineModule from '../../support/engine.ts';
import type * as Scenarios from './scenarios.ts';
import {
  withoutBranchAdoptionRules,
  withoutCompareAndSwap,
  withoutIdentity,
  withoutPermissionCheck,
  withoutReadBack,
  withoutShaBinding,
} from './weakened.ts';

interface Defence {
  readonly scenario: keyof typeof Scenarios;
  readonly weaken: () => Promise<() => void>;
  /** What the scenario finds once the defence is gone. */
  readonly harm: string;
}

const DEFENCES: Readonly<Record<string, Defence>> = {
  'compare-and-swap': {
    scenario: 'twoRuns',
    weaken: withoutCompareAndSwap,
    harm: 'double session: claimed 2 times',
  },
  'the ancestry of a branch that is adopted': {
    scenario: 'branchBeforehand',
    weaken: withoutBranchAdoptionRules,
    harm: 'foreign branch adopted: it has a pull request of ours',
  },
  'the identity beside the marker': {
    scenario: 'markerCopied',
    weaken: withoutIdentity,
    harm: "foreign issue adopted: it is alice's",
  },
  'the SHA that a result is bound to': {
    scenario: 'pushWhileVerified',
    weaken: withoutShaBinding,
    harm: 'stale result accepted',
  },
  'the look before a creation': {
    scenario: 'lostAnswer',
    weaken: withoutReadBack,
    harm: 'double issue: 2 escalations',
  },
  'the permission check': {
    scenario: 'readerAsks',
    weaken: withoutPermissionCheck,
    harm: 'unauthorised start: core has a session',
  },
};

describe.each(Object.entries(DEFENCES))('%s', (_, { scenario, weaken, harm }) => {
  it('holds', async () => {
    expect(await harmOf(scenario)).toEqual([]);
  });

  it('is missed where it is taken away', async () => {
    jest.resetModules();
    const restore = await weaken();
    try {
      expect((await harmOf(scenario)).join('\n')).toContain(harm);
    } finally {
      restore();
      jest.resetModules();
    }
  });
});

/** Plays a scenario on the action as it is imported now. */
async function harmOf(scenario: keyof typeof Scenarios): Promise<readonly string[]> {
  const { startEngine }: typeof EngineModule = await import('../../support/engine.ts');
  const scenarios: typeof Scenarios = await import('./scenarios.ts');
  const engine = await startEngine();
  try {
    return await scenarios[scenario](engine);
  } finally {
    await engine.close();
  }
}
