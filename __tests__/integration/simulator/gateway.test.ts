import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { sequentialDepth } from '../../../simulator/call-log.ts';
import { graphql, REPO, refusal, setStage } from './fixture.ts';
import type { Stage } from './fixture.ts';

describe('the gateway', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage({}, { clock: () => new Date('2026-03-01T10:00:00Z') });
  });
  afterEach(() => stage.end());

  it('records every call alike, over HTTP and in process', async () => {
    const token = stage.sim.createUserToken('alice');
    await stage.overHttp(token).rest.issues.create({ ...REPO, title: 'x' });
    await stage.as(token).rest.issues.listForRepo({ ...REPO, state: 'all' });
    const query = 'query Who { viewer { login } }';
    await graphql(stage.sim, token, query);
    const id = (await stage.as(token).rest.issues.get({ ...REPO, issue_number: 1 })).data.node_id;
    const close =
      'mutation Close($id: ID!) { closeIssue(input: { issueId: $id }) { issue { state } } }';
    await graphql(stage.sim, token, close, { id });
    const seen = stage.sim.calls.map(({ method, route, status, access, mutations, operations }) =>
      [method, route, status, access, ...operations, ...mutations].join(' '),
    );
    expect(seen).toEqual([
      'POST /repos/{owner}/{repo}/issues 201 write',
      'GET /repos/{owner}/{repo}/issues 200 read',
      'POST /graphql 200 read Who',
      'GET /repos/{owner}/{repo}/issues/{number} 200 read',
      'POST /graphql 200 write Close closeIssue',
    ]);
    expect(stage.sim.calls[0]).toMatchObject({
      token: 'user',
      login: 'alice',
      body: { title: 'x' },
    });
    expect(stage.sim.calls[1]?.path).toBe('/repos/acme/app/issues?state=all');
  });

  it('tells how many calls had to wait for one another', async () => {
    const { rest } = stage.user('alice');
    await Promise.all([rest.repos.get(REPO), rest.repos.get(REPO), rest.repos.get(REPO)]);
    expect(sequentialDepth(stage.sim.calls)).toBe(1);
    await rest.repos.get(REPO);
    expect(sequentialDepth(stage.sim.calls)).toBe(2);
  });

  it('answers as GitHub where it has no endpoint, and keeps a mark of it', async () => {
    const { request } = stage.user('alice');
    const refused = await refusal(request('GET /repos/{owner}/{repo}/milestones', REPO));
    expect(refused).toMatchObject({ status: 404, message: 'Not Found' });
    expect(stage.sim.unknown).toEqual([{ kind: 'rest', what: 'GET /repos/acme/app/milestones' }]);
    stage.sim.clearCalls();
    expect([stage.sim.unknown, stage.sim.calls]).toEqual([[], []]);
  });

  it('carries the headers clients go by', async () => {
    const { headers } = await stage.job().rest.repos.get(REPO);
    expect(headers).toMatchObject({
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '999',
      'x-ratelimit-resource': 'core',
      'x-ratelimit-reset': String(Date.parse('2026-03-01T11:00:00Z') / 1000),
    });
    expect(headers['x-github-request-id']).toMatch(/^[0-9A-F:]+$/);
  });

  it('has a limit for each kind of token', async () => {
    await stage.end();
    stage = await setStage({}, { rateLimits: { installation: 2 } });
    const { rest } = stage.job();
    await rest.repos.get(REPO);
    await rest.repos.get(REPO);
    const refused = await refusal(rest.repos.get(REPO));
    expect(refused).toMatchObject({
      status: 403,
      message: 'API rate limit exceeded for acme/app.',
    });
    expect((await stage.user('alice').rest.repos.get(REPO)).status).toBe(200);
  });

  it('lets an interceptor answer instead, so that nothing happens', async () => {
    const undo = stage.sim.intercept({
      before: ({ route, access }) =>
        access === 'write' && route === null ? new Response('{}', { status: 502 }) : undefined,
    });
    const { rest } = stage.user('alice');
    expect((await refusal(rest.issues.create({ ...REPO, title: 'x' }))).status).toBe(502);
    expect(stage.repo.issues.size).toBe(0);
    expect(stage.sim.calls.at(-1)?.status).toBe(502);
    undo();
    expect((await rest.issues.create({ ...REPO, title: 'x' })).status).toBe(201);
  });

  it('lets an interceptor lose an answer after the deed', async () => {
    stage.sim.intercept({
      after: ({ access }) => {
        if (access === 'write') throw new Error('the line was cut');
        return undefined;
      },
    });
    const token = stage.sim.createUserToken('alice');
    const create = { ...REPO, title: 'x' };
    await expect(stage.as(token).rest.issues.create(create)).rejects.toThrow(/the line was cut/);
    await expect(stage.overHttp(token).rest.issues.create(create)).rejects.toThrow();
    expect(stage.repo.issues.size).toBe(2);
    expect(stage.sim.calls.map(({ status }) => status)).toEqual([null, null]);
  });

  it.each([
    ['a body that is no JSON', '{', 400, 'Problems parsing JSON'],
    [
      'a field of the wrong type',
      '{"title": []}',
      422,
      "For 'properties/title', [] is not a string.",
    ],
    ['a field that lacks', '{}', 422, '"title" wasn\'t supplied.'],
  ])('refuses %s', async (_, body, status, message) => {
    const response = await stage.sim.fetch(`${stage.sim.urls.api}/repos/acme/app/issues`, {
      method: 'POST',
      headers: { authorization: `token ${stage.sim.createUserToken('alice')}` },
      body,
    });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(JSON.stringify(message).slice(1, -1));
  });

  it('serializes the writes to one repository', async () => {
    const { rest } = stage.user('alice');
    const sha = stage.repo.git.branch('main') ?? '';
    const ref = { ...REPO, ref: 'refs/heads/x', sha };
    const made = await Promise.allSettled([rest.git.createRef(ref), rest.git.createRef(ref)]);
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
