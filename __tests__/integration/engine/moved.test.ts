import { afterEach, describe, expect, it } from '@jest/globals';
import type { Repository } from '../../../simulator/model.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { configFile, REPO } from '../../support/engine-repository.ts';
import { SCHEDULE, writesOf, type Happening } from '../../support/engine-run.ts';
import { repair } from '../../support/engine-repair.ts';
import {
  begin,
  complete,
  dashboardOf,
  implement,
  merge,
  refsOf,
  saidOn,
  verdictOn,
} from '../../support/engine-story.ts';

const CONFIG = '.github/sessionwright.yml';

let engine: Engine;
afterEach(() => engine.close());

/** An admin renames it; every run from here on is told its former name, as one that was queued before. */
async function rename(): Promise<void> {
  await engine.user('adam').rest.repos.update({ ...REPO, name: 'program' });
}

async function labelled(label: string): Promise<Happening> {
  await engine.openIssue('Build it', [label]);
  return engine.latest('issues', 'labeled');
}

/** Runs both jobs, each of which must fail so, and sees that nothing was written. */
async function refused(happening: Happening, told: Readonly<Record<string, unknown>>) {
  const refs = refsOf(engine);
  const from = engine.sim.calls.length;
  await expect(engine.plan(happening)).rejects.toMatchObject(told);
  await expect(engine.orchestrate(happening)).rejects.toMatchObject(told);
  expect(writesOf(engine.sim.calls.slice(from))).toEqual([]);
  expect(refsOf(engine)).toEqual(refs);
}

describe('a repository that was renamed', () => {
  it('serves an event that still carries its former name, and no write goes by a redirect', async () => {
    engine = await startEngine();
    await complete(engine, 'core');
    await rename();
    const event = await labelled('session:auth');
    engine.sim.clearCalls();
    const ran = await engine.run(event);
    expect((await engine.state())['auth']?.status).toBe('in-progress');
    expect(engine.sim.calls.filter((call) => call.status === 307)).toEqual([]);
    expect(ran.log.join('\n')).not.toContain('refused');
    expect((await engine.run(event)).writes).toEqual([]);
  });

  it('looks up who asked by its former name, which GitHub leads on', async () => {
    engine = await startEngine();
    await rename();
    const issue = await engine.openIssue('Build it');
    await engine.comment(issue, '/session start core', 'rita');
    await engine.run(engine.latest('issue_comment', 'created'));
    expect(saidOn(engine, issue)[0]).toContain('may not');
    expect(engine.sim.calls.map((call) => call.status)).toContain(301);
  });

  it('goes on with the sessions it had, from the coder’s push to the merge', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    await rename();
    const { sha } = await implement(engine, core);
    expect(verdictOn(engine, sha)).toBe('success');
    await merge(engine, core);
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('complete');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('gets a dashboard whose links lead to its new name, once', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const dashboard = dashboardOf(engine);
    await rename();
    expect((await engine.run(SCHEDULE)).writes).toHaveLength(1);
    expect(engine.issue(dashboard).body).toContain('/acme/program/');
    expect(engine.issue(dashboard).body).not.toContain('/acme/app/');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is repaired under its new name', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    await engine.push('sessionwright-state', { 'implementation-state.json': '{ "core": ' });
    await rename();
    expect((await repair(engine, false)).written).toBe(true);
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });
});

describe('a former name that another repository has taken', () => {
  async function takeName(settings: Partial<Repository['settings']>): Promise<Happening> {
    engine = await startEngine();
    await begin(engine, 'core');
    const event = await labelled('session:auth');
    await rename();
    const files = { [CONFIG]: configFile() };
    await engine.sim.createRepository({ owner: 'acme', name: 'app', files, settings });
    return event;
  }

  it.each([
    ['that the token cannot see', 'private'],
    ['that anybody can see', 'public'],
  ] as const)('one %s, is told as such and nothing is written', async (_, visibility) => {
    const event = await takeName({ visibility });
    await refused(event, {
      code: 'repository-not-seen',
      message: expect.stringContaining('acme/app is not the repository of this run'),
      fix: expect.stringContaining('renamed or transferred'),
    });
  });
});

describe('a default branch that was renamed', () => {
  it('is followed where the config names none, with the sessions that were on their way', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    const rename = { ...REPO, branch: 'main', new_name: 'trunk' };
    await engine.user('adam').rest.repos.renameBranch(rename);
    await engine.deliver();
    const { sha } = await implement(engine, core);
    expect(verdictOn(engine, sha)).toBe('success');
    await merge(engine, core);
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('complete');
    expect(await engine.file('trunk', 'src/core/Core.ts')).not.toBeNull();
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is told where the config names it by its former name, and what to change', async () => {
    engine = await startEngine({ config: configFile({ top: 'base: main\n' }) });
    await begin(engine, 'core');
    const rename = { ...REPO, branch: 'main', new_name: 'trunk' };
    await engine.user('adam').rest.repos.renameBranch(rename);
    const event = await labelled('session:auth');
    await refused(event, {
      code: 'base-missing',
      message: expect.stringContaining('refs/heads/main of acme/app could not be read'),
      fix: expect.stringContaining('`base`'),
    });
    await engine.push('trunk', { [CONFIG]: configFile({ top: 'base: trunk\n' }) });
    await engine.run(event);
    expect((await engine.state())['auth']?.$session.request).not.toBeNull();
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });
});

describe('a base branch that was deleted', () => {
  it('is told and nothing is written, not even about the pull requests that GitHub closed with it', async () => {
    engine = await startEngine({ config: configFile({ top: 'base: release\n' }) });
    const tip = await engine.push('release', { 'a.txt': 'a' });
    const core = await begin(engine, 'core');
    const before = await engine.state();
    const deletion = { ...REPO, ref: 'heads/release' };
    await engine.user('alice').rest.git.deleteRef(deletion);
    const told = { code: 'base-missing', message: expect.stringContaining('release') };
    const closed = engine.latest('pull_request', 'closed');
    for (const happening of [closed, engine.latest('push'), SCHEDULE]) {
      await refused(happening, told);
    }
    const [ref, sha] = ['refs/heads/release', tip];
    await engine.user('alice').rest.git.createRef({ ...REPO, ref, sha });
    const open = { ...REPO, pull_number: core.pull, state: 'open' } as const;
    await engine.user('alice').rest.pulls.update(open);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    expect(await engine.state()).toEqual(before);
  });

  it('with another one made the default in its place, is no longer asked for where the config names none', async () => {
    engine = await startEngine();
    const core = await complete(engine, 'core');
    await engine.push('trunk', { 'b.txt': 'b' });
    const adam = engine.user('adam').rest;
    await adam.repos.update({ ...REPO, default_branch: 'trunk' });
    await adam.git.deleteRef({ ...REPO, ref: 'heads/main' });
    const auth = await begin(engine, 'auth');
    const { data } = await adam.pulls.get({ ...REPO, pull_number: auth.pull });
    expect(data.base.ref).toBe('trunk');
    expect(core.pull).not.toBe(auth.pull);
  });
});
