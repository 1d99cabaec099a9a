import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { at, REPO, refusal, setStage, told } from './fixture.ts';
import type { Stage } from './fixture.ts';

describe('pull requests', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.end());

  async function opened(files: Readonly<Record<string, string>> = { 'b.ts': 'b\n' }) {
    await stage.commit('topic', files);
    const draft = { ...REPO, title: 'Topic', body: 'Why', head: 'topic', base: 'main' };
    return (await stage.job().rest.pulls.create(draft)).data;
  }

  it('opens with what the payload needs', async () => {
    const pull = await opened();
    expect(pull).toMatchObject({
      number: 1,
      state: 'open',
      merged: false,
      mergeable: true,
      commits: 1,
      additions: 1,
      head: { ref: 'topic', label: 'acme:topic', repo: { full_name: 'acme/app' } },
      base: { ref: 'main', sha: stage.repo.git.branch('main') },
      user: { login: 'github-actions[bot]' },
    });
    const event = stage.sim.events.at(-1);
    expect(event).toMatchObject({ name: 'pull_request', cause: 'workflow-token' });
    expect(event?.payload).toMatchObject({ action: 'opened', number: 1, sender: { type: 'Bot' } });
    expect(at(event?.payload, 'pull_request', 'head', 'sha')).toBe(pull.head.sha);
  });

  it.each([
    [
      'a second one for the same head and base',
      { head: 'topic', base: 'main' },
      'A pull request already exists for acme:topic.',
    ],
    ['no commits between', { head: 'main', base: 'topic' }, 'No commits between topic and main'],
  ])('refuses %s', async (_, ends, message) => {
    await opened();
    const refused = await refusal(stage.job().rest.pulls.create({ ...REPO, title: 'x', ...ends }));
    expect(refused).toMatchObject({ status: 422, errors: [{ code: 'custom', message }] });
  });

  it.each([
    ['head', { head: 'nowhere', base: 'main' }],
    ['base', { head: 'main', base: 'nowhere' }],
  ])('refuses an unknown %s', async (field, ends) => {
    const refused = await refusal(stage.job().rest.pulls.create({ ...REPO, title: 'x', ...ends }));
    expect(refused).toMatchObject({ status: 422, errors: [{ code: 'invalid', field }] });
  });

  it('lets a job open none where the setting forbids it, though a person may', async () => {
    await stage.end();
    stage = await setStage({ settings: { actionsMayCreatePullRequests: false } });
    await stage.commit('topic', { 'b.ts': 'b\n' });
    const draft = { ...REPO, title: 'T', head: 'topic', base: 'main' };
    expect(await refusal(stage.job().rest.pulls.create(draft))).toMatchObject({
      status: 403,
      message: 'GitHub Actions is not permitted to create or approve pull requests.',
    });
    expect((await stage.user('alice').rest.pulls.create(draft)).status).toBe(201);
  });

  it('lists by state, head and base', async () => {
    await opened();
    const { rest } = stage.user('rita');
    const numbers = async (filter: object) =>
      (await rest.pulls.list({ ...REPO, ...filter })).data.map(({ number }) => number);
    expect(await numbers({ head: 'acme:topic', base: 'main' })).toEqual([1]);
    expect(await numbers({ head: 'acme:other' })).toEqual([]);
    expect(await numbers({ base: 'other' })).toEqual([]);
    expect(await numbers({ state: 'closed' })).toEqual([]);
  });

  it('tells the files of the three-dot diff, which leave out what the base gained', async () => {
    await opened({ 'b.ts': 'b\n', 'src/a.ts': 'a\nmore\n' });
    await stage.commit('main', { 'e.ts': 'e\n' });
    const files = (await stage.job().rest.pulls.listFiles({ ...REPO, pull_number: 1 })).data;
    expect(files.map((file) => [file.filename, file.status, file.additions, file.patch])).toEqual([
      ['b.ts', 'added', 1, '@@ -0,0 +1 @@\n+b'],
      ['src/a.ts', 'modified', 1, '@@ -1 +1,2 @@\n a\n+more'],
    ]);
  });

  it('closes, keeps a record of its head, and reopens while the branch is there', async () => {
    await opened();
    const alice = stage.user('alice');
    const target = { ...REPO, pull_number: 1 };
    await alice.rest.pulls.update({ ...target, state: 'closed' });
    await stage.commit('topic', { 'c.ts': 'c\n' });
    const reopened = (await alice.rest.pulls.update({ ...target, state: 'open' })).data;
    expect(reopened.head.sha).toBe(stage.repo.git.branch('topic'));
    await alice.rest.pulls.update({ ...target, state: 'closed' });
    await alice.rest.git.deleteRef({ ...REPO, ref: 'heads/topic' });
    const refused = await refusal(alice.rest.pulls.update({ ...target, state: 'open' }));
    expect(refused).toMatchObject({ status: 422, errors: [{ field: 'state' }] });
    expect(told(stage.sim).filter((event) => event.startsWith('pull_request'))).toEqual([
      'pull_request opened',
      'pull_request closed',
      'pull_request reopened',
      'pull_request closed',
    ]);
  });

  it.each(['merge', 'squash', 'rebase'] as const)(
    'merges by %s into the base as it is now and keeps what it gained',
    async (merge_method) => {
      await opened();
      const gained = await stage.commit('main', { 'e.ts': 'e\n' });
      const alice = stage.user('alice');
      const target = { ...REPO, pull_number: 1 };
      const { sha, merged } = (await alice.rest.pulls.merge({ ...target, merge_method })).data;
      expect([merged, stage.repo.git.branch('main')]).toEqual([true, sha]);
      const { git } = stage.repo;
      const tree = (await git.objects.tree(sha))?.map(({ name }) => name);
      expect(tree).toEqual(expect.arrayContaining(['b.ts', 'e.ts', 'README.md']));
      expect((await git.objects.commit(sha))?.parents[0]).toBe(gained);
      const { data } = await alice.rest.pulls.get(target);
      expect(data).toMatchObject({ merged: true, state: 'closed', merge_commit_sha: sha });
      expect(data.changed_files).toBe(1);
      expect(told(stage.sim).slice(-2)).toEqual(['push refs/heads/main', 'pull_request closed']);
      expect(stage.sim.events.at(-1)?.payload).toMatchObject({
        pull_request: { merged: true, merge_commit_sha: sha, merged_by: { login: 'alice' } },
      });
    },
  );

  it('does not merge what conflicts, is closed, or has another head', async () => {
    await opened({ 'README.md': '# Theirs\n' });
    const alice = stage.user('alice');
    const target = { ...REPO, pull_number: 1 };
    const stale = await refusal(alice.rest.pulls.merge({ ...target, sha: '0'.repeat(40) }));
    expect(stale.status).toBe(409);
    await stage.commit('main', { 'README.md': '# Ours\n' });
    expect((await alice.rest.pulls.get(target)).data).toMatchObject({
      mergeable: false,
      mergeable_state: 'dirty',
    });
    const message = 'Pull Request is not mergeable';
    for (const merge_method of ['merge', 'squash', 'rebase'] as const) {
      const refused = await refusal(alice.rest.pulls.merge({ ...target, merge_method }));
      expect(refused).toMatchObject({ status: 405, message });
    }
    await alice.rest.pulls.update({ ...target, state: 'closed' });
    expect((await refusal(alice.rest.pulls.merge(target))).status).toBe(405);
  });

  it('closes the issues its body names, once it is merged into the default branch', async () => {
    const alice = stage.user('alice');
    await alice.rest.issues.create({ ...REPO, title: 'Bug' });
    await alice.rest.issues.create({ ...REPO, title: 'Other' });
    await stage.commit('topic', { 'b.ts': 'b\n' });
    const body = 'Fixes #1, see #2.';
    await alice.rest.pulls.create({ ...REPO, title: 'T', body, head: 'topic', base: 'main' });
    await alice.rest.pulls.merge({ ...REPO, pull_number: 3 });
    const states = [1, 2].map((number) => stage.repo.issues.get(number)?.state);
    expect(states).toEqual(['closed', 'open']);
  });

  it('closes one whose head loses its last commit of its own', async () => {
    await opened();
    const sha = stage.repo.git.branch('main') ?? '';
    const move = { ...REPO, ref: 'heads/topic', sha, force: true };
    await stage.user('alice').rest.git.updateRef(move);
    expect(stage.repo.issues.get(1)).toMatchObject({ state: 'closed', pull: { mergedAt: null } });
  });

  it('labels through the issue endpoints send pull request events', async () => {
    await opened();
    await stage.user('tom').rest.issues.addLabels({ ...REPO, issue_number: 1, labels: ['x'] });
    expect(told(stage.sim).at(-1)).toBe('pull_request labeled');
    expect(stage.sim.events.at(-1)?.payload).toMatchObject({
      label: { name: 'x' },
      pull_request: { number: 1, labels: [{ name: 'x' }] },
    });
  });
});
