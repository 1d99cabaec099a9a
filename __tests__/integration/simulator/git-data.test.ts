import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { REPO, refusal, setStage, told } from './fixture.ts';
import type { Stage } from './fixture.ts';

describe('refs, objects, commits and contents', () => {
  let stage: Stage;
  let main: string;
  beforeEach(async () => {
    stage = await setStage();
    main = stage.repo.git.branch('main') ?? '';
  });
  afterEach(() => stage.end());

  it('creates, reads, lists and deletes refs', async () => {
    const { rest } = stage.job();
    await rest.git.createRef({ ...REPO, ref: 'refs/heads/session/a-1', sha: main });
    const read = await rest.git.getRef({ ...REPO, ref: 'heads/session/a-1' });
    expect(read.data).toMatchObject({
      ref: 'refs/heads/session/a-1',
      object: { sha: main, type: 'commit' },
    });
    const listed = await rest.git.listMatchingRefs({ ...REPO, ref: 'heads/session/' });
    expect(listed.data.map(({ ref }) => ref)).toEqual(['refs/heads/session/a-1']);
    expect((await rest.repos.getBranch({ ...REPO, branch: 'session/a-1' })).data.commit.sha).toBe(
      main,
    );
    expect((await rest.git.deleteRef({ ...REPO, ref: 'heads/session/a-1' })).status).toBe(204);
    expect((await refusal(rest.git.getRef({ ...REPO, ref: 'heads/session/a-1' }))).status).toBe(
      404,
    );
    expect(told(stage.sim)).toEqual([
      'create session/a-1',
      'push refs/heads/session/a-1',
      'delete session/a-1',
      'push refs/heads/session/a-1',
    ]);
    expect(stage.sim.events.at(-1)?.payload).toMatchObject({ deleted: true, head_commit: null });
  });

  const absent = 'a'.repeat(40);
  it.each([
    ['a ref that is there', 'refs/heads/main', null, 'Reference already exists'],
    ['an object that is not there', 'refs/heads/x', absent, 'Object does not exist'],
    ['a name git refuses', 'refs/heads/a..b', null, 'refs/heads/a..b is not a valid ref name.'],
    ['a name below a branch', 'refs/heads/main/x', null, 'Reference update failed'],
  ])('refuses to create %s', async (_, ref, sha, message) => {
    const call = stage.job().rest.git.createRef({ ...REPO, ref, sha: sha ?? main });
    expect(await refusal(call)).toMatchObject({ status: 422, message });
  });

  it('moves a ref only forward unless forced', async () => {
    const ahead = await stage.commit('topic', { 'b.ts': 'b\n' });
    const { rest } = stage.job();
    const target = { ...REPO, ref: 'heads/topic' };
    expect(await refusal(rest.git.updateRef({ ...target, sha: main }))).toMatchObject({
      status: 422,
      message: 'Update is not a fast forward',
    });
    expect(stage.repo.git.branch('topic')).toBe(ahead);
    await rest.git.updateRef({ ...target, sha: main, force: true });
    expect(stage.repo.git.branch('topic')).toBe(main);
    const missing = rest.git.updateRef({ ...REPO, ref: 'heads/none', sha: main });
    expect(await refusal(missing)).toMatchObject({
      status: 422,
      message: 'Reference does not exist',
    });
  });

  it('builds a tree from a base, inline content, blobs and deletions', async () => {
    const { rest } = stage.job();
    const content = Buffer.from('x\n').toString('base64');
    const blob = (await rest.git.createBlob({ ...REPO, content, encoding: 'base64' })).data.sha;
    const base_tree = (await rest.git.getCommit({ ...REPO, commit_sha: main })).data.tree.sha;
    const mode = '100644' as const;
    const made = await rest.git.createTree({
      ...REPO,
      base_tree,
      tree: [
        { path: 'src/x.ts', mode, type: 'blob', sha: blob },
        { path: 'docs/deep/y.md', mode, content: 'y' },
        { path: 'src/a.ts', mode, sha: null },
      ],
    });
    const read = { ...REPO, tree_sha: made.data.sha, recursive: 'true' };
    const { tree, truncated } = (await rest.git.getTree(read)).data;
    expect(truncated).toBe(false);
    expect(tree.filter(({ type }) => type === 'blob').map(({ path }) => path)).toEqual([
      '.github/workflows/w.yml',
      'README.md',
      'docs/deep/y.md',
      'src/x.ts',
    ]);
    const read64 = (await rest.git.getBlob({ ...REPO, file_sha: blob })).data;
    expect([read64.content, read64.encoding, read64.size]).toEqual([content, 'base64', 2]);
  });

  it('signs what names no author and no committer, as the token that asked', async () => {
    const { rest } = stage.job();
    const tree = (await rest.git.getCommit({ ...REPO, commit_sha: main })).data.tree.sha;
    const bare = await rest.git.createCommit({ ...REPO, message: 'm', tree, parents: [main] });
    expect(bare.data.verification.verified).toBe(true);
    expect(bare.data.author.name).toBe('github-actions[bot]');
    expect(bare.data.committer.name).toBe('GitHub');
    const author = { name: 'A', email: 'a@example.com' };
    const own = { ...REPO, message: 'm', tree, parents: [main], author };
    expect((await rest.git.createCommit(own)).data).toMatchObject({
      author,
      verification: { verified: false },
    });
    const wrong = await refusal(rest.git.createCommit({ ...own, parents: [absent] }));
    expect(wrong.status).toBe(422);
  });

  it('lists commits of a branch and of a path', async () => {
    const first = await stage.commit('topic', { 'b.ts': 'b\n' });
    const second = await stage.commit('topic', { 'c.ts': 'c\n' });
    const { rest } = stage.job();
    const all = await rest.repos.listCommits({ ...REPO, sha: 'topic', per_page: 2 });
    expect(all.data.map(({ sha }) => sha)).toEqual([second, first]);
    const some = await rest.repos.listCommits({ ...REPO, sha: 'topic', path: 'b.ts' });
    expect(some.data.map(({ sha }) => sha)).toEqual([first]);
    const one = (await rest.repos.getCommit({ ...REPO, ref: 'topic' })).data;
    expect(one).toMatchObject({ sha: second, files: [{ filename: 'c.ts' }], stats: { total: 1 } });
  });

  it.each([
    ['ahead', 'main', 'topic', 1, 0],
    ['behind', 'topic', 'main', 0, 1],
    ['identical', 'main', 'main', 0, 0],
    ['diverged', 'other', 'topic', 1, 1],
  ])('compares as %s', async (status, base, head, ahead_by, behind_by) => {
    await stage.commit('topic', { 'b.ts': 'b\n' });
    await stage.commit('other', { 'c.ts': 'c\n' });
    const compared = { ...REPO, basehead: `${base}...${head}` };
    const { data } = await stage.job().rest.repos.compareCommitsWithBasehead(compared);
    expect(data).toMatchObject({ status, ahead_by, behind_by });
    expect(data.commits).toHaveLength(ahead_by);
  });

  it('reads files in both media types, directories, and nothing past a megabyte', async () => {
    await stage.commit('main', { 'big.txt': 'x'.repeat(1024 * 1024 + 1) });
    const { rest } = stage.job();
    const file = (await rest.repos.getContent({ ...REPO, path: 'README.md', ref: 'main' })).data;
    expect(file).toMatchObject({
      type: 'file',
      encoding: 'base64',
      content: 'IyBBcHAK\n',
      size: 6,
    });
    const raw = { ...REPO, path: 'README.md', mediaType: { format: 'raw' } };
    expect((await rest.repos.getContent(raw)).data).toBe('# App\n');
    const directory = (await rest.repos.getContent({ ...REPO, path: 'src' })).data;
    expect(directory).toMatchObject([{ type: 'file', path: 'src/a.ts' }]);
    const big = (await rest.repos.getContent({ ...REPO, path: 'big.txt' })).data;
    expect(big).toMatchObject({ encoding: 'none', content: '', size: 1024 * 1024 + 1 });
    expect((await refusal(rest.repos.getContent({ ...REPO, path: 'no' }))).status).toBe(404);
  });

  it('writes a file only over the version that the caller saw', async () => {
    const { rest } = stage.job();
    const put = {
      ...REPO,
      path: 'n.txt',
      message: 'Put',
      content: Buffer.from('1').toString('base64'),
    };
    const made = await rest.repos.createOrUpdateFileContents(put);
    expect(made.status).toBe(201);
    expect((await refusal(rest.repos.createOrUpdateFileContents(put))).status).toBe(422);
    const stale = rest.repos.createOrUpdateFileContents({ ...put, sha: absent });
    expect((await refusal(stale)).status).toBe(409);
    const sha = made.data.content?.sha ?? '';
    expect((await rest.repos.createOrUpdateFileContents({ ...put, sha })).status).toBe(200);
    expect(told(stage.sim)).toEqual(['push refs/heads/main', 'push refs/heads/main']);
  });

  it('keeps a job from branching at workflow files that no branch has', async () => {
    const changed = await stage.commit('topic', { '.github/workflows/w.yml': 'on: push\n' });
    const { rest } = stage.job();
    await rest.git.createRef({ ...REPO, ref: 'refs/heads/same', sha: changed });
    await rest.git.deleteRef({ ...REPO, ref: 'heads/same' });
    await rest.git.deleteRef({ ...REPO, ref: 'heads/topic' });
    const alone = rest.git.createRef({ ...REPO, ref: 'refs/heads/x', sha: changed });
    expect(await refusal(alone)).toMatchObject({
      status: 403,
      message: 'Resource not accessible by integration',
    });
  });
});
