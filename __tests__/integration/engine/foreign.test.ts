import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE, type Happening } from '../../support/engine-run.ts';
import { REPO } from '../../support/engine-repository.ts';
import { begin, checksOn, implement, sessionOf, verdictOn } from '../../support/engine-story.ts';
import { typeError } from '../../support/verification-results.ts';

describe('a pull request that is no session’s', () => {
  let engine: Engine;
  let sha: string;
  let number: number;
  beforeEach(async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    sha = await engine.push('feature', { 'a.txt': 'a' });
    const pull = { head: 'feature', base: 'main', title: 'A feature' };
    number = (await engine.user('alice').rest.pulls.create({ ...REPO, ...pull })).data.number;
  });
  afterEach(() => engine.close());

  it('gets its green check at once, once, and runs nothing', async () => {
    const [ran] = await engine.deliver();
    expect(ran).toMatchObject({ planned: [], writes: ['createCheckRun'] });
    expect(checksOn(engine, sha)).toMatchObject([
      { conclusion: 'success', output: { title: 'Not a session' } },
    ]);
    const event = engine.latest('pull_request', 'opened');
    expect((await engine.run(event)).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('gets it from a fork too, though its branch is called like a session’s', async () => {
    const event = fromFork(engine.latest('pull_request', 'opened'), 'session/core-1');
    expect((await engine.run(event)).writes).toEqual(['createCheckRun']);
    expect(verdictOn(engine, sha)).toBe('success');
    expect((await engine.run(event)).writes).toEqual([]);
  });

  it('gets it on every new head, and after it was closed and opened again', async () => {
    await engine.deliver();
    const next = await engine.push('feature', { 'a.txt': 'b' });
    await engine.deliver();
    expect(verdictOn(engine, next)).toBe('success');
    const update = { ...REPO, pull_number: number };
    await engine.user('alice').rest.pulls.update({ ...update, state: 'closed' });
    const last = await engine.push('feature', { 'a.txt': 'c' });
    expect((await engine.deliver()).flatMap((ran) => ran.writes)).toEqual([]);
    await engine.user('alice').rest.pulls.update({ ...update, state: 'open' });
    await engine.deliver();
    expect(verdictOn(engine, last)).toBe('success');
  });

  it('gets it by the sweep where its event was lost, in no further request', async () => {
    await engine.run(SCHEDULE);
    expect(verdictOn(engine, sha)).toBe('success');
    const next = await engine.push('feature', { 'a.txt': 'b' });
    const quiet = await engine.run(SCHEDULE);
    expect(verdictOn(engine, next)).toBe('success');
    const calls = (await engine.run(SCHEDULE)).calls.length;
    expect(quiet.calls).toHaveLength(calls + 1);
  });

  it('gets it by no sweep once it is closed', async () => {
    const update = { ...REPO, pull_number: number, state: 'closed' } as const;
    await engine.user('alice').rest.pulls.update(update);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('gets it by no sweep where its commit is a session’s head', async () => {
    const core = await sessionOf(engine, 'core');
    await implement(engine, core, { verify: typeError() });
    const head = engine.repo.git.branch(core.branch) ?? '';
    await engine.user('alice').rest.git.createRef({ ...REPO, ref: 'refs/heads/decoy', sha: head });
    const decoy = { head: 'decoy', base: 'main', title: 'A decoy' };
    await engine.user('alice').rest.pulls.create({ ...REPO, ...decoy });
    await engine.run(SCHEDULE);
    expect(verdictOn(engine, head)).toBe('failure');
  });

  it('gets it though a foreign check of that name is there', async () => {
    const output = { title: 'Forged', summary: 'Forged' };
    const forged = { head_sha: sha, name: 'sessionwright / verification', output };
    const { token } = engine.sim.host.mintJobToken('acme/app', { checks: 'write' });
    await engine.sim.fetch(`${engine.sim.urls.api}/repos/acme/app/check-runs`, {
      method: 'POST',
      headers: { authorization: `token ${token}` },
      body: JSON.stringify({ ...forged, status: 'completed', conclusion: 'failure' }),
    });
    await engine.deliver();
    expect(checksOn(engine, sha).map((check) => check.conclusion)).toEqual(['failure', 'success']);
  });
});

/** The payload of a pull request whose head lies in somebody's fork. */
function fromFork(event: Happening, ref: string): Happening {
  const text = JSON.stringify(event.payload, (key, value: unknown) =>
    key === 'head' && typeof value === 'object' && value !== null
      ? { ...value, ref, repo: { full_name: 'stranger/app' } }
      : value,
  );
  return { ...event, payload: JSON.parse(text) as unknown };
}
