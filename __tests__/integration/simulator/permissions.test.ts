import type { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Permissions } from '../../../simulator/ports.ts';
import { graphql, REPO, refusal, setStage } from './fixture.ts';
import type { Stage } from './fixture.ts';

const INTEGRATION = 'Resource not accessible by integration';

describe('who may do what', () => {
  let stage: Stage;
  let sha: string;
  beforeAll(async () => {
    stage = await setStage();
    sha = await stage.commit('topic', { 'b.ts': 'b\n' });
    const alice = stage.user('alice');
    await alice.rest.issues.create({ ...REPO, title: 'Issue' });
    await alice.rest.pulls.create({ ...REPO, title: 'T', head: 'topic', base: 'main' });
  });
  afterAll(() => stage.end());

  const calls: Readonly<Record<string, (client: Octokit) => Promise<unknown>>> = {
    'label an issue': ({ rest }) =>
      rest.issues.addLabels({ ...REPO, issue_number: 1, labels: ['x'] }),
    'label a pull request': ({ rest }) =>
      rest.issues.addLabels({ ...REPO, issue_number: 2, labels: ['x'] }),
    'comment on an issue': ({ rest }) =>
      rest.issues.createComment({ ...REPO, issue_number: 1, body: 'x' }),
    'comment on a pull request': ({ rest }) =>
      rest.issues.createComment({ ...REPO, issue_number: 2, body: 'x' }),
    'read an issue': ({ rest }) => rest.issues.get({ ...REPO, issue_number: 1 }),
    'read a file': ({ rest }) => rest.repos.getContent({ ...REPO, path: 'README.md' }),
    'write a blob': ({ rest }) => rest.git.createBlob({ ...REPO, content: 'x' }),
    'create a check run': ({ rest }) => rest.checks.create({ ...REPO, name: 'v', head_sha: sha }),
    'read check runs': ({ rest }) => rest.checks.listForRef({ ...REPO, ref: 'main' }),
    'dispatch a workflow': ({ rest }) =>
      rest.actions.createWorkflowDispatch({
        ...REPO,
        workflow_id: 'w.yml',
        ref: 'main',
        inputs: { module: 'a' },
      }),
    'close an issue': ({ rest }) =>
      rest.issues.update({ ...REPO, issue_number: 1, state: 'closed', state_reason: 'completed' }),
    'read the repository': ({ rest }) => rest.repos.get(REPO),
  };

  const jobs: readonly (readonly [string, Permissions])[] = [
    ['label an issue', { issues: 'write' }],
    ['label a pull request', { 'pull-requests': 'write' }],
    ['comment on an issue', { issues: 'write' }],
    ['comment on a pull request', { 'pull-requests': 'write' }],
    ['read an issue', { issues: 'read' }],
    ['read a file', { contents: 'read' }],
    ['write a blob', { contents: 'write' }],
    ['create a check run', { checks: 'write' }],
    ['read check runs', { contents: 'read', checks: 'read' }],
    ['dispatch a workflow', { actions: 'write' }],
  ];

  it.each(jobs)('a job may %s with %j and no less', async (what, permissions) => {
    const call = calls[what] ?? (() => Promise.reject(new Error(what)));
    await call(stage.job(permissions));
    const [needed = ''] = Object.entries(permissions).at(-1) ?? [];
    const level = permissions[needed] === 'write' ? ('read' as const) : ('none' as const);
    const less = stage.job({ ...permissions, [needed]: level });
    expect(await refusal(call(less))).toMatchObject({ status: 403, message: INTEGRATION });
  });

  it('a job may see the repository with no permission at all', async () => {
    await expect(calls['read the repository']?.(stage.job({}))).resolves.toBeDefined();
  });

  const people: readonly (readonly [string, string, number | null])[] = [
    ['rita', 'read an issue', null],
    ['rita', 'comment on an issue', null],
    ['rita', 'label an issue', 403],
    ['rita', 'close an issue', 403],
    ['rita', 'write a blob', 404],
    ['tom', 'label an issue', null],
    ['tom', 'close an issue', null],
    ['tom', 'write a blob', 404],
    ['tom', 'dispatch a workflow', 403],
    ['alice', 'write a blob', null],
    ['alice', 'dispatch a workflow', null],
    ['mallory', 'read the repository', 404],
    ['mallory', 'comment on an issue', 404],
  ];

  it.each(people)('%s asks to %s: %s', async (login, what, status) => {
    const call = calls[what] ?? (() => Promise.reject(new Error(what)));
    const made = call(stage.user(login));
    if (status === null) await expect(made).resolves.toBeDefined();
    else expect((await refusal(made)).status).toBe(status);
  });

  it.each([
    ['acme', 'admin', 'admin'],
    ['alice', 'write', 'write'],
    ['tom', 'read', 'triage'],
    ['rita', 'read', 'read'],
    ['mallory', 'none', 'none'],
  ])('tells that %s has %s, by role name %s', async (username, permission, role_name) => {
    stage.user('mallory');
    const { rest } = stage.job({});
    const asked = await rest.repos.getCollaboratorPermissionLevel({ ...REPO, username });
    expect(asked.data).toMatchObject({ permission, role_name });
  });

  it.each(['github-actions[bot]', 'nobody'])(
    'has no permission to tell of %s',
    async (username) => {
      const { rest } = stage.job({});
      const asked = rest.repos.getCollaboratorPermissionLevel({ ...REPO, username });
      expect((await refusal(asked)).status).toBe(404);
    },
  );

  it('tells a person who they are, and an installation only in GraphQL', async () => {
    expect((await stage.user('alice').rest.users.getAuthenticated()).data.login).toBe('alice');
    const { token } = stage.sim.host.mintJobToken('acme/app', {});
    const asked = stage.as(token).rest.users.getAuthenticated();
    expect(await refusal(asked)).toMatchObject({ status: 403, message: INTEGRATION });
    const { data } = await graphql(stage.sim, token, '{ viewer { login databaseId } }');
    expect(data).toEqual({ viewer: { login: 'github-actions[bot]', databaseId: 41898282 } });
  });

  it('knows a token no more once it is revoked', async () => {
    const minted = stage.sim.host.mintJobToken('acme/app', {});
    await stage.as(minted.token).rest.repos.get(REPO);
    minted.revoke();
    const refused = await refusal(stage.as(minted.token).rest.repos.get(REPO));
    expect(refused).toMatchObject({ status: 401, message: 'Bad credentials' });
  });

  it('lets everybody read a public repository, and only that', async () => {
    await stage.sim.createRepository({
      owner: 'acme',
      name: 'open',
      files: { 'a.txt': 'a' },
      settings: { visibility: 'public' },
    });
    const open = { owner: 'acme', repo: 'open' };
    const { rest } = stage.user('mallory');
    expect((await rest.repos.getContent({ ...open, path: 'a.txt' })).status).toBe(200);
    expect((await rest.issues.create({ ...open, title: 'x' })).status).toBe(201);
    const label = rest.issues.addLabels({ ...open, issue_number: 1, labels: ['x'] });
    expect((await refusal(label)).status).toBe(403);
    const job = stage.job({ contents: 'write' });
    expect((await job.rest.repos.get(open)).status).toBe(200);
    expect((await refusal(job.rest.git.createBlob({ ...open, content: 'x' }))).status).toBe(403);
  });
});
