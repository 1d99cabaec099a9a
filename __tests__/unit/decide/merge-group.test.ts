import { describe, expect, it } from '@jest/globals';
import type { GroupVerdict } from '../../../src/decide/situation.ts';
import type { CommandConfig } from '../../../src/domain/config.ts';
import type { CommandResult } from '../../../src/domain/verification.ts';
import type { EntryPatch } from '../../../src/domain/implementation-state.ts';
import type { MergeGroup } from '../../../src/domain/world.ts';
import {
  attemptOf,
  blocked,
  commandResult,
  completed,
  decideOn,
  failureOf,
  HEAD_SHA,
  inReview,
  moduleOf,
  pullOf,
  resultOf,
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
    mergeGroup: {
      headSha: GROUP_SHA,
      headRef: '',
      commits: [],
      added: [],
      changed: [],
      check: null,
      result: null,
      failures: [],
      ...group,
    },
  };
}

const PLAIN: CommandConfig = {
  id: 'typecheck',
  name: 'Types',
  run: 'npx tsc',
  failure: 'type-error',
  env: {},
  shell: null,
  workingDirectory: null,
  timeoutSeconds: 600,
  needs: [],
  parallel: true,
  report: null,
  allowEmpty: false,
};

const PROTOCOL: readonly CommandConfig[] = [
  PLAIN,
  {
    ...PLAIN,
    id: 'test',
    name: 'Tests',
    run: 'test {{module.className}}',
    needs: ['typecheck'],
    report: 'report.json',
  },
  { ...PLAIN, id: 'lint', needs: ['test'] },
];

const NOT_FOUND = { outcome: { kind: 'exited', exitCode: 127 } } as const;

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
        steps: [{ kind: 'report-group', sessions: [], verdict: 'no-session' }],
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
    [
      'a rebased commit of its document',
      commit('docs: orchestration document of plex-auth, attempt 1'),
    ],
    ['its document', { added: ['orchestration-docs/session-plex-auth-1.md'] }],
  ])('holds a session by %s', (_, group) => {
    expect(sessionsIn(inReview(), group)).toEqual([
      { module: 'plex-auth', attempt: 1, pullRequest: 57, verified: true },
    ]);
  });

  it.each<[string, Partial<MergeGroup>]>([
    ['a number in a commit’s body', commit('A feature\n\nSee (#57)')],
    ['a number that is no pull request’s', commit('Fix #57')],
    ['a branch that is called like one', { headRef: 'refs/heads/pr-57-feature' }],
    [
      'a document of an attempt that never was',
      { added: ['orchestration-docs/session-plex-auth-7.md'] },
    ],
    ['a document of no module', { added: ['orchestration-docs/session-other-1.md'] }],
  ])('holds no session by %s', (_, group) => {
    expect(sessionsIn(inReview(), group)).toEqual([]);
  });

  it.each([
    ['its head is not verified', running()],
    ['another head was verified', inReview({ headSha: 'older' })],
    ['it is blocked', running({ escalation: 61 }, 'blocked')],
  ] as const)('is red at once where %s, and runs nothing', (_, entry) => {
    for (const phase of ['plan', 'orchestrate'] as const) {
      expect(decideOn(grouped(entry, commit('A (#57)')), phase)).toMatchObject({
        steps: [{ kind: 'report-group', sessions: [{ verified: false }], verdict: 'unverified' }],
        needs: [],
      });
    }
  });

  it('holds a blocked session, whose pull request was not looked at', () => {
    const change = { ...grouped(blocked(), commit('A (#57)')), pulls: new Map() };
    expect(stepsOf(decideOn(change), 'report-group')).toMatchObject([{ verdict: 'unverified' }]);
  });

  it('holds the session of an earlier attempt, which nothing verifies any more', () => {
    const history = [attemptOf({ attempt: 1, pullRequest: 44 })];
    const entry = running({ attempt: 2, pullRequest: 57, history });
    expect(sessionsIn(entry, commit('A (#44)'))).toEqual([
      { module: 'plex-auth', attempt: 1, pullRequest: 44, verified: false },
    ]);
  });

  it('holds none of a module that is complete', () => {
    expect(sessionsIn(completed(), commit('Revert the revert (#57)'))).toEqual([]);
  });

  it('of verified sessions has all their protocols run on what the queue merged', () => {
    const { steps, needs } = decideOn(two(), 'plan');
    expect(steps).toEqual([]);
    expect(needs).toMatchObject([{ kind: 'group', sha: GROUP_SHA }]);
    expect(needs[0]?.commands).toMatchObject([
      { id: 'typecheck', run: 'npx tsc', needs: [] },
      { id: 'test-of-1', name: 'Tests (plex-auth)', run: 'test PlexAuth', needs: ['typecheck'] },
      { id: 'test-of-2', name: 'Tests (plex-pin)', run: 'test PlexPin', parallel: false },
      { id: 'lint', needs: ['test-of-1', 'test-of-2'] },
    ]);
  });

  it.each<[string, GroupVerdict, Partial<CommandResult> | null]>([
    ['green', 'green', {}],
    ['red', 'red', { outcome: { kind: 'exited', exitCode: 1 } }],
    ['red where no test ran', 'red', { testsRun: 0 }],
    ['red where nothing came back', 'not-run', null],
  ])('that was run is %s', (_, verdict, change) => {
    const result = change === null ? null : resultOf({ commands: [commandResult(change)] });
    expect(stepsOf(decideOn(two({ result })), 'report-group')).toMatchObject([{ verdict }]);
  });

  it('is no fault of the code’s where nothing but infrastructure failed', () => {
    const result = resultOf({ commands: [commandResult(NOT_FOUND)] });
    const verdictWith = (...types: readonly string[]) =>
      stepsOf(
        decideOn(two({ result, failures: types.map((type) => failureOf(type)) })),
        'report-group',
      ).map(({ verdict }) => verdict);
    expect(verdictWith('infrastructure')).toEqual(['infrastructure']);
    expect(verdictWith('infrastructure', 'lint-error')).toEqual(['red']);
  });

  it('is told once, and again where what it says has changed', () => {
    const check = (conclusion: string | null) => ({ id: 'C', conclusion, annotations: 0 });
    const steps = (entry: EntryPatch, conclusion: string | null) =>
      decideOn(grouped(entry, { ...commit('A (#57)'), check: check(conclusion) })).steps.length;
    expect(steps(inReview(), 'SUCCESS')).toBe(0);
    expect(steps(running(), 'FAILURE')).toBe(0);
    expect(steps(running(), 'SUCCESS')).toBe(1);
    expect(steps(inReview(), null)).toBe(1);
    expect(decideOn(two({ check: check('SUCCESS') }), 'plan').needs).toEqual([]);
  });
});

/** Two verified sessions, told in the two ways that differ most. */
function two(group: Partial<MergeGroup> = {}): WorldChange {
  const other = pullOf({ number: 58, headSha: 'b'.repeat(40) });
  return {
    ...grouped(inReview(), {
      commits: [{ sha: 'c0'.padEnd(40, '0'), message: 'Session: Auth (#57)' }],
      added: ['orchestration-docs/session-plex-pin-1.md'],
      ...group,
    }),
    config: { verification: PROTOCOL },
    modules: [
      moduleOf('plex-auth', { className: 'PlexAuth' }),
      moduleOf('plex-pin', { className: 'PlexPin' }),
    ],
    entries: {
      'plex-auth': inReview(),
      'plex-pin': inReview({ pullRequest: 58, headSha: other.headSha }),
    },
    pulls: new Map([
      ['plex-auth', pullOf()],
      ['plex-pin', other],
    ]),
  };
}
