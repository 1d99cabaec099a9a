import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { begin, checksOn, refsOf, saidOn } from '../../support/engine-story.ts';

const STATE = 'createCommitOnBranch sessionwright-state';
const START = [
  STATE,
  'createRef + createCommitOnBranch session/core-1',
  'POST /repos/{owner}/{repo}/pulls',
  'removeLabelsFromLabelable + createCheckRun + createCheckRun + addComment',
  STATE,
];
const FIRST_STATE = [
  'POST /repos/{owner}/{repo}/git/trees',
  'POST /repos/{owner}/{repo}/git/commits',
  'POST /repos/{owner}/{repo}/git/refs',
];

describe('a label starts a session', () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await startEngine();
  });
  afterEach(() => engine.close());

  it('claims the attempt, then writes branch, pull request, checks, reply and dashboard', async () => {
    const issue = await engine.openIssue('Build the core', ['session:core']);
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual([
      ...FIRST_STATE,
      ...START.slice(1),
      'POST /repos/{owner}/{repo}/issues',
      STATE,
      'addLabelsToLabelable',
    ]);
    expect(engine.issue(issue).labels).toEqual([]);
    expect(saidOn(engine, issue)).toEqual([
      'Started `core`, attempt 1 of 3: #2. Next: its coder works there; the pull request says how.',
    ]);
    expect(await engine.log()).toEqual([
      'core: pending → in-progress (attempt 1)',
      'core: pull request #2 (attempt 1)',
      'dashboard: #3',
    ]);
    expect(ran?.outputs['started']).toBe('["core"]');
    expect(ran?.outputs['ready']).toBe('[]');
  });

  it('commits the document on a branch of its own, opens its pull request and queues the check', async () => {
    const { branch, pull } = await begin(engine, 'core');
    const entry = (await engine.state())['core'];
    const head = engine.repo.git.branch(branch);
    const document = await engine.file(branch, 'orchestration-docs/session-core-1.md');
    expect(document).toContain(`| **Session ID** | ${entry?.sessionId ?? ''} |`);
    expect(engine.issue(pull)).toMatchObject({
      title: 'Session: Core (attempt 1 of 3)',
      state: 'open',
      author: { login: 'github-actions[bot]' },
      pull: { headRef: 'session/core-1', baseRef: 'main' },
    });
    expect(entry).toMatchObject({
      status: 'in-progress',
      $session: {
        attempt: 1,
        maxAttempts: 3,
        branch,
        pullRequest: pull,
        baseSha: engine.repo.git.branch('main'),
        headSha: head,
        request: null,
      },
    });
    expect(checksOn(engine, head ?? '')).toMatchObject([{ status: 'queued', conclusion: null }]);
    expect(checksOn(engine, head ?? '', 'gates')).toMatchObject([{ conclusion: 'success' }]);
  });

  it('costs a repository that knows us already no write more than the start itself', async () => {
    await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    await engine.openIssue('Build the core', ['session:core']);
    const [ran] = await engine.deliver();
    // The edited comment is the other request's reply: what it waits for runs now.
    expect(ran?.writes).toEqual([
      ...START,
      'updateIssueComment + updateIssue + addLabelsToLabelable',
    ]);
  });

  it('writes nothing when the same event comes again, nor on the schedule after it', async () => {
    await begin(engine, 'core');
    const before = refsOf(engine);
    const label = engine.latest('issues', 'labeled');
    expect((await engine.run(label)).writes).toEqual([]);
    expect((await engine.run(label)).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    expect(refsOf(engine)).toEqual(before);
  });

  it('writes nothing and says what it would do in a dry run', async () => {
    await engine.openIssue('Build the core', ['session:core']);
    const [ran] = await engine.deliver({ dryRun: true });
    expect(ran?.writes).toEqual([]);
    expect(ran?.summary).toContain('start core, attempt 1 of 3');
  });

  it('starts every ready module on session:ready, and says so where none is', async () => {
    const issue = await engine.openIssue('Go', ['session:ready']);
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('in-progress');
    await engine.label(issue, 'session:ready');
    await engine.deliver();
    expect(saidOn(engine, issue).at(-1)).toContain('No module is ready');
  });

  it.each([
    ['a Start-Session trailer of a pushed commit', 'push'],
    ['a dispatch that names the module', 'workflow_dispatch'],
    ['a command', 'issue_comment'],
  ])('starts by %s as well', async (_, by) => {
    if (by === 'push') {
      await engine.push('main', { 'a.txt': 'a' }, { message: 'Add a\n\nStart-Session: core' });
    } else if (by === 'issue_comment') {
      await engine.comment(await engine.openIssue('Build'), '/session start core');
    }
    const happening =
      by === 'workflow_dispatch'
        ? { name: by, payload: { inputs: { module: 'core' }, sender: { login: 'alice' } } }
        : engine.latest(by);
    await engine.run(happening);
    expect((await engine.state())['core']?.status).toBe('in-progress');
    expect((await engine.run(happening)).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
