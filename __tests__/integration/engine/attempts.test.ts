import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { configFile, REPO } from '../../support/engine-repository.ts';
import {
  begin,
  closeIssue,
  dashboardOf,
  escalations,
  implement,
  saidOn,
  sessionOf,
  verdictOn,
} from '../../support/engine-story.ts';
import { missingType, typeError } from '../../support/verification-results.ts';

describe('attempts', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  it('go on with the next one at the self-fix limit; the old pull request is closed with a pointer, its branch kept', async () => {
    engine = await startEngine({ config: configFile({ top: 'self-fix-limit: 2\n' }) });
    const first = await begin(engine, 'core');
    await implement(engine, first, { text: 'one\n', verify: typeError('One.') });
    const { sha, ran } = await implement(engine, first, {
      text: 'two\n',
      verify: typeError('Two.'),
    });
    expect(ran).toHaveLength(1);
    const second = await sessionOf(engine, 'core');
    expect(second.branch).toBe('session/core-2');
    expect(verdictOn(engine, sha)).not.toBe('success');
    expect(engine.issue(first.pull).state).toBe('closed');
    expect(saidOn(engine, first.pull).join('\n')).toContain(`work on in #${second.pull}`);
    expect(engine.repo.git.branch(first.branch)).toBe(sha);
    expect(await engine.state()).toMatchObject({
      core: {
        status: 'in-progress',
        $session: {
          attempt: 2,
          failedHeads: [],
          history: [{ attempt: 1, outcome: 'failed', failureType: 'type-error' }],
        },
      },
    });
    const document = await engine.file(second.branch, 'orchestration-docs/session-core-2.md');
    expect(document).toContain('2 heads of attempt 1 failed verification');
    expect((await engine.run(engine.latest('pull_request', 'synchronize'))).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('that are exhausted escalate to the planning agent; its answer grants as many again', async () => {
    engine = await startEngine({
      config: configFile({ top: 'attempts: 1\nself-fix-limit: 1\n' }),
    });
    const first = await begin(engine, 'core');
    await implement(engine, first, { verify: typeError() });
    expect((await engine.state())['core']).toMatchObject({ status: 'blocked' });
    const [escalation] = escalations(engine);
    expect(escalation?.labels.map((label) => label.name)).toContain('needs-planning');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    await closeIssue(engine, escalation?.number ?? 0);
    await engine.deliver();
    const second = await sessionOf(engine, 'core');
    expect(engine.issue(second.pull).title).toBe('Session: Core (attempt 2 of 2)');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('that a later config allows more of are so many in the escalation too', async () => {
    const config = (attempts: number) => configFile({ top: `attempts: ${attempts}\n` });
    engine = await startEngine({ config: config(1) });
    const first = await begin(engine, 'core');
    await engine.push('main', { '.github/sessionwright.yml': config(3) });
    await engine.deliver();
    await implement(engine, first, { verify: missingType });
    const [escalation] = escalations(engine);
    expect(escalation?.body).toContain('Its session, attempt 1 of 3, has stopped');
    expect(escalation?.body).toContain('starts again by itself as attempt 2 of 3,');
    await closeIssue(engine, escalation?.number ?? 0);
    await engine.deliver();
    const second = await sessionOf(engine, 'core');
    expect(engine.issue(second.pull).title).toBe('Session: Core (attempt 2 of 3)');
  });

  it('are not begun past the last one that HALTs spent', async () => {
    engine = await startEngine({ config: configFile({ top: 'attempts: 2\n' }) });
    await begin(engine, 'core');
    for (const attempt of [1, 2]) {
      const session = await sessionOf(engine, 'core');
      expect(session.branch).toBe(`session/core-${attempt}`);
      await implement(engine, session, { verify: missingType });
      await closeIssue(engine, (await engine.state())['core']?.$session.escalation ?? 0);
      await engine.deliver();
    }
    expect(await engine.state()).toMatchObject({
      core: { status: 'in-progress', $session: { attempt: 3, maxAttempts: 4 } },
    });
    expect(escalations(engine).map((issue) => issue.state)).toEqual(['closed', 'closed']);
  });

  it('end when three heads in a row fail alike', async () => {
    engine = await startEngine();
    const session = await begin(engine, 'core');
    for (const text of ['one\n', 'two\n', 'three\n']) {
      await implement(engine, session, { text, verify: typeError() });
    }
    expect(await engine.state()).toMatchObject({
      core: {
        status: 'blocked',
        blockedReason: 'The same failures came back on 3 verified heads in a row.',
      },
    });
    expect(escalations(engine)).toHaveLength(1);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it.each([
    ['a cancelled one', (pull: number) => engine.comment(pull, '/session cancel')],
    [
      'a closed pull request',
      async (pull_number: number) => {
        await engine.user('alice').rest.pulls.update({ ...REPO, pull_number, state: 'closed' });
      },
    ],
  ])('that are spent by %s are said to be, with what asking again comes to', async (_, end) => {
    engine = await startEngine({ config: configFile({ top: 'attempts: 1\n' }) });
    const { pull } = await begin(engine, 'core');
    await end(pull);
    await engine.deliver();
    const told = 'all attempts are spent, so `/session retry core` opens an escalation';
    expect(saidOn(engine, pull).at(-1)).toContain(told);
    expect(engine.issue(dashboardOf(engine)).body).toContain(
      'all attempts are spent: asking again opens an escalation',
    );
  });
});
