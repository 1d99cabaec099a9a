import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { VerificationResult } from '../../../src/domain/verification.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { configFile, REPO, SHARED_TYPES, TYPES } from '../../support/engine-repository.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import {
  begin,
  escalations,
  implement,
  merge,
  reportFile,
  verdictOn,
} from '../../support/engine-story.ts';
import { resultOf, typeError } from '../../support/verification-results.ts';

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(() => engine.close());

describe('a session’s code that means harm', () => {
  it('is red where it moves a read-only file away', async () => {
    const core = await begin(engine, 'core');
    const sha = await engine.push(core.branch, {
      [TYPES]: null,
      'src/types-copy.ts': SHARED_TYPES,
      'src/core/Core.ts': 'x\n',
    });
    await engine.deliver();
    expect(verdictOn(engine, sha)).toBe('failure');
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });

  it('does not get its red head passed by a decoy pull request', async () => {
    const core = await begin(engine, 'core');
    const { sha } = await implement(engine, core, { verify: typeError() });
    const alice = engine.user('alice').rest;
    await alice.git.createRef({ ...REPO, ref: 'refs/heads/decoy', sha });
    await alice.pulls.create({ ...REPO, head: 'decoy', base: 'main', title: 'Harmless' });
    await engine.deliver();
    expect(verdictOn(engine, sha)).toBe('failure');
  });

  it('does not speak for a session that the sweep found beside it, nor runs in the sweep’s own run', async () => {
    const core = await begin(engine, 'core');
    await implement(engine, core);
    await merge(engine, core);
    await engine.deliver();
    const [auth, library] = [await begin(engine, 'auth'), await begin(engine, 'library')];
    const victim = await engine.push(library.branch, { 'src/library/Library.ts': 'bad\n' });
    await engine.push(auth.branch, { 'src/auth/Auth.ts': 'evil\n' });
    engine.news();
    const forged = (): VerificationResult => ({
      ...resultOf({
        kind: 'verification',
        sha: victim,
        module: 'library',
        pullRequest: 0,
        timeoutSeconds: 60,
        commands: [],
      }),
    });
    const swept = await engine.run(SCHEDULE, { verify: forged });
    expect(swept.planned).toEqual([]);
    expect(swept.writes).toEqual([
      'POST /repos/{owner}/{repo}/actions/workflows/{id}/dispatches',
      'POST /repos/{owner}/{repo}/actions/workflows/{id}/dispatches',
    ]);
    expect(verdictOn(engine, victim)).toBe('none');
  });

  it('is not dispatched on its own branch where that changes the workflows', async () => {
    const core = await begin(engine, 'core');
    const sha = await engine.push(core.branch, {
      '.github/workflows/own.yml': 'on: workflow_dispatch\njobs: {}\n',
      'src/core/Core.ts': 'x\n',
    });
    engine.news();
    const swept = await engine.run(SCHEDULE);
    expect(swept.writes).toEqual([]);
    expect(swept.log.join('\n')).toContain('core: not verified from its own branch');
    expect(verdictOn(engine, sha)).toBe('none');
  });
});

describe('a branch of a session’s name that somebody made beforehand', () => {
  it('stops that module, loudly, and no other', async () => {
    const core = await begin(engine, 'core');
    await implement(engine, core);
    await merge(engine, core);
    await engine.deliver();
    await engine.push('session/auth-1', { 'x.txt': 'mine\n' });
    engine.news();
    await engine.openIssue('Build both', ['session:auth', 'session:library']);
    const first = await engine.deliver().catch((error: unknown) => error);
    expect(String(first)).toContain('The branch session/auth-1 is there already');
    const second = await engine.run(SCHEDULE).catch((error: unknown) => error);
    expect(String(second)).toContain('The branch session/auth-1 is there already');
    await engine.openIssue('Build the library', ['session:library']);
    await engine.deliver().catch(() => undefined);
    expect((await engine.state())['library']).toMatchObject({
      status: 'in-progress',
      $session: { pullRequest: expect.any(Number) },
    });
  });
});

describe('a start that was cut after its pull request', () => {
  it('leaves what the coder pushed in between to be verified', async () => {
    await engine.openIssue('Build the core', ['session:core']);
    const asked = engine.latest('issues', 'labeled');
    let isDead = false;
    const undo = engine.sim.intercept({
      before: () => {
        if (isDead) throw new Error('The process is dead.');
        return undefined;
      },
      after: (call) => {
        isDead = isDead || call.path.endsWith('/pulls');
        if (isDead) throw new Error('The process died.');
        return undefined;
      },
    });
    await expect(engine.run(asked)).rejects.toThrow();
    undo();
    const report = await reportFile(engine, 'core');
    const sha = await engine.push('session/core-1', { 'src/core/Core.ts': 'x\n', ...report });
    engine.news();
    await engine.run(SCHEDULE);
    await engine.run(SCHEDULE);
    await engine.deliver();
    expect(verdictOn(engine, sha)).toBe('success');
    expect((await engine.state())['core']?.status).toBe('review');
  });
});

it('an escalation is opened unassigned where its assignee may not be assigned', async () => {
  await engine.close();
  const gone = 'escalation:\n  planning-agent: { assignees: [gone-person] }\n';
  engine = await startEngine({
    config: configFile().replace(/escalation:[\s\S]*?(?=modules:)/u, gone),
  });
  const core = await begin(engine, 'core');
  await engine.user('alice').rest.issues.createComment({
    ...REPO,
    issue_number: core.pull,
    body: '/session halt missing-type There is no such type.',
  });
  await engine.deliver();
  expect(escalations(engine)).toHaveLength(1);
});
