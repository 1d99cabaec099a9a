import { afterEach, describe, expect, it } from '@jest/globals';
import { createOutside } from '../../../src/modes/outside.ts';
import { orchestrate } from '../../../src/run.ts';
import { parseTrigger } from '../../../src/trigger.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE, type Happening } from '../../support/engine-run.ts';
import { configFile, REPO } from '../../support/engine-repository.ts';
import {
  begin,
  complete,
  dashboardOf,
  implement,
  merge,
  saidOn,
} from '../../support/engine-story.ts';

const STATE_BRANCH = 'sessionwright-state';

describe('two runs at once', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  /** Lets `other` run whole, once, just before a request whose body holds `text`. */
  function before(text: string, other: () => Promise<unknown>): void {
    const undo = engine.sim.intercept({
      before: async (call) => {
        if (!JSON.stringify([call.body]).includes(text)) return undefined;
        undo();
        await other();
        return undefined;
      },
    });
  }

  const COMMIT = '"branchName":"sessionwright-state"';

  async function label(module: string): Promise<Happening> {
    await engine.openIssue(`Build ${module}`, [`session:${module}`]);
    return engine.latest('issues', 'labeled');
  }

  it('that serve the same request begin one session: the one that loses reads again and decides anew', async () => {
    engine = await startEngine();
    await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    const issue = await engine.openIssue('Build core', ['session:core']);
    const event = engine.latest('issues', 'labeled');
    before(COMMIT, () => engine.orchestrate(event));
    const loser = await engine.orchestrate(event);
    expect(loser.log[0]).toContain(
      `The branch ${STATE_BRANCH} moved between reading and writing it.`,
    );
    expect(loser.calls.filter((call) => call.operations.includes('ground'))).toHaveLength(3);
    expect(engine.repo.git.branches().map((branch) => branch.name)).toEqual([
      'main',
      STATE_BRANCH,
      'session/core-1',
    ]);
    expect(saidOn(engine, issue)).toHaveLength(1);
    expect([...engine.repo.issues.values()].filter((one) => one.pull !== null)).toHaveLength(1);
    expect((await engine.log()).filter((line) => line.includes('→ in-progress'))).toHaveLength(1);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('that make the state branch: the one that comes second reads what the first made', async () => {
    engine = await startEngine();
    await engine.openIssue('Build core', ['session:core']);
    const event = engine.latest('issues', 'labeled');
    before('"ref":"refs/heads/sessionwright-state"', () => engine.orchestrate(event));
    await engine.orchestrate(event);
    expect(await engine.log()).toEqual([
      'core: pending → in-progress (attempt 1)',
      'core: pull request #2 (attempt 1)',
      'dashboard: #3',
    ]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('that want the last free session begin one; the other request waits in its place', async () => {
    engine = await startEngine({ config: configFile({ top: 'parallel-sessions: 1\n' }) });
    await complete(engine, 'core');
    const [auth, library] = [await label('auth'), await label('library')];
    before(COMMIT, () => engine.orchestrate(library));
    await engine.orchestrate(auth);
    const state = await engine.state();
    expect([state['auth']?.status, state['library']?.status]).toEqual(['pending', 'in-progress']);
    expect(state['auth']?.$session.request).not.toBeNull();
    engine.news();
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('of which one is in the midst of a start: the state that moved loses nothing of either', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    await implement(engine, core);
    await merge(engine, core);
    engine.news();
    await engine.openIssue('Build auth', ['session:auth']);
    const label = engine.latest('issues', 'labeled');
    before('branchAndCommit', () => engine.push(STATE_BRANCH, { 'note.txt': 'moved\n' }));
    await engine.orchestrate(engine.latest('pull_request', 'closed'));
    await engine.orchestrate(label);
    const state = await engine.state();
    expect(state['core']?.status).toBe('complete');
    expect(state['auth']).toMatchObject({ status: 'in-progress', $session: { attempt: 1 } });
    expect(await engine.file(STATE_BRANCH, 'note.txt')).toBe('moved\n');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('of which one reads the dashboard of a later state than it read: it reads that again', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    // Otherwise it is read together with the state.
    const dashboard = { ...REPO, issue_number: dashboardOf(engine) };
    await engine.user('adam').rest.issues.update({ ...dashboard, labels: [] });
    const [auth, library] = [await label('auth'), await label('library')];
    before('query scene(', () => engine.orchestrate(library));
    const { log } = await engine.orchestrate(auth);
    expect(log[0]).toMatch(/moved between reading and writing.*It is read again\./su);
    const state = await engine.state();
    expect(['auth', 'library'].map((id) => state[id]?.$session.request)).toMatchObject([{}, {}]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('take a branch for moved that was forced back to the commit before', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const ancestor = engine.repo.git.branch(STATE_BRANCH) ?? '';
    await engine.push(STATE_BRANCH, { 'note.txt': 'gone again\n' });
    await engine.openIssue('Build auth', ['session:auth']);
    const ref = { ...REPO, ref: `heads/${STATE_BRANCH}`, sha: ancestor, force: true };
    before(COMMIT, () => engine.user('adam').rest.git.updateRef(ref));
    const { log } = await engine.orchestrate(engine.latest('issues', 'labeled'));
    expect(log[0]).toContain(`The branch ${STATE_BRANCH} moved between reading and writing it.`);
    expect((await engine.state())['auth']?.$session.request).not.toBeNull();
    expect(await engine.file(STATE_BRANCH, 'note.txt')).toBeNull();
  });

  it('give up cleanly where the state never stands still, and the next run goes on', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    await engine.openIssue('Build auth', ['session:auth']);
    const event = engine.latest('issues', 'labeled');
    const stale = { data: { commit: null }, errors: [{ type: 'STALE_DATA', message: 'Expected' }] };
    let lost = 0;
    const undo = engine.sim.intercept({
      before: (call) => {
        if (!JSON.stringify([call.body]).includes(COMMIT)) return undefined;
        lost += 1;
        return Response.json(stale);
      },
    });
    const rounds: number[] = [];
    const outside = await createOutside(...parts(engine, event));
    const backOff = (round: number): Promise<void> => {
      rounds.push(round);
      return Promise.resolve();
    };
    const trigger = parseTrigger(event.name, event.payload);
    const input = { trigger, verification: null, planned: null, dryRun: false };
    await expect(orchestrate({ ...outside, backOff }, input)).rejects.toThrow(
      'moved between reading and writing',
    );
    expect(lost).toBe(8);
    expect(rounds).toEqual([1, 2, 3, 4, 5, 6, 7]);
    undo();
    await engine.run(SCHEDULE);
    await engine.run(event);
    expect((await engine.state())['auth']?.$session.request).not.toBeNull();
  });
});

/** What a run is made of, so that its waiting can be taken out. */
function parts(engine: Engine, { name, payload }: Happening): Parameters<typeof createOutside> {
  const permissions = {
    checks: 'write',
    contents: 'write',
    issues: 'write',
    'pull-requests': 'write',
  } as const;
  const silent = { info: () => undefined, debug: () => undefined };
  const inputs = {
    mode: 'orchestrate',
    githubToken: engine.sim.host.mintJobToken(engine.repo.fullName, permissions).token,
    handoffToken: '',
    config: '.github/sessionwright.yml',
    plan: '',
    setup: '',
    verification: '',
    dryRun: false,
    apiUrl: '',
  } as const;
  const apiUrl = engine.sim.urls.api;
  const here = { ...REPO, repositoryId: engine.repo.id, apiUrl, runUrl: null, workflow: null };
  const environment = { ...here, event: name, payload };
  return [inputs, environment, silent, engine.time, engine.chance];
}
