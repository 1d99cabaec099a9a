import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { configFile, REPO } from '../../support/engine-repository.ts';
import { failureOf, SCHEDULE, type Happening } from '../../support/engine-run.ts';
import { begin, checksOn, refsOf, saidOn } from '../../support/engine-story.ts';

const READ = {
  actions: 'read',
  checks: 'read',
  contents: 'read',
  issues: 'read',
  'pull-requests': 'read',
} as const;

let engine: Engine;
afterEach(() => engine.close());

/** The labelling of an issue, with another label in its payload. */
async function labelledAs(name: string): Promise<Happening> {
  await engine.openIssue('Build it', ['session:core']);
  const event = engine.latest('issues', 'labeled');
  return { ...event, payload: { ...(event.payload as object), label: { name } } };
}

describe('what somebody else wrote', () => {
  it.each([
    ['a label of 300 characters', `session:${'x'.repeat(292)}`],
    ['a module name in another script', 'session:модуль'],
    ['a module name of hidden characters', 'session:\u202ecore\u200b'],
  ])('as %s asks for nothing and fails nothing', async (_, name) => {
    engine = await startEngine();
    const ran = await engine.run(await labelledAs(name));
    expect(ran.writes).toEqual([]);
    expect(await engine.state()).toEqual({});
  });

  it('as a comment of 65,000 characters is read, and what it asks is done', async () => {
    engine = await startEngine();
    const issue = await engine.openIssue('Build it');
    await engine.comment(issue, `${'So it goes. '.repeat(5400)}\n\n/session start core`);
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });

  it('as a comment of 65,000 characters of another module’s name is answered in what a comment holds', async () => {
    engine = await startEngine();
    const issue = await engine.openIssue('Build it');
    await engine.comment(issue, `/session start ${'модуль'.repeat(10_000)}`);
    await engine.deliver();
    expect(saidOn(engine, issue)).toHaveLength(1);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});

describe('a repository that is not as it was', () => {
  it('since it was archived is told so, and nothing is written', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const event = await labelledAs('session:core');
    engine.repo.settings.archived = true;
    const refs = refsOf(engine);
    await expect(engine.orchestrate(event)).rejects.toMatchObject({
      code: 'repository-archived',
      fix: expect.stringContaining('Danger Zone'),
    });
    await expect(engine.plan(event)).rejects.toThrow('is archived');
    expect(refsOf(engine)).toEqual(refs);
    engine.repo.settings.archived = false;
    await engine.run(SCHEDULE);
  });

  it('since its base branch is gone is told which, and what names it', async () => {
    engine = await startEngine({ config: configFile({ top: 'base: release\n' }) });
    await expect(engine.run(SCHEDULE)).rejects.toMatchObject({
      code: 'base-missing',
      message: expect.stringContaining('release'),
      fix: expect.stringContaining('`base`'),
    });
  });
});

describe('a token that may only read', () => {
  it('is told with what to grant; the next run does what was asked', async () => {
    engine = await startEngine();
    await engine.openIssue('Build it', ['session:core']);
    const event = engine.latest('issues', 'labeled');
    const refs = refsOf(engine);
    expect(await failureOf(engine.run(event, { permissions: READ }))).toMatchObject({
      fix: expect.stringContaining('`contents: write`'),
    });
    expect(refsOf(engine)).toEqual(refs);
    await engine.run(SCHEDULE);
    expect((await engine.state())['core']?.status).toBe('in-progress');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is what a fork’s pull request may come with that is labelled; the next run does what was asked', async () => {
    engine = await startEngine();
    await engine.push('feature', { 'a.txt': 'a' });
    const pull = { head: 'feature', base: 'main', title: 'A feature' };
    const { data } = await engine.user('alice').rest.pulls.create({ ...REPO, ...pull });
    await engine.label(data.number, 'session:core');
    const refs = refsOf(engine);
    const event = engine.latest('pull_request', 'labeled');
    expect(await failureOf(engine.run(event, { permissions: READ }))).toMatchObject({
      fix: expect.stringContaining('Dependabot'),
    });
    expect(refsOf(engine)).toEqual(refs);
    expect(engine.issue(data.number).labels).toHaveLength(1);
    await engine.run(SCHEDULE);
    expect((await engine.state())['core']?.status).toBe('in-progress');
    expect(engine.issue(data.number).labels).toEqual([]);
  });

  it('is what `on: pull_request` gives a fork: no request is made, and the trigger to use is told', async () => {
    engine = await startEngine();
    await engine.push('feature', { 'a.txt': 'a' });
    const pull = { head: 'feature', base: 'main', title: 'A feature' };
    await engine.user('alice').rest.pulls.create({ ...REPO, ...pull });
    const { payload } = engine.latest('pull_request', 'opened');
    const ran = await engine.run({ name: 'pull_request', payload }, { permissions: READ });
    expect(ran.calls).toEqual([]);
    expect(ran.log.join('\n')).toContain('pull_request_target');
  });

  it('is what a pull request of Dependabot’s may come with: its check is missing, and the run says why', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const sha = await engine.push('dependabot/npm/x', { 'a.txt': 'a' });
    const pull = { head: 'dependabot/npm/x', base: 'main', title: 'Bump x' };
    await engine.user('alice').rest.pulls.create({ ...REPO, ...pull });
    const event = engine.latest('pull_request', 'opened');
    expect(await failureOf(engine.run(event, { permissions: READ }))).toMatchObject({
      message: expect.stringContaining('check-run was refused'),
      fix: expect.stringContaining('`checks: write`'),
    });
    expect(checksOn(engine, sha)).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual(['createCheckRun']);
    expect(checksOn(engine, sha)).toHaveLength(1);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
