import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { configFile, ONE_GATE } from '../../support/engine-repository.ts';
import {
  begin,
  checksOn,
  complete,
  implement,
  merge,
  saidOn,
  sessionOf,
} from '../../support/engine-story.ts';
import { resultOf } from '../../support/verification-results.ts';

const STATE = 'createCommitOnBranch sessionwright-state';

describe('a request that cannot start', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  it('waits, and its reply names each unmet gate with what clears it', async () => {
    engine = await startEngine({ files: {} });
    await begin(engine, 'core');
    await engine.push('main', { 'spec-pack/context-handoff/auth.md': null });
    await engine.deliver();
    const issue = await engine.openIssue('Build auth', ['session:auth']);
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual([STATE, 'removeLabelsFromLabelable + addComment + updateIssue']);
    expect(saidOn(engine, issue)).toEqual([
      [
        '`auth` is requested and waits for:',
        '',
        '- **Dependency `core` is complete**: `core` is in progress. To clear it: `core` becomes complete: its pull request is verified and merged.',
        '- **Context handoff exists**: missing: spec-pack/context-handoff/auth.md. To clear it: Add spec-pack/context-handoff/auth.md on the base branch.',
        '',
        'It starts by itself as soon as that is cleared; there is no need to ask again.',
      ].join('\n'),
    ]);
    expect((await engine.state())['auth']).toMatchObject({
      status: 'pending',
      $session: { attempt: 0, request: { source: issue, by: 'alice' } },
    });
    expect((await engine.log()).at(-1)).toBe('auth: requested');
    expect(ran?.outputs['waiting']).toBe('["auth"]');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('keeps its one reply true as its gates change', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    const issue = await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    await implement(engine, core);
    expect(saidOn(engine, issue)).toHaveLength(1);
    expect(saidOn(engine, issue)[0]).toContain('`core` is in review');
  });

  it('starts by itself in the run that completes what it waits for', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    const issue = await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    await implement(engine, core);
    await merge(engine, core);
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual([
      STATE,
      STATE,
      'createRef + createCommitOnBranch session/auth-1',
      'POST /repos/{owner}/{repo}/pulls',
      'createCheckRun + createCheckRun + updateIssueComment + addComment',
      STATE,
      'updateIssue + addLabelsToLabelable + removeLabelsFromLabelable + addLabelsToLabelable',
    ]);
    const auth = await sessionOf(engine, 'auth');
    expect(saidOn(engine, issue)).toHaveLength(2);
    expect(saidOn(engine, issue)[0]).toBe(`\`auth\` waited here and has started: #${auth.pull}.`);
    expect(saidOn(engine, issue)[1]).toContain(`Started \`auth\`, attempt 1 of 3: #${auth.pull}.`);
    expect((await engine.state())['auth']?.$session.baseSha).toBe(engine.repo.git.branch('main'));
    expect((await engine.log()).slice(-3)).toEqual([
      'core: review → complete (attempt 1)',
      'auth: pending → in-progress (attempt 1)',
      `auth: pull request #${auth.pull} (attempt 1)`,
    ]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('waits for a free session, tells its place, and starts when one ends', async () => {
    engine = await startEngine({ config: configFile({ top: 'parallel-sessions: 1\n' }) });
    await complete(engine, 'core');
    const auth = await begin(engine, 'auth');
    const issue = await engine.openIssue('Build library', ['session:library']);
    await engine.deliver();
    expect(saidOn(engine, issue)[0]).toContain('1 of 1 are running; place 1 in the queue');
    await implement(engine, auth);
    expect((await engine.state())['library']?.status).toBe('in-progress');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('waits while new sessions are paused', async () => {
    engine = await startEngine({ config: configFile({ top: 'paused: true\n' }) });
    const issue = await engine.openIssue('Build core', ['session:core']);
    await engine.deliver();
    expect(saidOn(engine, issue)[0]).toContain('New sessions are paused');
    await engine.push('main', { '.github/sessionwright.yml': configFile() });
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });

  it('starts in the run that also runs the gate commands, once per base commit', async () => {
    engine = await startEngine({ config: configFile({ gates: ONE_GATE }) });
    await engine.openIssue('Build core', ['session:core']);
    const [ran] = await engine.deliver();
    const base = engine.repo.git.branch('main') ?? '';
    expect(ran?.planned).toMatchObject([{ kind: 'gates', sha: base }]);
    expect((await engine.state())['core']?.status).toBe('in-progress');
    expect(checksOn(engine, base, 'base')).toMatchObject([{ conclusion: 'success' }]);
    await engine.openIssue('Build auth', ['session:auth']);
    const [second] = await engine.deliver();
    expect(second?.planned).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('names a gate command that failed, and starts once the base passes it', async () => {
    engine = await startEngine({ config: configFile({ gates: ONE_GATE }) });
    const issue = await engine.openIssue('Build core', ['session:core']);
    const outcome = { kind: 'exited', exitCode: 2 } as const;
    await engine.deliver({ verify: (run) => resultOf(run, { 'shared-types': { outcome } }) });
    const base = engine.repo.git.branch('main') ?? '';
    expect(checksOn(engine, base, 'base')).toMatchObject([{ conclusion: 'failure' }]);
    expect(saidOn(engine, issue)).toHaveLength(1);
    expect(saidOn(engine, issue)[0]).toContain(`failed on ${base.slice(0, 7)}`);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    await engine.push('main', { 'src/types.ts': 'export {};\n' });
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('in-progress');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
