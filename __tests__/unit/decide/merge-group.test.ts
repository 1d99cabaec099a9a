import { describe, expect, it } from '@jest/globals';
import type { EntryPatch } from '../../../src/domain/implementation-state.ts';
import type { MergeGroup } from '../../../src/domain/world.ts';
import {
  decideOn,
  HEAD_SHA,
  inReview,
  pullOf,
  running,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

const GROUP_SHA = '64'.padEnd(40, '0');

function grouped(entry: EntryPatch, group: Partial<MergeGroup> = {}): WorldChange {
  return {
    entries: { 'plex-auth': entry },
    pulls: new Map([['plex-auth', pullOf()]]),
    trigger: {
      kind: 'merge-group',
      headSha: GROUP_SHA,
      headRef: '',
      baseSha: HEAD_SHA,
      sender: { login: 'coder', bot: false },
    },
    mergeGroup: { headSha: GROUP_SHA, headRef: '', commits: [], check: null, ...group },
  };
}

function sessionsIn(entry: EntryPatch, group: Partial<MergeGroup>) {
  return stepsOf(decideOn(grouped(entry, group)), 'report-group').flatMap((step) => step.sessions);
}

function commit(message: string, sha = 'c0'.padEnd(40, '0')) {
  return { commits: [{ sha, message }] };
}

describe('a merge group', () => {
  it('without a session is green at once and runs nothing', () => {
    const change = grouped(
      inReview(),
      commit('Merge pull request #570 from acme/feature\n\nA feature'),
    );
    for (const phase of ['plan', 'orchestrate'] as const) {
      expect(decideOn(change, phase)).toMatchObject({
        steps: [{ kind: 'report-group', sessions: [] }],
        needs: [],
      });
    }
  });

  it.each<[string, Partial<MergeGroup>]>([
    [
      'a merge commit that names it',
      commit('Merge pull request #57 from acme/session/plex-auth-1'),
    ],
    ['a squashed commit that names it', commit('Session: Auth (attempt 1 of 3) (#57)\n\n* docs')],
    ['its head among the commits', commit('Implement it', HEAD_SHA)],
    ['the group’s branch', { headRef: 'refs/heads/gh-readonly-queue/main/pr-57-0a1b2c' }],
  ])('holds a session by %s', (_, group) => {
    expect(sessionsIn(inReview(), group)).toEqual([
      { module: 'plex-auth', pullRequest: 57, verified: true },
    ]);
  });

  it.each<[string, Partial<MergeGroup>]>([
    ['a number in a commit’s body', commit('A feature\n\nSee (#57)')],
    ['a number that is no pull request’s', commit('Fix #57')],
    ['a branch that is called like one', { headRef: 'refs/heads/pr-57-feature' }],
  ])('holds no session by %s', (_, group) => {
    expect(sessionsIn(inReview(), group)).toEqual([]);
  });

  it.each([
    ['its head was verified', inReview(), true],
    ['its head is not verified', running(), false],
    ['another head was verified', inReview({ headSha: 'older' }), false],
    ['it is blocked', running({ escalation: 61 }, 'blocked'), false],
  ] as const)('is green only where %s', (_, entry, verified) => {
    expect(sessionsIn(entry, commit('A (#57)'))).toMatchObject([{ verified }]);
  });

  it('is told once, and again where what it says has changed', () => {
    const check = (conclusion: string | null) => ({ id: 'C', conclusion, annotations: 0 });
    const steps = (entry: EntryPatch, conclusion: string | null) =>
      decideOn(grouped(entry, { ...commit('A (#57)'), check: check(conclusion) })).steps.length;
    expect(steps(inReview(), 'SUCCESS')).toBe(0);
    expect(steps(running(), 'FAILURE')).toBe(0);
    expect(steps(inReview(), 'FAILURE')).toBe(1);
    expect(steps(inReview(), null)).toBe(1);
  });
});
