import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { at, graphql, REPO, setStage } from './fixture.ts';
import type { Stage } from './fixture.ts';

const ACTIONS = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  'pull-requests': 'write',
} as const;

describe('GraphQL queries', () => {
  let stage: Stage;
  let token: string;
  let main: string;
  beforeEach(async () => {
    stage = await setStage();
    token = stage.sim.host.mintJobToken('acme/app', ACTIONS).token;
    main = stage.repo.git.branch('main') ?? '';
  });
  afterEach(() => stage.end());

  const ask = (query: string, variables: Readonly<Record<string, unknown>> = {}) =>
    graphql(stage.sim, token, query, variables);
  const inRepo = (fields: string) =>
    ask(`{ repository(owner: "acme", name: "app") { ${fields} } }`);

  it('reads files, trees and history of a branch in one query', async () => {
    await stage.commit('main', { 'src/deep/b.bin': 'x\0y' });
    const { data, errors } = await inRepo(`
      nameWithOwner hasIssuesEnabled
      defaultBranchRef { name target { oid ... on Commit { message parents(first: 1) { nodes { oid } } } } }
      missing: ref(qualifiedName: "refs/heads/none") { name }
      file: object(expression: "main:README.md") { ... on Blob { text byteSize isBinary isTruncated } }
      binary: object(expression: "main:src/deep/b.bin") { ... on Blob { text isBinary } }
      nothing: object(expression: "main:none") { oid }
      tree: object(expression: "main:src") { ... on Tree { entries { path type object { ... on Tree { entries { path } } } } } }
      branch: ref(qualifiedName: "main") { target { ... on Commit { history(first: 1) { totalCount nodes { oid } pageInfo { hasNextPage } } } } }
    `);
    expect(errors).toBeUndefined();
    expect(at(data, 'repository')).toMatchObject({
      nameWithOwner: 'acme/app',
      hasIssuesEnabled: true,
      defaultBranchRef: { name: 'main', target: { parents: { nodes: [{ oid: main }] } } },
      missing: null,
      file: { text: '# App\n', byteSize: 6, isBinary: false, isTruncated: false },
      binary: { text: null, isBinary: true },
      nothing: null,
      tree: {
        entries: [
          { path: 'src/a.ts', type: 'blob' },
          { path: 'src/deep', type: 'tree', object: { entries: [{ path: 'src/deep/b.bin' }] } },
        ],
      },
      branch: { target: { history: { totalCount: 2, pageInfo: { hasNextPage: true } } } },
    });
  });

  it('tells a file that is not there by an error beside its null, and keeps the rest', async () => {
    const { status, data, errors } = await inRepo(`
      object(oid: "${main}") { ... on Commit {
        here: file(path: "src/a.ts") { path } gone: file(path: "src/b.ts") { path }
      } }
      lost: ref(qualifiedName: "main") { target { ... on Commit { file(path: "no/such.ts") { path } } } }
    `);
    expect(status).toBe(200);
    expect(at(data, 'repository')).toEqual({
      object: { here: { path: 'src/a.ts' }, gone: null },
      lost: { target: { file: null } },
    });
    const byPath = [
      [['repository', 'object', 'gone'], 'src/b.ts'],
      [['repository', 'lost', 'target', 'file'], 'no/such.ts'],
    ] as const;
    const expected = byPath.map(([path, file]) =>
      expect.objectContaining({
        type: 'NOT_FOUND',
        path,
        message: `Could not resolve file for path '${file}'.`,
      }),
    );
    expect(errors).toHaveLength(expected.length);
    expect(errors).toEqual(expect.arrayContaining(expected));
  });

  it('tells a pull request with its files, comments and commits', async () => {
    const head = await stage.commit('topic', { 'b.ts': 'b\n' });
    await stage.job().rest.pulls.create({ ...REPO, title: 'T', head: 'topic', base: 'main' });
    await stage.job().rest.issues.createComment({ ...REPO, issue_number: 1, body: 'hello' });
    await stage.user('alice').rest.pulls.merge({ ...REPO, pull_number: 1 });
    const { data } = await inRepo(`
      pullRequests(first: 5, states: [MERGED], headRefName: "topic", baseRefName: "main") { nodes {
        number state merged mergedBy { login } headRefOid baseRefOid isCrossRepository
        headRepository { nameWithOwner } author { login __typename }
        files(first: 10) { nodes { path changeType additions deletions } pageInfo { endCursor } }
        comments(last: 1) { nodes { body author { login __typename } } }
        commits(last: 1) { nodes { commit { oid } } }
      } }
    `);
    expect(at(data, 'repository', 'pullRequests', 'nodes', 0)).toMatchObject({
      number: 1,
      state: 'MERGED',
      merged: true,
      mergedBy: { login: 'alice' },
      headRefOid: head,
      baseRefOid: main,
      isCrossRepository: false,
      headRepository: { nameWithOwner: 'acme/app' },
      author: { login: 'github-actions', __typename: 'Bot' },
      files: { nodes: [{ path: 'b.ts', changeType: 'ADDED', additions: 1, deletions: 0 }] },
      comments: {
        nodes: [{ body: 'hello', author: { login: 'github-actions', __typename: 'Bot' } }],
      },
      commits: { nodes: [{ commit: { oid: head } }] },
    });
  });

  it('tells who closed an issue, when and why', async () => {
    const { rest } = stage.user('alice');
    await rest.issues.create({ ...REPO, title: 'x', labels: ['bug'] });
    const close = { state: 'closed', state_reason: 'duplicate' } as const;
    await rest.issues.update({ ...REPO, issue_number: 1, ...close });
    const { data, errors } = await inRepo(`
      issues(first: 5, states: [CLOSED], labels: ["bug"]) { nodes { number } }
      issue(number: 1) {
        state stateReason full: stateReason(enableDuplicate: true)
        labels(first: 5) { nodes { name } }
        timelineItems(last: 1, itemTypes: [CLOSED_EVENT, REOPENED_EVENT]) { nodes {
          ... on ClosedEvent { actor { login } stateReason }
        } }
      }
    `);
    expect(errors).toBeUndefined();
    expect(at(data, 'repository')).toEqual({
      issues: { nodes: [{ number: 1 }] },
      issue: {
        state: 'CLOSED',
        stateReason: 'NOT_PLANNED',
        full: 'DUPLICATE',
        labels: { nodes: [{ name: 'bug' }] },
        timelineItems: { nodes: [{ actor: { login: 'alice' }, stateReason: 'DUPLICATE' }] },
      },
    });
  });

  it('pages through a connection by its cursors', async () => {
    const { rest } = stage.user('alice');
    for (const title of ['a', 'b', 'c']) await rest.issues.create({ ...REPO, title });
    const seen: unknown[] = [];
    let after: unknown = null;
    do {
      const page = await ask(
        `query($after: String) { repository(owner: "acme", name: "app") {
          issues(first: 2, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } } } }`,
        { after },
      );
      const issues = at(page.data, 'repository', 'issues');
      seen.push(at(issues, 'nodes'));
      after =
        at(issues, 'pageInfo', 'hasNextPage') === true ? at(issues, 'pageInfo', 'endCursor') : null;
    } while (after !== null);
    expect(seen).toEqual([[{ title: 'a' }, { title: 'b' }], [{ title: 'c' }]]);
  });

  it('holds queries against the real schema, and says so with status 200', async () => {
    const { status, data, errors } = await ask('{ viewer { nonsense } }');
    expect([status, data]).toEqual([200, undefined]);
    expect(at(errors, 0, 'message')).toMatch(/Cannot query field "nonsense" on type "User"/);
  });

  it.each([
    ['a repository that is not there', 'repository(owner: "acme", name: "no") { id }', 'NOT_FOUND'],
    [
      'an issue that is not there',
      'repository(owner: "acme", name: "app") { issue(number: 9) { id } }',
      'NOT_FOUND',
    ],
    [
      'a connection without bounds',
      'repository(owner: "acme", name: "app") { issues { totalCount } }',
      'MISSING_PAGINATION_BOUNDARIES',
    ],
    [
      'more than a hundred at once',
      'repository(owner: "acme", name: "app") { issues(first: 101) { totalCount } }',
      'EXCESSIVE_PAGINATION',
    ],
  ])('refuses %s', async (_, query, type) => {
    const { status, errors } = await ask(`{ ${query} }`);
    expect([status, at(errors, 0, 'type')]).toEqual([200, type]);
  });

  it('says of a field it lacks that it lacks it, and keeps a mark', async () => {
    const { errors } = await inRepo('stargazerCount');
    expect(at(errors, 0)).toMatchObject({
      type: 'NOT_SIMULATED',
      message: 'The simulator has no Repository.stargazerCount',
      path: ['repository', 'stargazerCount'],
    });
    expect(stage.sim.unknown).toEqual([{ kind: 'graphql', what: 'Repository.stargazerCount' }]);
  });
});
