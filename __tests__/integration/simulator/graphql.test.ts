import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { at, graphql, REPO, setStage, told } from './fixture.ts';
import type { Stage } from './fixture.ts';

const ACTIONS = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  'pull-requests': 'write',
} as const;

describe('GraphQL', () => {
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
  const repositoryId = async () => at((await inRepo('id')).data, 'repository', 'id');
  const mutate = (name: string, type: string, payload: string, input: unknown) =>
    ask(`mutation($input: ${type}!) { ${name}(input: $input) { ${payload} } }`, { input });

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
    const { data } = await inRepo(`
      issues(first: 5, states: [CLOSED], labels: ["bug"]) { nodes { number } }
      issue(number: 1) {
        state stateReason full: stateReason(enableDuplicate: true)
        labels(first: 5) { nodes { name } }
        timelineItems(last: 1, itemTypes: [CLOSED_EVENT, REOPENED_EVENT]) { nodes {
          ... on ClosedEvent { actor { login } stateReason(enableDuplicate: true) }
        } }
      }
    `);
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

  const commitInput = (expectedHeadOid: string, path = 'state.json') => ({
    branch: { repositoryNameWithOwner: 'acme/app', branchName: 'main' },
    message: { headline: 'a: pending → in-progress', body: 'Because.' },
    expectedHeadOid,
    fileChanges: {
      additions: [{ path, contents: Buffer.from('{}\n').toString('base64') }],
      deletions: [{ path: 'src/a.ts' }],
    },
  });

  it('commits on a branch by compare-and-swap, as the owner of the token, signed', async () => {
    const payload =
      'commit { oid message author { name } committer { name } signature { isValid } } ref { name }';
    const made = await mutate(
      'createCommitOnBranch',
      'CreateCommitOnBranchInput',
      payload,
      commitInput(main),
    );
    expect(at(made.data, 'createCommitOnBranch')).toMatchObject({
      commit: {
        oid: stage.repo.git.branch('main'),
        message: 'a: pending → in-progress\n\nBecause.',
        author: { name: 'github-actions[bot]' },
        committer: { name: 'GitHub' },
        signature: { isValid: true },
      },
      ref: { name: 'main' },
    });
    const tree = await stage.repo.git.objects.tree(stage.repo.git.branch('main') ?? '');
    expect(tree?.map(({ name }) => name)).toEqual(['.github', 'README.md', 'state.json']);
    const stale = await mutate(
      'createCommitOnBranch',
      'CreateCommitOnBranchInput',
      payload,
      commitInput(main),
    );
    expect(stale.status).toBe(200);
    expect(stale.data).toEqual({ createCommitOnBranch: null });
    expect(stale.errors).toMatchObject([
      {
        type: 'STALE_DATA',
        path: ['createCommitOnBranch'],
        message: `Expected branch to point to "${main}" but it did not.  Pull and try again.`,
      },
    ]);
    expect(stage.sim.events.at(-1)).toMatchObject({ name: 'push', cause: 'workflow-token' });
  });

  it('lets one of two racing commits win', async () => {
    const race = await Promise.all(
      ['x.json', 'y.json'].map((path) =>
        mutate(
          'createCommitOnBranch',
          'CreateCommitOnBranchInput',
          'commit { oid }',
          commitInput(main, path),
        ),
      ),
    );
    expect(race.map(({ errors }) => at(errors, 0, 'type'))).toEqual([undefined, 'STALE_DATA']);
  });

  it('runs the fields of a mutation one after another, whatever becomes of each', async () => {
    const id = await repositoryId();
    const { data, errors } = await ask(
      `mutation($id: ID!, $oid: GitObjectID!) {
        first: createRef(input: { repositoryId: $id, name: "refs/heads/x", oid: $oid }) { ref { name } }
        again: createRef(input: { repositoryId: $id, name: "refs/heads/x", oid: $oid }) { ref { name } }
        issue: createIssue(input: { repositoryId: $id, title: "T", body: "B" }) { issue { number author { login } } }
      }`,
      { id, oid: main },
    );
    expect(data).toEqual({
      first: { ref: { name: 'x' } },
      again: null,
      issue: { issue: { number: 1, author: { login: 'github-actions' } } },
    });
    expect(errors).toMatchObject([{ type: 'UNPROCESSABLE', path: ['again'] }]);
  });

  it('updates several refs at once, or none of them', async () => {
    const id = await repositoryId();
    const topic = await stage.commit('topic', { 'b.ts': 'b\n' });
    const zero = '0'.repeat(40);
    const update = (...refUpdates: readonly unknown[]) =>
      mutate('updateRefs', 'UpdateRefsInput', 'clientMutationId', { repositoryId: id, refUpdates });
    const created = { name: 'refs/heads/new', beforeOid: zero, afterOid: main };
    const stale = { name: 'refs/heads/topic', beforeOid: main, afterOid: topic };
    expect(at((await update(created, stale)).errors, 0, 'type')).toBe('STALE_DATA');
    expect(stage.repo.git.branch('new')).toBeNull();
    const gone = { name: 'refs/heads/topic', beforeOid: topic, afterOid: zero };
    expect((await update(created, gone)).errors).toBeUndefined();
    expect([stage.repo.git.branch('new'), stage.repo.git.branch('topic')]).toEqual([main, null]);
    expect((await update(created)).errors).toMatchObject([{ type: 'STALE_DATA' }]);
  });

  it('moves and deletes a ref by its id', async () => {
    const topic = await stage.commit('topic', { 'b.ts': 'b\n' });
    const refId = at(
      (await inRepo('ref(qualifiedName: "topic") { id }')).data,
      'repository',
      'ref',
      'id',
    );
    const back = await mutate('updateRef', 'UpdateRefInput', 'ref { name }', { refId, oid: main });
    expect(at(back.errors, 0, 'message')).toBe('Update is not a fast forward');
    await mutate('updateRef', 'UpdateRefInput', 'ref { name }', { refId, oid: main, force: true });
    expect([stage.repo.git.branch('topic'), topic === main]).toEqual([main, false]);
    await mutate('deleteRef', 'DeleteRefInput', 'clientMutationId', { refId });
    expect(stage.repo.git.branch('topic')).toBeNull();
  });

  it('creates and updates check runs, and finds them by name under their commit', async () => {
    const id = await repositoryId();
    const output = { title: 'T', summary: 'S' };
    const create = {
      repositoryId: id,
      name: 'v',
      headSha: main,
      status: 'IN_PROGRESS',
      externalId: 'e',
      output,
    };
    const made = await mutate(
      'createCheckRun',
      'CreateCheckRunInput',
      'checkRun { id status }',
      create,
    );
    const checkRunId = at(made.data, 'createCheckRun', 'checkRun', 'id');
    const done = { repositoryId: id, checkRunId, status: 'COMPLETED', conclusion: 'SUCCESS' };
    await mutate('updateCheckRun', 'UpdateCheckRunInput', 'checkRun { id }', done);
    const { data } = await inRepo(`object(oid: "${main}") { ... on Commit {
      checkSuites(first: 5, filterBy: { appId: 15368 }) { nodes { app { slug databaseId }
        checkRuns(first: 5, filterBy: { checkName: "v" }) { nodes { name status conclusion externalId } } } } } }`);
    expect(at(data, 'repository', 'object', 'checkSuites', 'nodes')).toEqual([
      {
        app: { slug: 'github-actions', databaseId: 15368 },
        checkRuns: {
          nodes: [{ name: 'v', status: 'COMPLETED', conclusion: 'SUCCESS', externalId: 'e' }],
        },
      },
    ]);
  });

  it('works on issues, pull requests, labels and comments by their ids', async () => {
    await stage.commit('topic', { 'b.ts': 'b\n' });
    const { rest } = stage.user('alice');
    await rest.issues.create({ ...REPO, title: 'x' });
    await rest.pulls.create({ ...REPO, title: 'T', head: 'topic', base: 'main' });
    await rest.issues.createLabel({ ...REPO, name: 'bug' });
    const ids = (
      await inRepo(
        'issue(number: 1) { id } pullRequest(number: 2) { id } label(name: "bug") { id }',
      )
    ).data;
    const [issueId, pullRequestId] = ['issue', 'pullRequest'].map((key) =>
      at(ids, 'repository', key, 'id'),
    );
    const labelIds = [at(ids, 'repository', 'label', 'id')];
    const steps = [
      [
        'addComment',
        'AddCommentInput',
        'commentEdge { node { id body } }',
        { subjectId: issueId, body: 'hi' },
      ],
      [
        'addLabelsToLabelable',
        'AddLabelsToLabelableInput',
        'labelable { labels(first: 1) { totalCount } }',
        { labelableId: pullRequestId, labelIds },
      ],
      [
        'removeLabelsFromLabelable',
        'RemoveLabelsFromLabelableInput',
        'clientMutationId',
        { labelableId: pullRequestId, labelIds },
      ],
      [
        'closeIssue',
        'CloseIssueInput',
        'issue { stateReason }',
        { issueId, stateReason: 'NOT_PLANNED' },
      ],
      ['reopenIssue', 'ReopenIssueInput', 'issue { state }', { issueId }],
      ['updateIssue', 'UpdateIssueInput', 'issue { title }', { id: issueId, title: 'y' }],
      [
        'updatePullRequest',
        'UpdatePullRequestInput',
        'pullRequest { body }',
        { pullRequestId, body: 'B' },
      ],
      ['closePullRequest', 'ClosePullRequestInput', 'pullRequest { state }', { pullRequestId }],
    ] as const;
    for (const [name, type, payload, input] of steps) {
      expect((await mutate(name, type, payload, input)).errors).toBeUndefined();
    }
    const comment = [...stage.repo.comments.values()][0];
    expect(comment?.body).toBe('hi');
    expect(told(stage.sim).slice(-8)).toEqual([
      'issue_comment created',
      'pull_request labeled',
      'pull_request unlabeled',
      'issues closed',
      'issues reopened',
      'issues edited',
      'pull_request edited',
      'pull_request closed',
    ]);
  });

  it('forbids what the token may not do, field by field', async () => {
    const weak = stage.sim.host.mintJobToken('acme/app', { contents: 'read' }).token;
    const id = await repositoryId();
    const query = `mutation($id: ID!) { createIssue(input: { repositoryId: $id, title: "x" }) { issue { id } } }`;
    const refused = await graphql(stage.sim, weak, query, { id });
    expect(refused.data).toEqual({ createIssue: null });
    const expected = { type: 'FORBIDDEN', message: 'Resource not accessible by integration' };
    expect(refused.errors).toMatchObject([expected]);
    const reading = `{ repository(owner: "acme", name: "app") { defaultBranchRef { name } issues(first: 1) { totalCount } } }`;
    const read = await graphql(stage.sim, weak, reading);
    expect(at(read.data, 'repository')).toBeNull();
    expect(read.errors).toMatchObject([expected]);
  });
});
