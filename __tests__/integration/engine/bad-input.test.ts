import { afterEach, describe, expect, it } from '@jest/globals';
import { ProblemsError } from '../../../src/domain/errors.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE, type Happening } from '../../support/engine-run.ts';
import { configFile } from '../../support/engine-repository.ts';
import { begin, complete, refsOf, saidOn } from '../../support/engine-story.ts';
import { writesOf } from '../../support/engine-run.ts';

const CONFIG = '.github/sessionwright.yml';
const STATE_BRANCH = 'sessionwright-state';
const STATE_FILE = 'implementation-state.json';

let engine: Engine;
afterEach(() => engine.close());

/** Runs the workflow, which must fail, and sees that nothing was written. */
async function failure(happening: Happening): Promise<Error> {
  const refs = refsOf(engine);
  const from = engine.sim.calls.length;
  const thrown = (error: unknown): unknown => error;
  const planned = await engine.plan(happening).catch(thrown);
  expect(planned).toBeInstanceOf(Error);
  const error = await engine.orchestrate(happening).catch(thrown);
  if (!(error instanceof Error)) throw new Error('The run did not fail.');
  expect(writesOf(engine.sim.calls.slice(from))).toEqual([]);
  expect(refsOf(engine)).toEqual(refs);
  return error;
}

async function labelled(label = 'session:core'): Promise<Happening> {
  await engine.openIssue('Build it', [label]);
  return engine.latest('issues', 'labeled');
}

describe('a config that cannot be used', () => {
  it('because it is missing fails the run, names where it belongs and writes nothing', async () => {
    engine = await startEngine({ config: null });
    const error = await failure(await labelled());
    expect(error.message).toContain(CONFIG);
    expect(error).toHaveProperty('fix', expect.stringContaining('base branch'));
  });

  it.each([
    ['is not YAML', 'version: 1\nmodules: [\n', `${CONFIG}:`],
    ['is of another version', configFile().replace('version: 1', 'version: 2'), `${CONFIG}:1`],
    ['is empty', '', CONFIG],
  ])('because it %s fails the run with file and line', async (_, config, place) => {
    engine = await startEngine({ config });
    const error = await failure(await labelled());
    expect(error.message).toContain(place);
  });

  it('is told with every problem at once, each with its line and how to mend it', async () => {
    const modules = `modules:
  core: { name: Core, prompt: 1 }
  auth: { name: Auth, depends-on: [cor], prompt: 2, colour: red }
  library: { name: Library, depends-on: [player], prompt: 3 }
  player: { name: Player, depends-on: [library], prompt: 4 }
  core: { name: Core again, prompt: 5 }
`;
    engine = await startEngine({ config: configFile({ top: 'speed: 11\n', modules }) });
    const error = await failure(await labelled());
    if (!(error instanceof ProblemsError)) throw error;
    const lines = configFile({ top: 'speed: 11\n', modules }).split('\n');
    const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;
    const told = error.problems.map(({ line, message }) => `${line ?? 0}: ${message}`).join('\n');
    for (const [text, word] of [
      ['speed: 11', 'speed'],
      ['colour: red', 'colour'],
      ['[cor]', 'cor'],
      ['Core again', 'core'],
    ] as const) {
      expect(told).toMatch(new RegExp(`^${lineOf(text)}: .*${word}`, 'mu'));
    }
    expect(told).toMatch(/library.*player.*library|player.*library.*player/u);
    for (const { file, fix } of error.problems) {
      expect(file).toBe(CONFIG);
      expect(fix).not.toBe('');
    }
  });

  it('leaves running sessions and the state as they were, and the label for the next run', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    await engine.push('main', { [CONFIG]: 'version: 3\n' });
    const before = await engine.state();
    const event = await labelled('session:auth');
    await failure(event);
    expect(await engine.state()).toEqual(before);
    await engine.push('main', { [CONFIG]: configFile() });
    await engine.run(event);
    expect((await engine.state())['auth']?.$session.request).not.toBeNull();
  });
});

describe('a request that cannot be followed', () => {
  it('names the nearest ids for an unknown module', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const issue = await engine.openIssue('Build it', ['session:libary']);
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['removeLabelsFromLabelable + addComment']);
    expect(saidOn(engine, issue)[0]).toContain('Did you mean `library`');
    expect(engine.issue(issue).labels).toEqual([]);
    expect((await engine.run(engine.latest('issues', 'labeled'))).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is refused on a repository that no session has touched yet, without making a state', async () => {
    engine = await startEngine();
    const issue = await engine.openIssue('Build it', ['session:nothing-like-it']);
    await engine.deliver();
    expect(saidOn(engine, issue)).toHaveLength(1);
    expect(engine.repo.git.branch(STATE_BRANCH)).toBeNull();
  });

  it('is refused to somebody who may not triage, and the label comes off', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const issue = await engine.openIssue('Build auth');
    await engine.label(issue, 'session:auth');
    const event = engine.latest('issues', 'labeled');
    const payload = { ...(event.payload as object), sender: { login: 'rita', type: 'User' } };
    const ran = await engine.run({ ...event, payload });
    expect(ran.writes).toEqual(['removeLabelsFromLabelable + addComment']);
    expect(saidOn(engine, issue)[0]).toContain('may not ask for a session');
    expect((await engine.state())['auth']).toBeUndefined();
  });

  it('is refused to a bot that the config does not allow, and followed from one it does', async () => {
    engine = await startEngine({ config: configFile({ top: 'allowed-bots: ["coder[bot]"]\n' }) });
    const issue = await engine.openIssue('Build core', ['session:core']);
    const event = engine.latest('issues', 'labeled');
    const by = (login: string): Happening => ({
      ...event,
      payload: { ...(event.payload as object), sender: { login, type: 'Bot' } },
    });
    await engine.run(by('stranger[bot]'));
    expect(saidOn(engine, issue)[0]).toContain('may not ask for a session');
    await engine.label(issue, 'session:core');
    await engine.run(by('coder[bot]'));
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });

  it('tells that the module runs already', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    const issue = await engine.openIssue('Build core too', ['session:core']);
    await engine.deliver();
    expect(saidOn(engine, issue)[0]).toContain(`#${core.pull}`);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});

describe('a state that cannot be read', () => {
  it('is never reset: nothing is written, and how to mend it is told', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const event = await labelled('session:auth');
    for (const [text, told] of [
      ['{ "core": ', 'it is not JSON'],
      ['{ "core": { "status": "busy" } }', 'The entry "core"'],
      ['{ "$sessionwright": { "version": 9 } }', 'has version 9'],
      ['', 'cannot be read'],
    ] as const) {
      await engine.push(STATE_BRANCH, { [STATE_FILE]: text });
      const error = await failure(event);
      if (!(error instanceof ProblemsError)) throw error;
      expect(error.message).toContain(told);
      expect(error.problems[0]?.fix).not.toBe('');
    }
  });

  it.each([
    ['the branch is deleted', true],
    ['the file is taken off the branch', false],
  ])('fails closed where %s although sessions exist', async (_, whole) => {
    engine = await startEngine();
    await begin(engine, 'core');
    if (whole) {
      const ref = { owner: 'acme', repo: 'app', ref: `heads/${STATE_BRANCH}` };
      await engine.user('adam').rest.git.deleteRef(ref);
    } else {
      await engine.push(STATE_BRANCH, { [STATE_FILE]: null, 'other.txt': '' });
    }
    const error = await failure(await labelled('session:auth'));
    expect(error.message).toContain('is gone, although there are branches under session');
    expect(error).toHaveProperty('fix', expect.stringContaining('Restore'));
  });

  it('is imported from the base on the first run', async () => {
    const imported = { core: { status: 'complete', by: 'hand' }, $comment: 'kept' };
    engine = await startEngine({ files: { [STATE_FILE]: JSON.stringify(imported) } });
    await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    const state = await engine.state();
    expect(state['core']).toEqual(imported.core);
    expect(state['$comment']).toBe('kept');
    expect(state['auth']?.status).toBe('in-progress');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});

describe('a repository that lets no action create pull requests', () => {
  it('gets its branch taken back and is told which setting it is; the run fails', async () => {
    engine = await startEngine({ seed: { settings: { actionsMayCreatePullRequests: false } } });
    const issue = await engine.openIssue('Build core', ['session:core']);
    await expect(engine.deliver()).rejects.toThrow('may not create pull requests');
    expect(engine.repo.git.branch('session/core-1')).toBeNull();
    expect((await engine.state())['core']).toMatchObject({
      status: 'pending',
      sessionId: null,
      $session: { attempt: 0, branch: null, request: null },
    });
    expect(saidOn(engine, issue)[0]).toContain(
      'Allow GitHub Actions to create and approve pull requests',
    );
    expect(engine.issue(issue).labels).toEqual([]);
    await engine.run(SCHEDULE);
    engine.repo.settings.actionsMayCreatePullRequests = true;
    await engine.label(issue, 'session:core');
    await engine.deliver();
    expect(await engine.state()).toMatchObject({
      core: { status: 'in-progress', $session: { attempt: 1 } },
    });
  });

  it('is not mistaken for one that is asked too much: that is left for the next run', async () => {
    engine = await startEngine();
    const undo = engine.sim.intercept({
      before: (call) =>
        call.method === 'POST' && call.path.endsWith('/pulls')
          ? new Response('{"message":"You have exceeded a secondary rate limit."}', {
              status: 403,
              headers: { 'content-type': 'application/json', 'retry-after': '60' },
            })
          : undefined,
    });
    await engine.openIssue('Build core', ['session:core']);
    await expect(engine.deliver()).rejects.toThrow('GitHub takes no more requests until');
    expect(engine.repo.git.branch('session/core-1')).not.toBeNull();
    undo();
    await engine.run(SCHEDULE);
    expect(await engine.state()).toMatchObject({
      core: { $session: { attempt: 1, pullRequest: expect.any(Number) } },
    });
  });
});

describe('an event that is none of ours', () => {
  it('costs no request', async () => {
    engine = await startEngine();
    const issue = await engine.openIssue('Build core', ['session:core']);
    await engine.comment(issue, '/session help');
    const labeled = engine.latest('issues', 'labeled').payload as object;
    const created = engine.latest('issue_comment', 'created').payload as object;
    const sender = { login: 'alice' };
    for (const [name, payload] of [
      ['issues', { ...labeled, label: { name: 'bug' } }],
      ['issues', { ...labeled, action: 'edited' }],
      ['issues', { action: 'labeled' }],
      ['issues', null],
      ['issue_comment', { ...created, action: 'edited' }],
      ['issue_comment', { ...created, comment: { id: 1, body: 'Hello' } }],
      ['issue_comment', { ...created, comment: { id: 1, body: '> /session help' } }],
      ['push', { ref: 'refs/tags/v1', sender }],
      ['push', { ref: 'refs/heads/session/core-1', sender }],
      ['watch', { action: 'started', sender }],
    ] as const) {
      expect(await engine.run({ name, payload })).toMatchObject({ calls: [], planned: [] });
    }
  });
});

describe('a request for what is done', () => {
  it('is answered with where it stands', async () => {
    engine = await startEngine();
    await complete(engine, 'core');
    const issue = await engine.openIssue('Build core', ['session:core']);
    await engine.deliver();
    expect(saidOn(engine, issue)[0]).toContain('complete');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
