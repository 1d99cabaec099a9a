import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../../../src/decide/doctor/diagnose.ts';
import { known } from '../../../../src/domain/diagnosis.ts';
import type {
  CheckoutFacts,
  RepositoryFacts,
  RepositoryTraits,
} from '../../../../src/domain/repository-facts.ts';
import {
  branch,
  BY_APP,
  caller,
  configOf,
  facts,
  files,
  finding,
  PATH,
  requires,
  rule,
  UNTOLD,
} from '../../../support/doctor-facts.ts';
import { worldOf } from '../../../support/world.ts';

type Case = readonly [
  name: string,
  change: Partial<RepositoryFacts>,
  verdict: string,
  says: RegExp,
];

const traits = (change: Partial<RepositoryTraits>): Partial<RepositoryFacts> => ({
  repository: known({
    defaultBranch: 'main',
    hasIssues: true,
    isFork: false,
    isArchived: false,
    ...change,
  }),
});
const checkout = (change: Partial<CheckoutFacts>): Partial<RepositoryFacts> => ({
  checkout: { isGit: true, hasCommit: true, hasOrigin: true, remote: null, ...change },
});
const PROBLEM = { code: 'config-value', file: 'x.yml', line: 1, message: 'm', fix: 'f' } as const;
const states = (state: string) => ({ workflowStates: known(new Map([[PATH, state]])) });
const state = (change: Parameters<typeof branch>[1]) => ({
  state: branch('sessionwright-state', change),
});
const protectedBut = (...bypassApps: readonly number[]) =>
  known({ demands: [{ asks: 'Lock branch', bypassApps }], checks: [] });
const base = (change: Parameters<typeof branch>[1]) => ({ base: branch('main', change) });
const CHECK = 'sessionwright / verification';

const CASES: Readonly<Record<string, readonly Case[]>> = {
  config: [
    ['one without problems', {}, 'ok', /Modules: 1/u],
    [
      'none',
      { config: known({ kind: 'missing', problems: [] }) },
      'wrong',
      /no \.github\/sessionwright\.yml/u,
    ],
    [
      'one with problems',
      { config: known({ kind: 'unusable', problems: [PROBLEM, PROBLEM] }) },
      'wrong',
      /2 problems, in x\.yml/u,
    ],
    [
      'one with a problem of some modules',
      { config: known({ kind: 'usable', config: worldOf().config, problems: [PROBLEM] }) },
      'wrong',
      /held back: 1 problem, in x\.yml/u,
    ],
    ['none, for want of a branch', { config: known({ kind: 'no-base' }) }, 'wrong', /branch/u],
    ['one that may not be read', { config: UNTOLD }, 'unknown', /Not told/u],
  ],
  checkout: [
    ['one with a remote', checkout({ remote: 'acme/app' }), 'ok', /acme\/app/u],
    ['no git', checkout({ isGit: false, hasCommit: false, hasOrigin: false }), 'wrong', /no git/u],
    ['no commit', checkout({ hasCommit: false }), 'wrong', /no commit/u],
    ['no remote', checkout({ hasOrigin: false }), 'wrong', /no remote/u],
    ['another remote', checkout({}), 'wrong', /no repository on GitHub/u],
  ],
  'state-history': [
    ['as the dashboard has it', {}, 'ok', /dashboard #3/u],
    [
      'broken',
      { stateHistory: known({ kind: 'broken', message: 'It is gone.', fix: 'x' }) },
      'wrong',
      /gone/u,
    ],
    [
      'of a dashboard that names no commit',
      { stateHistory: known({ kind: 'unnamed', dashboard: 3 }) },
      'unknown',
      /names no commit/u,
    ],
    ['no dashboard', { stateHistory: known({ kind: 'no-dashboard' }) }, 'unknown', /no dashboard/u],
    ['untold', { stateHistory: UNTOLD }, 'unknown', /Not told/u],
  ],
  token: [
    ['a classic one that reads all', token(['repo', 'workflow']), 'ok', /repo, workflow/u],
    ['a classic one that reads little', token(['read:org']), 'unknown', /read:org/u],
    ['a fine-grained one', {}, 'ok', /permissions of its own/u],
    ['none', { token: UNTOLD }, 'unknown', /Not told/u],
  ],
  archived: [
    ['no', {}, 'ok', /not archived/u],
    ['yes', traits({ isArchived: true }), 'wrong', /archived/u],
    ['untold', { repository: UNTOLD }, 'unknown', /Not told/u],
  ],
  fork: [
    ['no', {}, 'ok', /no fork/u],
    ['one whose workflow is on', traits({ isFork: true }), 'ok', /is on/u],
    [
      'one that is off',
      { ...traits({ isFork: true }), ...states('disabled_fork') },
      'wrong',
      /fork/u,
    ],
    [
      'one of which that is untold',
      { ...traits({ isFork: true }), workflowStates: UNTOLD },
      'unknown',
      /may be off/u,
    ],
  ],
  issues: [
    ['on', {}, 'ok', /place/u],
    ['off', traits({ hasIssues: false }), 'wrong', /off/u],
    ['untold', { repository: UNTOLD }, 'unknown', /Not told/u],
  ],
  server: [
    ['github.com', {}, 'ok', /github\.com/u],
    ['a server whose workflow is inlined', ghes(BY_APP), 'ok', /3\.17\.2/u],
    ['a server that calls github.com', ghes(caller()), 'wrong', /knows no reusable/u],
    ['a server without a workflow', ghes('on: push'), 'unknown', /3\.17\.2/u],
    ['untold', { server: UNTOLD }, 'unknown', /Not told/u],
  ],
  actions: [
    ['on', {}, 'ok', /are/u],
    ['off', { actionsEnabled: known(false) }, 'wrong', /off/u],
    ['untold', { actionsEnabled: UNTOLD }, 'unknown', /Not told/u],
  ],
  workflow: [
    ['there', {}, 'ok', /sessions\.yml/u],
    ['not there', { workflows: known({ from: 'default branch', files: [] }) }, 'wrong', /No file/u],
    ['no YAML', { workflows: files('a: [') }, 'wrong', /No file/u],
    [
      'in the checkout',
      { workflows: known({ from: 'checkout', files: [{ path: PATH, text: caller() }] }) },
      'unknown',
      /in the checkout/u,
    ],
    ['untold', { workflows: UNTOLD }, 'unknown', /Not told/u],
  ],
  'workflow-on': [
    ['on', {}, 'ok', /It is/u],
    ['slept in', states('disabled_inactivity'), 'wrong', /disabled inactivity/u],
    ['not listed', { workflowStates: known(new Map()) }, 'unknown', /does not list/u],
    ['untold', { workflowStates: UNTOLD }, 'unknown', /Not told/u],
  ],
  triggers: [
    ['all', {}, 'ok', /No trigger/u],
    ['few', { workflows: files(BY_APP) }, 'wrong', /issues, .*workflow_dispatch, input module/u],
    ['of an unknown workflow', { workflows: UNTOLD }, 'unknown', /no workflow/u],
  ],
  'token-permissions': [
    ['all, spelled out', {}, 'ok', /pull-requests: write/u],
    ['write-all', { workflows: files(caller('permissions: write-all')) }, 'ok', /write/u],
    [
      'some lacking',
      { workflows: files(caller('permissions: { contents: write, issues: read }')) },
      'wrong',
      /actions: write, checks: write, issues: write/u,
    ],
    ['none named, and read by default', { workflows: files(caller('')) }, 'wrong', /only read/u],
    [
      'none named, and write by default',
      {
        workflows: files(caller('')),
        tokenDefaults: known({ mayCreatePullRequests: true, permissions: 'write' }),
      },
      'ok',
      /setting/u,
    ],
    [
      'none named, and the default untold',
      { workflows: files(caller('')), tokenDefaults: UNTOLD },
      'unknown',
      /Not told/u,
    ],
    ['of an App', { workflows: files(BY_APP) }, 'unknown', /another token/u],
  ],
  'actions-pull-requests': [
    ['they may', {}, 'ok', /may/u],
    [
      'they may not',
      { tokenDefaults: known({ mayCreatePullRequests: false, permissions: 'read' }) },
      'wrong',
      /may not/u,
    ],
    ['an App does', { workflows: files(BY_APP), tokenDefaults: UNTOLD }, 'ok', /App/u],
    ['untold', { tokenDefaults: UNTOLD }, 'unknown', /Not told/u],
  ],
  'state-branch': [
    ['free', {}, 'ok', /No ruleset/u],
    ['harmless rules', state({ rules: known([rule('non_fast_forward')]) }), 'ok', /No ruleset/u],
    [
      'pull requests asked',
      state({ rules: known([rule('pull_request')]) }),
      'wrong',
      /pull request/u,
    ],
    [
      'barred but for Actions',
      state({ rules: known([rule('update', { bypassApps: [15368] })]) }),
      'ok',
      /No ruleset/u,
    ],
    [
      'barred, and for whom not is untold',
      state({ rules: known([rule('update', { bypassApps: null })]) }),
      'unknown',
      /Restrict updates/u,
    ],
    [
      'barred but for some App, and an App writes',
      {
        ...state({ rules: known([rule('update', { bypassApps: [7] })]) }),
        workflows: files(BY_APP),
      },
      'unknown',
      /Restrict updates/u,
    ],
    [
      'not to be created, and not there',
      state({ exists: known(false), rules: known([rule('creation')]) }),
      'wrong',
      /Restrict creations/u,
    ],
    ['not to be created, and there', state({ rules: known([rule('creation')]) }), 'ok', /No/u],
    [
      'a pattern of messages',
      state({ rules: known([rule('commit_message_pattern')]) }),
      'unknown',
      /commit message pattern/u,
    ],
    ['protected', state({ protection: protectedBut() }), 'wrong', /Lock branch/u],
    ['protected but for Actions', state({ protection: protectedBut(15368) }), 'ok', /No ruleset/u],
    [
      'protected but for some App, and an App writes',
      { ...state({ protection: protectedBut(7) }), workflows: files(BY_APP) },
      'unknown',
      /Lock branch; whether it lets/u,
    ],
    [
      'protected but for some App of a server, which may be Actions',
      { ...state({ protection: protectedBut(7) }), ...ghes(caller()) },
      'unknown',
      /Lock branch; whether it lets/u,
    ],
    [
      'not there yet',
      state({ exists: known(false) }),
      'ok',
      /rule shows only once the branch is there/u,
    ],
    [
      'protected by what is untold',
      state({ protection: known({ demands: null, checks: [] }) }),
      'unknown',
      /not told/u,
    ],
    ['rules untold', state({ rules: UNTOLD }), 'unknown', /Not told/u],
    ['protection untold', state({ protection: UNTOLD }), 'unknown', /Not told/u],
  ],
  'session-branches': [
    ['free', {}, 'ok', /No ruleset/u],
    [
      'not to be created',
      {
        session: branch('session/module-1', {
          exists: known(false),
          rules: known([rule('creation')]),
        }),
      },
      'wrong',
      /Restrict creations/u,
    ],
    ['untold', { session: branch('session/module-1', { rules: UNTOLD }) }, 'unknown', /Not told/u],
  ],
  'required-check': [
    ['required', {}, 'ok', /only one/u],
    [
      'required by a protection rule, among others',
      base({
        protection: known({
          demands: null,
          checks: [
            { context: CHECK, app: null },
            { context: 'ci', app: null },
          ],
        }),
      }),
      'ok',
      /ci\./u,
    ],
    ['not required', base({}), 'wrong', /not verified/u],
    ['not by rulesets, the rest untold', base({ protection: UNTOLD }), 'unknown', /may/u],
    ['of another App', base({ rules: known([requires(CHECK, 7)]) }), 'wrong', /another App/u],
    [
      'of an App of a server, which may be Actions',
      { ...base({ rules: known([requires(CHECK, 7)]) }), ...ghes(caller()) },
      'unknown',
      /whether that is GitHub Actions/u,
    ],
    ['untold', base({ rules: UNTOLD }), 'unknown', /Not told/u],
  ],
  'merge-queue': [
    ['none', {}, 'ok', /No ruleset/u],
    ['one that is not heard', base({ rules: known([rule('merge_queue')]) }), 'wrong', /groups/u],
    [
      'one that is heard',
      {
        ...base({ rules: known([rule('merge_queue')]) }),
        workflows: files(caller(undefined, 'merge_group:')),
      },
      'ok',
      /hears/u,
    ],
    ['untold', base({ rules: UNTOLD }), 'unknown', /Not told/u],
  ],
  labels: [
    ['one of a module', {}, 'ok', /session:plex-auth/u],
    ['one for all', { labels: known(['session:ready']) }, 'ok', /session:ready/u],
    ['none', { labels: known(['bug']) }, 'wrong', /None/u],
    ['one of no module', { labels: known(['session:Plex Auth']) }, 'wrong', /No module/u],
    ['untold', { labels: UNTOLD }, 'unknown', /Not told/u],
  ],
};

function token(scopes: readonly string[]): Partial<RepositoryFacts> {
  return { token: known({ kind: 'classic', scopes }) };
}

function ghes(workflow: string): Partial<RepositoryFacts> {
  return { server: known({ version: '3.17.2' }), workflows: files(workflow) };
}

describe.each(Object.entries(CASES))('%s', (id, cases) => {
  it.each(cases)('%s', (_, change, verdict, says) => {
    expect(finding(id, change)).toMatchObject({
      verdict,
      says: expect.stringMatching(says) as unknown,
    });
  });
});

describe('all findings', () => {
  it('are fine where nothing is to be changed, but for what cannot be seen', () => {
    const open = diagnose(facts()).filter(({ verdict }) => verdict !== 'ok');
    expect(open.map(({ id }) => id)).toEqual(['coder-workflows']);
  });

  it('tell what to change or what would tell, and where to read more', () => {
    const found = Object.values(CASES)
      .flat()
      .flatMap(([, change]) => diagnose(facts(change)));
    for (const one of found) {
      expect(one.link).toMatch(/^https:\/\//u);
      if (one.verdict !== 'ok') expect(one.fix).toMatch(/\S/u);
    }
  });

  it('are each told once', () => {
    const ids = diagnose(facts({ config: configOf() })).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
