import { describe, expect, it } from '@jest/globals';
import type { Reruns } from '../../../src/domain/implementation-state.ts';
import type { PullRequest } from '../../../src/domain/world.ts';
import {
  blocked,
  decideOn,
  dispatchTrigger,
  entryAfter,
  failureOf,
  HEAD_SHA,
  judgementOf,
  messagesOf,
  NOW,
  EARLIER,
  pullOf,
  pullTrigger,
  running,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

const SPOILT = judgementOf([failureOf('infrastructure')]);

function spoilt(
  reruns: Partial<Reruns> | null,
  pull: Partial<PullRequest> = {},
  change: WorldChange = {},
): WorldChange {
  const known =
    reruns === null ? {} : { reruns: { sha: HEAD_SHA, times: 1, at: EARLIER, ...reruns } };
  return {
    entries: { 'plex-auth': running(known) },
    pulls: new Map([['plex-auth', pullOf(pull)]]),
    trigger: dispatchTrigger(null, 57),
    judgement: SPOILT,
    ...change,
  };
}

function outcomeOf(change: WorldChange): unknown {
  return stepsOf(decideOn(change), 'publish')[0]?.outcome;
}

describe('a head that infrastructure kept from being verified', () => {
  it('is run again by itself, and the state counts that before it is', () => {
    const change = spoilt(null, {}, { trigger: pullTrigger() });
    expect(outcomeOf(change)).toEqual({ kind: 'infrastructure', again: { time: 1, limit: 2 } });
    expect(messagesOf(decideOn(change))).toEqual([
      `plex-auth: head ${HEAD_SHA.slice(0, 7)} is verified again (1 of 2)`,
    ]);
    expect(entryAfter(change).session).toMatchObject({
      reruns: { sha: HEAD_SHA, times: 1, at: NOW },
      failedHeads: [],
    });
    expect(decideOn(change).needs).toMatchObject([{ module: 'plex-auth', sha: HEAD_SHA }]);
  });

  it('is run again a second time', () => {
    expect(outcomeOf(spoilt({ times: 1 }))).toMatchObject({ again: { time: 2, limit: 2 } });
    expect(decideOn(spoilt({ times: 1 })).needs).toHaveLength(1);
  });

  it.each<[string, WorldChange]>([
    ['was run again twice', spoilt({ times: 2 })],
    [
      'was run again twice and brought nothing at all',
      spoilt({ times: 2 }, {}, { judgement: null }),
    ],
    [
      'changes .github/, whose workflow a dispatch on its branch would run',
      spoilt(null, { files: [{ path: '.github/workflows/sessions.yml', status: 'modified' }] }),
    ],
    ['changes more files than are listed', spoilt(null, { filesComplete: false })],
  ])('is shown, and waits for somebody, where it %s', (_, change) => {
    const decision = decideOn(change);
    expect(stepsOf(decision, 'publish')).toMatchObject([
      { outcome: { kind: 'infrastructure', again: null }, transition: null },
    ]);
    expect(decision.needs).toEqual([]);
  });

  it('is counted for itself alone: the next head has its own two', () => {
    expect(outcomeOf(spoilt({ sha: 'older', times: 2 }))).toMatchObject({ again: { time: 1 } });
  });

  it('counts a run that brought nothing as one', () => {
    const change = spoilt(null, {}, { judgement: null });
    expect(outcomeOf(change)).toMatchObject({ again: { time: 1 } });
  });

  it('is run again for a blocked session too, which stays blocked', () => {
    const change = spoilt(null, {}, { entries: { 'plex-auth': blocked() } });
    expect(outcomeOf(change)).toMatchObject({ again: { time: 1 } });
    expect(entryAfter(change).status).toBe('blocked');
  });

  it('is started by the sweep where the run that was to start it died', () => {
    const check = { id: 'C', conclusion: null, annotations: 0 };
    const change = spoilt({}, { check }, { trigger: { kind: 'schedule' }, judgement: null });
    expect(decideOn(change).needs).toHaveLength(1);
  });

  it('times out in the end, since nothing more comes of it', () => {
    const settled = { check: { id: 'C', conclusion: 'FAILURE', annotations: 0 } };
    const sweep = {
      trigger: { kind: 'schedule' },
      judgement: null,
      config: { sessionTimeoutSeconds: 3600 },
    } as const;
    expect(messagesOf(decideOn(spoilt({ times: 2 }, settled, sweep)))).toEqual([
      'plex-auth: in-progress → pending (attempt 1 timed out)',
      'plex-auth: pending → in-progress (attempt 2)',
    ]);
    expect(messagesOf(decideOn(spoilt({ times: 2, at: NOW }, settled, sweep)))).toEqual([]);
    expect(messagesOf(decideOn(spoilt({ times: 1 }, settled, sweep)))).toEqual([]);
  });
});
