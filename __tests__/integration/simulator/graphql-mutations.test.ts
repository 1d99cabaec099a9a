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

describe('GraphQL mutations', () => {
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

  it('lets no other app update a check run', async () => {
    const repositoryId = at((await inRepo('id')).data, 'repository', 'id');
    const made = await stage.job().rest.checks.create({ ...REPO, name: 'v', head_sha: main });
    const other = stage.sim.createAppToken('claude', 'acme/app', { checks: 'write' });
    const query = `mutation($input: UpdateCheckRunInput!) { updateCheckRun(input: $input) { checkRun { id } } }`;
    const input = { repositoryId, checkRunId: made.data.node_id, conclusion: 'SUCCESS' };
    const { status, data, errors } = await graphql(stage.sim, other, query, { input });
    expect([status, data]).toEqual([200, { updateCheckRun: null }]);
    expect(errors).toMatchObject([{ type: 'FORBIDDEN', path: ['updateCheckRun'] }]);
    expect(stage.repo.checkRuns.get(made.data.id)?.status).toBe('queued');
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

  it('reacts to a comment once for each kind, and tells whose reaction it is', async () => {
    const { rest } = stage.user('alice');
    await rest.issues.create({ ...REPO, title: 'x' });
    const comment = { ...REPO, issue_number: 1, body: 'hi' };
    const { data } = await rest.issues.createComment(comment);
    await rest.reactions.createForIssueComment({ ...REPO, comment_id: data.id, content: 'heart' });
    const input = { subjectId: data.node_id, content: 'THUMBS_UP' };
    const payload =
      'reaction { content user { login } } reactionGroups { content viewerHasReacted }';
    const first = await mutate('addReaction', 'AddReactionInput', payload, input);
    expect(at(first.data, 'addReaction', 'reaction')).toEqual({
      content: 'THUMBS_UP',
      user: { login: 'github-actions' },
    });
    await mutate('addReaction', 'AddReactionInput', 'clientMutationId', input);
    const kept = stage.repo.comments.get(data.id)?.reactions.map(({ content }) => content);
    expect(kept).toEqual(['heart', '+1']);
    const groups = 'reactionGroups { content viewerHasReacted createdAt }';
    const seen = await ask(
      `query($id: ID!) { node(id: $id) { ... on IssueComment { ${groups} } } }`,
      {
        id: data.node_id,
      },
    );
    expect(at(seen.data, 'node', 'reactionGroups')).toHaveLength(8);
    expect(at(seen.data, 'node', 'reactionGroups')).toEqual(
      expect.arrayContaining([
        { content: 'THUMBS_UP', viewerHasReacted: true, createdAt: expect.any(String) },
        { content: 'HEART', viewerHasReacted: false, createdAt: expect.any(String) },
        { content: 'EYES', viewerHasReacted: false, createdAt: null },
      ]),
    );
  });

  it('tells who edited a comment last and when, and takes a reaction for no edit', async () => {
    const { rest } = stage.user('alice');
    await rest.issues.create({ ...REPO, title: 'x' });
    const { data } = await rest.issues.createComment({ ...REPO, issue_number: 1, body: 'hi' });
    const query = `query($id: ID!) { node(id: $id) { ... on IssueComment { lastEditedAt editor { login } } } }`;
    const edit = async () => at((await ask(query, { id: data.node_id })).data, 'node');
    await rest.reactions.createForIssueComment({ ...REPO, comment_id: data.id, content: 'heart' });
    expect(await edit()).toEqual({ lastEditedAt: null, editor: null });
    await rest.issues.updateComment({ ...REPO, comment_id: data.id, body: 'ho' });
    expect(await edit()).toEqual({ lastEditedAt: expect.any(String), editor: { login: 'alice' } });
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
