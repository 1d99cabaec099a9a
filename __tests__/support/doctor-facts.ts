import { known, type Finding, type Told } from '../../src/domain/diagnosis.ts';
import { diagnose } from '../../src/decide/doctor/diagnose.ts';
import type {
  BranchFacts,
  BranchRule,
  RepositoryFacts,
} from '../../src/domain/repository-facts.ts';
import type { Config } from '../../src/domain/config.ts';
import { worldOf } from './world.ts';

/** What nobody told, with what would tell it. */
export const UNTOLD: Told<never> = { known: false, why: 'Not told.', would: 'Ask an admin.' };

const ALL = 'actions: write, checks: write, contents: write, issues: write, pull-requests: write';

/** The workflow that a repository calls the reusable one from; `job` stands in its one job. */
export function caller(job = `permissions: { ${ALL} }`, more = ''): string {
  return `on:
  issues: { types: [labeled] }
  issue_comment:
  pull_request_target:
  push:
  schedule: [{ cron: '17 * * * *' }]
  workflow_dispatch: { inputs: { module: {}, pull-request: {} } }
  ${more}
jobs:
  sessions:
    ${job}
    uses: sessionwright/sessionwright/.github/workflows/sessions.yml@v0
`;
}

/** With the token of an App. */
export const BY_APP = `on: { push: }
jobs:
  orchestrate:
    permissions: {}
    steps:
      - uses: sessionwright/sessionwright@v0
        with: { mode: orchestrate, github-token: '\${{ steps.app.outputs.token }}' }
`;

export const PATH = '.github/workflows/sessions.yml';

export function files(text: string, coder?: string): RepositoryFacts['workflows'] {
  const own = { path: PATH, text };
  const others = coder === undefined ? [] : [{ path: '.github/workflows/coder.yml', text: coder }];
  return known({ from: 'default branch', files: [own, ...others] });
}

export function configOf(change: Partial<Omit<Config, 'modules'>> = {}): RepositoryFacts['config'] {
  const { config } = worldOf({ config: change });
  return known({ kind: 'usable', config, problems: [] });
}

export function branch(name: string, change: Partial<BranchFacts> = {}): BranchFacts {
  return { name, exists: known(true), rules: known([]), protection: known(null), ...change };
}

export function rule(type: string, change: Partial<BranchRule> = {}): BranchRule {
  return { type, checks: [], bypassApps: [], ...change };
}

export function requires(context: string, app: number | null = 15368): BranchRule {
  return rule('required_status_checks', { checks: [{ context, app }] });
}

/** A repository in which nothing is to be changed. */
export function facts(change: Partial<RepositoryFacts> = {}): RepositoryFacts {
  return {
    url: 'https://github.com/acme/app',
    configPath: '.github/sessionwright.yml',
    checkout: null,
    repository: known({
      defaultBranch: 'main',
      hasIssues: true,
      isFork: false,
      isArchived: false,
    }),
    config: configOf(),
    server: known({ version: null }),
    token: known({ kind: 'fine-grained' }),
    workflows: files(caller()),
    workflowStates: known(new Map([[PATH, 'active']])),
    actionsEnabled: known(true),
    tokenDefaults: known({ mayCreatePullRequests: true, permissions: 'read' }),
    base: branch('main', { rules: known([requires('sessionwright / verification')]) }),
    state: branch('sessionwright-state'),
    session: branch('session/module-1', { exists: known(false) }),
    stateHistory: known({ kind: 'held', dashboard: 3 }),
    labels: known(['session:plex-auth', 'bug']),
    ...change,
  };
}

export function finding(id: string, change: Partial<RepositoryFacts>): Finding {
  const found = diagnose(facts(change)).find((one) => one.id === id);
  if (found === undefined) throw new Error(`Nothing is found of ${id}.`);
  return found;
}
