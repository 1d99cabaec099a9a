import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { at, git, remote, REPO, setStage, told } from './fixture.ts';
import type { Stage } from './fixture.ts';

describe('git over smart HTTP', () => {
  let stage: Stage;
  let clone: string;

  beforeEach(async () => {
    stage = await setStage();
    clone = join(stage.directory, 'clone');
  });
  afterEach(() => stage.end());

  async function cloned(token: string): Promise<string> {
    await git(stage.directory, 'clone', '--quiet', remote(stage.sim, token), clone);
    return clone;
  }

  async function work(name: string, text: string): Promise<string> {
    await writeFile(join(clone, name), text);
    await git(clone, 'add', '--all');
    await git(clone, 'commit', '--quiet', '--message', `Add ${name}`);
    return git(clone, 'rev-parse', 'HEAD');
  }

  it('clones, and a push moves the pull request with its branch', async () => {
    const before = await stage.commit('topic', { 'b.ts': 'b\n' });
    const alice = stage.user('alice');
    await alice.rest.pulls.create({ ...REPO, title: 'Topic', head: 'topic', base: 'main' });
    await cloned(stage.sim.createUserToken('alice'));
    await git(clone, 'checkout', '--quiet', 'topic');
    const after = await work('c.ts', 'c\n');
    await git(clone, 'push', '--quiet');
    const pull = await alice.rest.pulls.get({ ...REPO, pull_number: 1 });
    expect(pull.data.head.sha).toBe(after);
    expect(pull.data.changed_files).toBe(2);
    expect(told(stage.sim).slice(-2)).toEqual([
      'push refs/heads/topic',
      'pull_request synchronize',
    ]);
    const [push, synchronize] = stage.sim.events.slice(-2);
    expect(push?.payload).toMatchObject({
      before,
      after,
      created: false,
      deleted: false,
      forced: false,
      base_ref: null,
      head_commit: { id: after, message: 'Add c.ts', added: ['c.ts'], removed: [], modified: [] },
      commits: [{ id: after }],
    });
    expect(synchronize?.payload).toMatchObject({ before, after, number: 1 });
    expect(at(push?.payload, 'sender', 'login')).toBe('alice');
    expect(push?.cause).toBe('user');
  });

  it('tells of a forced push', async () => {
    await stage.commit('topic', { 'b.ts': 'b\n' });
    await cloned(stage.sim.createUserToken('alice'));
    await git(clone, 'checkout', '--quiet', '-b', 'topic', 'origin/main');
    await work('d.ts', 'd\n');
    await expect(git(clone, 'push', '--quiet', 'origin', 'topic')).rejects.toThrow(
      /non-fast-forward/,
    );
    await git(clone, 'push', '--quiet', '--force', 'origin', 'topic');
    expect(stage.sim.events.at(-1)?.payload).toMatchObject({ forced: true });
  });

  it('closes the pull request of a branch that is deleted, and the default branch stays', async () => {
    await stage.commit('topic', { 'b.ts': 'b\n' });
    const alice = stage.user('alice');
    await alice.rest.pulls.create({ ...REPO, title: 'Topic', head: 'topic', base: 'main' });
    await cloned(stage.sim.createUserToken('alice'));
    await git(clone, 'push', '--quiet', '--delete', 'origin', 'topic');
    const { data } = await alice.rest.pulls.get({ ...REPO, pull_number: 1 });
    expect([data.state, data.merged]).toEqual(['closed', false]);
    expect(told(stage.sim).slice(-3)).toEqual([
      'delete topic',
      'push refs/heads/topic',
      'pull_request closed',
    ]);
    await expect(git(clone, 'push', 'origin', '--delete', 'main')).rejects.toThrow(
      /refusing|denied|prohibited/,
    );
  });

  it('finds a pull request merged when its head reaches the base by a push', async () => {
    const head = await stage.commit('topic', { 'b.ts': 'b\n' });
    await stage.commit('main', { 'e.ts': 'e\n' });
    const alice = stage.user('alice');
    await alice.rest.pulls.create({ ...REPO, title: 'Topic', head: 'topic', base: 'main' });
    await cloned(stage.sim.createUserToken('alice'));
    await git(clone, 'merge', '--quiet', '--no-edit', 'origin/topic');
    const merge = await git(clone, 'rev-parse', 'HEAD');
    await git(clone, 'push', '--quiet');
    const { data } = await alice.rest.pulls.get({ ...REPO, pull_number: 1 });
    expect(data).toMatchObject({ merged: true, state: 'closed', merge_commit_sha: merge });
    expect(data.merged_by?.login).toBe('alice');
    expect(data.head.sha).toBe(head);
    expect(data.changed_files).toBe(1);
  });

  it.each([
    ['a stranger to a private repository sees nothing of it', 'mallory', /not found/i],
    ['a reader may not push', 'rita', /403/],
    ['somebody with triage may not push', 'tom', /403/],
  ])('%s', async (_, login, message) => {
    await cloned(stage.sim.createUserToken('alice'));
    await work('c.ts', 'c\n');
    const url = remote(stage.sim, stage.sim.createUserToken(login));
    await expect(git(clone, 'push', url, 'HEAD:refs/heads/x')).rejects.toThrow(message);
    expect(stage.repo.git.branch('x')).toBeNull();
  });

  it('takes a push only from a job that may write contents', async () => {
    const reading = stage.sim.host.mintJobToken('acme/app', { contents: 'read' }).token;
    await cloned(reading);
    const head = await work('c.ts', 'c\n');
    await expect(git(clone, 'push', 'origin', 'HEAD:refs/heads/x')).rejects.toThrow(/403/);
    const writing = stage.sim.host.mintJobToken('acme/app', { contents: 'write' }).token;
    await git(clone, 'push', '--quiet', remote(stage.sim, writing), 'HEAD:refs/heads/x');
    expect(stage.repo.git.branch('x')).toBe(head);
    expect(stage.sim.events.at(-1)).toMatchObject({
      actor: 'github-actions[bot]',
      cause: 'workflow-token',
    });
  });

  it('refuses changed workflow files from a job, and takes them from a person', async () => {
    const job = stage.sim.host.mintJobToken('acme/app', { contents: 'write' }).token;
    await cloned(stage.sim.createUserToken('alice'));
    await writeFile(join(clone, '.github/workflows/w.yml'), 'on: push\n');
    await git(clone, 'commit', '--quiet', '--all', '--message', 'Change the workflow');
    const pushed = git(clone, 'push', remote(stage.sim, job), 'HEAD:refs/heads/x');
    await expect(pushed).rejects.toThrow(/workflows/);
    await git(clone, 'push', '--quiet', 'origin', 'HEAD:refs/heads/x');
    await git(clone, 'push', '--quiet', remote(stage.sim, job), 'HEAD:refs/heads/y');
    expect(stage.repo.git.branch('y')).toBe(stage.repo.git.branch('x'));
  });

  it('fetches the head of a pull request and any commit by its SHA', async () => {
    const head = await stage.commit('topic', { 'b.ts': 'b\n' });
    await stage.job().rest.pulls.create({ ...REPO, title: 'T', head: 'topic', base: 'main' });
    await cloned(stage.sim.createUserToken('rita'));
    await git(clone, 'fetch', '--quiet', 'origin', 'refs/pull/1/head');
    expect(await git(clone, 'rev-parse', 'FETCH_HEAD')).toBe(head);
    await git(clone, 'fetch', '--quiet', '--depth=1', 'origin', head);
    const token = stage.sim.createUserToken('alice');
    const push = git(clone, 'push', remote(stage.sim, token), 'HEAD:refs/pull/1/head');
    await expect(push).rejects.toThrow(/hidden ref/);
  });
});
