import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { client } from '../../support/engine-git.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { REPO } from '../../support/engine-repository.ts';
import {
  begin,
  dashboardOf,
  escalations,
  implement,
  saidOn,
  type Session,
} from '../../support/engine-story.ts';
import { missingType } from '../../support/verification-results.ts';

const WRITING = { contents: 'write', issues: 'write', 'pull-requests': 'write' } as const;

describe('duplicates that are there already', () => {
  let engine: Engine;
  let core: Session;
  beforeEach(async () => {
    engine = await startEngine();
    core = await begin(engine, 'core');
  });
  afterEach(() => engine.close());

  /** The same issue once more, by us or by a person. */
  async function again(number: number, by: string | null = null): Promise<number> {
    const { title, body, labels } = engine.issue(number);
    const { token } = engine.sim.host.mintJobToken('acme/app', WRITING);
    const octokit = by === null ? client(engine.sim, token) : engine.user(by);
    const names = labels.map(({ name }) => name);
    const made = { ...REPO, title, body: body ?? '', labels: names };
    return (await octokit.rest.issues.create(made)).data.number;
  }

  const stateOf = (numbers: readonly number[]): readonly string[] =>
    numbers.map((number) => engine.issue(number).state);

  it('of the dashboard are closed with a pointer, and the one that is known stays', async () => {
    const first = dashboardOf(engine);
    const twins = [await again(first), await again(first)];
    const foreign = await again(first, 'alice');
    await engine.run(SCHEDULE);
    expect(stateOf([first, ...twins, foreign])).toEqual(['open', 'closed', 'closed', 'open']);
    expect(engine.issue(twins[0] ?? 0).stateReason).toBe('duplicate');
    expect(twins.map((number) => saidOn(engine, number))).toEqual(
      twins.map(() => [expect.stringContaining(`#${first}`)]),
    );
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('of the dashboard leave the lowest where the run died before one was known', async () => {
    const first = dashboardOf(engine);
    const twins = [await again(first), await again(first)];
    const state = { ...(await engine.state()) } as Record<string, unknown>;
    const { dashboard, ...header } = state['$sessionwright'] as Record<string, unknown>;
    expect(dashboard).toBe(first);
    const text = JSON.stringify({ ...state, $sessionwright: header });
    await engine.push('sessionwright-state', { 'implementation-state.json': text });
    await engine.run(SCHEDULE);
    expect(stateOf([first, ...twins])).toEqual(['open', 'closed', 'closed']);
    expect((await engine.state())['$sessionwright']).toMatchObject({ dashboard: first });
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('of an escalation are closed, and closing them resolves nothing', async () => {
    await implement(engine, core, { verify: missingType });
    const first = escalations(engine)[0]?.number ?? 0;
    const twins = [await again(first), await again(first)];
    await engine.run(SCHEDULE);
    expect(stateOf([first, ...twins])).toEqual(['open', 'closed', 'closed']);
    expect((await engine.state())['core']).toMatchObject({ status: 'blocked' });
    expect((await engine.state())['core']?.$session.escalation).toBe(first);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('of a session’s pull request leave the one into the base where none was on record yet', async () => {
    const { title, body } = engine.issue(core.pull);
    const { token } = engine.sim.host.mintJobToken('acme/app', WRITING);
    await engine.push('next', { 'next.txt': 'x' });
    const second = { ...REPO, head: core.branch, base: 'next', title, body: body ?? '' };
    const twin = (await client(engine.sim, token).rest.pulls.create(second)).data.number;
    const state = await engine.state();
    const entry = state['core'];
    const cut = { ...entry, $session: { ...entry?.$session, pullRequest: null } };
    const text = JSON.stringify({ ...state, core: cut });
    await engine.push('sessionwright-state', { 'implementation-state.json': text });
    await engine.run(SCHEDULE);
    expect((await engine.state())['core']?.$session.pullRequest).toBe(core.pull);
    await engine.run(SCHEDULE);
    expect(stateOf([core.pull, twin])).toEqual(['open', 'closed']);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('of a session’s pull request into other bases are closed, and the session goes on', async () => {
    const { title, body } = engine.issue(core.pull);
    const { token } = engine.sim.host.mintJobToken('acme/app', WRITING);
    const twins: number[] = [];
    for (const base of ['next', 'later']) {
      await engine.push(base, { [`${base}.txt`]: 'x' });
      const pull = { ...REPO, head: core.branch, base, title, body: body ?? '' };
      twins.push((await client(engine.sim, token).rest.pulls.create(pull)).data.number);
    }
    const own = { ...REPO, head: core.branch, base: 'third', title: 'Mine', body: body ?? '' };
    await engine.push('third', { 'third.txt': 'x' });
    const foreign = (await engine.user('alice').rest.pulls.create(own)).data.number;
    engine.news();
    await engine.run(SCHEDULE);
    expect(stateOf([core.pull, ...twins, foreign])).toEqual(['open', 'closed', 'closed', 'open']);
    expect((await engine.state())['core']).toMatchObject({ status: 'in-progress' });
    expect((await engine.state())['core']?.$session.pullRequest).toBe(core.pull);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
