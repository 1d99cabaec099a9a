import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal, REPO, setStage, type Stage } from './fixture.ts';

describe('settings', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(
      {
        rulesets: [
          {
            name: 'releases',
            enforcement: 'active',
            include: ['refs/heads/releases/**', '~DEFAULT_BRANCH'],
            exclude: ['refs/heads/releases/old/*'],
            rules: [{ type: 'update' }, { type: 'pull_request' }],
            bypassActors: [{ actor_id: 7, actor_type: 'Integration', bypass_mode: 'always' }],
          },
          {
            name: 'tried',
            enforcement: 'evaluate',
            include: ['~ALL'],
            exclude: [],
            rules: [{ type: 'deletion' }],
            bypassActors: [],
          },
        ],
        protections: {
          main: {
            enabled: true,
            required_status_checks: { contexts: ['ci'], checks: [{ context: 'ci', app_id: null }] },
            lock_branch: { enabled: true },
          },
        },
      },
      { serverVersion: '3.17.2' },
    );
    await stage.commit('topic', { 'b.ts': 'b\n' });
  });
  afterAll(async () => {
    expect(stage.sim.unknown).toEqual([]);
    await stage.end();
  });

  it.each([
    ['main', ['update', 'pull_request']],
    ['releases/1/2', ['update', 'pull_request']],
    ['releases/old/1', []],
    ['topic', []],
  ])('the rules of %s are %j, whether it is there or not', async (branch, types) => {
    const { data } = await stage.user('rita').rest.repos.getBranchRules({ ...REPO, branch });
    expect(data.map(({ type }) => type)).toEqual(types);
  });

  it('tells only an admin whom a ruleset lets by', async () => {
    const rules = await stage.user('rita').rest.repos.getBranchRules({ ...REPO, branch: 'main' });
    const [first] = rules.data;
    const asked = { ...REPO, ruleset_id: first?.ruleset_id ?? 0 };
    const seen = await stage.user('rita').rest.repos.getRepoRuleset(asked);
    expect(seen.data).not.toHaveProperty('bypass_actors');
    const owned = await stage.user('acme').rest.repos.getRepoRuleset(asked);
    expect(owned.data.bypass_actors).toHaveLength(1);
  });

  it('tells who may read contents of required checks, and an admin of the whole protection', async () => {
    const branch = 'main';
    const { data } = await stage.user('rita').rest.repos.getBranch({ ...REPO, branch });
    expect(data).toMatchObject({
      protected: true,
      protection: { enabled: true, required_status_checks: { contexts: ['ci'] } },
    });
    expect(data.protection).not.toHaveProperty('lock_branch');
    const protection = (login: string, name = branch) =>
      stage.user(login).rest.repos.getBranchProtection({ ...REPO, branch: name });
    expect((await protection('acme')).data.lock_branch).toEqual({ enabled: true });
    expect(await refusal(protection('alice'))).toMatchObject({ status: 404, message: 'Not Found' });
    expect(await refusal(protection('acme', 'topic'))).toMatchObject({
      status: 404,
      message: 'Branch not protected',
    });
  });

  it('says in a header what permission a job’s token lacks, which none can have here', async () => {
    const asked = stage
      .job()
      .rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(REPO);
    await expect(asked).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'x-accepted-github-permissions': 'administration=read' } },
    });
  });

  it('tells an admin what Actions may, everybody the version, and classic tokens their scopes', async () => {
    const { rest } = stage.user('acme');
    const { data } = await rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(REPO);
    expect(data).toEqual({
      default_workflow_permissions: 'read',
      can_approve_pull_request_reviews: true,
    });
    const actions = await rest.actions.getGithubActionsPermissionsRepository(REPO);
    expect(actions.data.enabled).toBe(true);
    const meta = await rest.meta.get();
    expect(meta.data).toMatchObject({ installed_version: '3.17.2' });
    expect(meta.headers['x-oauth-scopes']).toBe('repo, workflow');
    expect((await stage.job().rest.repos.get(REPO)).headers['x-oauth-scopes']).toBeUndefined();
  });

  it('lists the workflows of the default branch, and which are off', async () => {
    const { rest } = stage.user('rita');
    const path = '.github/workflows/w.yml';
    stage.repo.workflowStates.set(path, 'disabled_inactivity');
    const { data } = await rest.actions.listRepoWorkflows(REPO);
    expect(data).toMatchObject({
      total_count: 1,
      workflows: [{ path, state: 'disabled_inactivity' }],
    });
  });
});
