import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import {
  begin,
  checksOn,
  implement,
  merge,
  sessionOf,
  verdictOn,
} from '../../support/engine-story.ts';
import { typeError } from '../../support/verification-results.ts';

/** The job’s permissions, but for checks, which somebody forgot. */
const NO_CHECKS = {
  actions: 'write',
  checks: 'read',
  contents: 'write',
  issues: 'write',
  'pull-requests': 'write',
} as const;

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(() => engine.close());

describe('a check that GitHub refused', () => {
  it('at a session’s start is posted by the sweep once it may be, and no further request is made for it', async () => {
    await engine.openIssue('Build core', ['session:core']);
    const event = engine.latest('issues', 'labeled');
    const refused = engine.run(event, { permissions: NO_CHECKS });
    await expect(refused).rejects.toMatchObject({ code: 'writes-refused' });
    const core = await sessionOf(engine, 'core');
    const head = engine.repo.git.branch(core.branch) ?? '';
    expect(checksOn(engine, head)).toEqual([]);
    const swept = await engine.run(SCHEDULE);
    expect(swept.writes).toEqual(['createCheckRun']);
    expect(checksOn(engine, head)).toMatchObject([
      { status: 'queued', output: { title: 'Waiting for the coder' } },
    ]);
    const quiet = await engine.run(SCHEDULE);
    expect(quiet.writes).toEqual([]);
    expect(swept.calls).toHaveLength(quiet.calls.length + 1);
    await implement(engine, core);
    expect(verdictOn(engine, engine.repo.git.branch(core.branch) ?? '')).toBe('success');
  });

  it('although the head was found green has it verified again by the sweep, so that it can be merged', async () => {
    const core = await begin(engine, 'core');
    engine.news();
    const refused = implement(engine, core, { permissions: NO_CHECKS });
    await expect(refused).rejects.toMatchObject({ code: 'writes-refused' });
    const head = engine.repo.git.branch(core.branch) ?? '';
    expect(verdictOn(engine, head)).toBe('none');
    expect((await engine.state())['core']?.status).toBe('review');
    await engine.run(SCHEDULE);
    await engine.deliver();
    expect(verdictOn(engine, head)).toBe('success');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    await merge(engine, core);
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('complete');
  });

  it('although the head was found red is shown red in the end, and counted once', async () => {
    const core = await begin(engine, 'core');
    engine.news();
    const red = { verify: typeError() };
    const refused = implement(engine, core, { ...red, permissions: NO_CHECKS });
    await expect(refused).rejects.toMatchObject({ code: 'writes-refused' });
    await engine.run(SCHEDULE);
    await engine.deliver(red);
    const head = engine.repo.git.branch(core.branch) ?? '';
    expect(verdictOn(engine, head)).toBe('failure');
    expect((await engine.state())['core']?.$session.failedHeads).toHaveLength(1);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
