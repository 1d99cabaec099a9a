import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { REPO } from '../../support/engine-repository.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import {
  beginByDispatch,
  implement,
  saidOn,
  sessionOf,
  type Session,
} from '../../support/engine-story.ts';
import { missingType } from '../../support/verification-results.ts';

describe('a repository whose issues are turned off', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  async function startByDispatch(): Promise<Session> {
    engine = await startEngine({ seed: { settings: { hasIssues: false } } });
    return beginByDispatch(engine, 'core');
  }

  it('starts a session all the same, without a dashboard', async () => {
    const { pull } = await startByDispatch();
    expect([...engine.repo.issues.keys()]).toEqual([pull]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('gets its escalation as a comment on the pull request, once, and told by the check', async () => {
    const core = await startByDispatch();
    await implement(engine, core, { verify: missingType });
    expect((await engine.state())['core']).toMatchObject({
      status: 'blocked',
      $session: { escalation: core.pull },
    });
    const told = saidOn(engine, core.pull).filter((text) => text.includes('## How to resume'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('Issues are turned off in this repository');
    expect(told[0]).toContain('Comment `/session retry` here');
    expect(told[0]).not.toContain('Close this issue');
    const checks = [...engine.repo.checkRuns.values()];
    expect(checks.at(-1)?.output.summary).toContain(`#${core.pull}`);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('goes on by /session retry there, whose words the next document quotes', async () => {
    const core = await startByDispatch();
    await implement(engine, core, { verify: missingType });
    await engine.comment(core.pull, '/session retry\n\nUse IEvent for it.');
    await engine.deliver();
    const { pull, branch } = await sessionOf(engine, 'core');
    expect(pull).not.toBe(core.pull);
    const document = await engine.file(branch, 'orchestration-docs/session-core-2.md');
    expect(document).toContain('Use IEvent for it.');
    expect(engine.issue(core.pull).state).toBe('closed');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('stays blocked where somebody only closes the pull request', async () => {
    const core = await startByDispatch();
    await implement(engine, core, { verify: missingType });
    const closed = { ...REPO, pull_number: core.pull, state: 'closed' } as const;
    await engine.user('paula').rest.pulls.update(closed);
    await engine.deliver();
    await engine.run(SCHEDULE);
    expect((await engine.state())['core']?.status).toBe('blocked');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
