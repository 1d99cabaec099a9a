import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';

import { git, graphql, REPO, refusal, remote, setStage, told } from './fixture.ts';
import type { Stage } from './fixture.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage({ collaborators: { adam: 'admin', alice: 'write' } });
});
afterEach(() => stage.end());

async function rename(name: string, repo = REPO): Promise<void> {
  await stage.user('adam').rest.repos.update({ ...repo, name });
}

function seen(): readonly string[] {
  return stage.sim.calls.map(({ method, path, status }) => `${method} ${path} ${status ?? ''}`);
}

describe('a repository that was renamed', () => {
  beforeEach(async () => {
    await rename('program');
    stage.sim.clearCalls();
  });

  it('tells of it, and keeps its id', () => {
    expect(told(stage.sim)).toContain('repository renamed');
    expect(stage.repo).toMatchObject({ fullName: 'acme/program', name: 'program' });
  });

  it('is read by its former name through a 301 to its id, over HTTP and in process', async () => {
    const token = stage.sim.createUserToken('alice');
    for (const client of [stage.overHttp(token), stage.as(token)]) {
      stage.sim.clearCalls();
      const { data } = await client.rest.repos.get(REPO);
      expect(data.full_name).toBe('acme/program');
      expect(seen()).toEqual(['GET /repos/acme/app 301', `GET /repositories/${stage.repo.id} 200`]);
    }
  });

  it('is written to by its former name through a 307, which keeps the method and the body', async () => {
    const token = stage.sim.createUserToken('alice');
    for (const client of [stage.overHttp(token), stage.as(token)]) {
      stage.sim.clearCalls();
      const { data } = await client.rest.issues.create({ ...REPO, title: 'Told' });
      expect(data.title).toBe('Told');
      expect(seen()).toEqual([
        'POST /repos/acme/app/issues 307',
        `POST /repositories/${stage.repo.id}/issues 201`,
      ]);
    }
  });

  it('hides its new name from whoever may not see it', async () => {
    const refused = await refusal(stage.user('stranger').rest.repos.get(REPO));
    expect(refused).toMatchObject({ status: 404 });
  });

  it('is found by GraphQL under its former name, unless renames are not to be followed', async () => {
    const token = stage.sim.createUserToken('alice');
    const query = (more = ''): string =>
      `query { repository(owner: "acme", name: "app"${more}) { nameWithOwner } }`;
    const found = await graphql(stage.sim, token, query());
    expect(found).toMatchObject({ data: { repository: { nameWithOwner: 'acme/program' } } });
    const strict = await graphql(stage.sim, token, query(', followRenames: false'));
    expect(strict).toMatchObject({ errors: [{ type: 'NOT_FOUND' }] });
  });

  it('keeps the tokens of its jobs', async () => {
    const { token } = stage.sim.host.mintJobToken('acme/app', { issues: 'write' });
    await rename('programme', { ...REPO, repo: 'program' });
    await stage.as(token).rest.issues.create({ ...REPO, repo: 'programme', title: 'x' });
  });

  it('is cloned from its former address', async () => {
    const clone = join(stage.directory, 'clone');
    const from = remote(stage.sim, stage.sim.createUserToken('alice'));
    await git(stage.directory, 'clone', '--quiet', from, clone);
    expect(await git(clone, 'rev-parse', 'HEAD')).toBe(stage.repo.git.branch('main'));
  });

  it('loses its former name to a repository that takes it', async () => {
    const other = await stage.sim.createRepository({ owner: 'acme', name: 'app', files: {} });
    const { data } = await stage.user('acme').rest.repos.get(REPO);
    expect(data.id).toBe(other.id);
  });

  it('has its name back where the world goes back to before', async () => {
    const back = stage.sim.checkpoint();
    await rename('programme', { ...REPO, repo: 'program' });
    back();
    expect(stage.repo.fullName).toBe('acme/program');
    expect((await stage.user('alice').rest.repos.get(REPO)).data.name).toBe('program');
  });
});

describe('a branch that is renamed', () => {
  it('stays the default one, and open pull requests go into it under its new name', async () => {
    const adam = stage.user('adam');
    await stage.commit('topic', { 'b.ts': 'b\n' });
    await adam.rest.pulls.create({ ...REPO, title: 'Topic', head: 'topic', base: 'main' });
    const rename = { ...REPO, branch: 'main', new_name: 'trunk' };
    await adam.rest.repos.renameBranch(rename);
    expect((await adam.rest.repos.get(REPO)).data.default_branch).toBe('trunk');
    const { data } = await adam.rest.pulls.get({ ...REPO, pull_number: 1 });
    expect(data).toMatchObject({ state: 'open', base: { ref: 'trunk' } });
    expect(stage.repo.git.branch('main')).toBeNull();
    expect(await stage.repo.git.commitOf('HEAD')).toBe(stage.repo.git.branch('trunk'));
  });

  it('is an admin’s to rename where it is the default one', async () => {
    const rename = { ...REPO, branch: 'main', new_name: 'trunk' };
    const refused = await refusal(stage.user('alice').rest.repos.renameBranch(rename));
    expect(refused).toMatchObject({ status: 403 });
  });
});

describe('a default branch that is another one now', () => {
  it('may be deleted, which closes what was to go into it', async () => {
    const adam = stage.user('adam');
    await stage.commit('topic', { 'b.ts': 'b\n' });
    await stage.commit('trunk', { 'c.ts': 'c\n' });
    await adam.rest.pulls.create({ ...REPO, title: 'Topic', head: 'topic', base: 'main' });
    const deletion = { ...REPO, ref: 'heads/main' };
    expect(await refusal(adam.rest.git.deleteRef(deletion))).toMatchObject({ status: 422 });
    await adam.rest.repos.update({ ...REPO, default_branch: 'trunk' });
    await adam.rest.git.deleteRef(deletion);
    const { data } = await adam.rest.pulls.get({ ...REPO, pull_number: 1 });
    expect(data.state).toBe('closed');
  });
});
