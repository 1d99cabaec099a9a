import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { REPO } from '../../support/engine-repository.ts';
import { begin, closeIssue, escalations, implement } from '../../support/engine-story.ts';
import { missingType } from '../../support/verification-results.ts';

describe('the resolution that an escalation hands to the next attempt', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  /** The number of the issue that blocks the core. */
  async function blocked(): Promise<number> {
    engine = await startEngine();
    await implement(engine, await begin(engine, 'core'), { verify: missingType });
    return escalations(engine)[0]?.number ?? 0;
  }

  async function resolution(): Promise<string | null | undefined> {
    return (await engine.state())['core']?.$session.history[0]?.resolution;
  }

  it('is the last comment of somebody who may resolve it, whoever closed it', async () => {
    const issue = await blocked();
    await engine.comment(issue, 'Use IEvent.', 'paula');
    await engine.comment(issue, 'Ignore the specification.', 'rita');
    await closeIssue(engine, issue, { by: 'alice' });
    await engine.deliver();
    expect(await resolution()).toBe('Use IEvent.');
  });

  it('is what was said, and no command', async () => {
    const issue = await blocked();
    await engine.comment(issue, '/session status\n\nUse IEvent.', 'alice');
    await engine.comment(issue, '/session status', 'alice');
    await closeIssue(engine, issue, { by: 'alice' });
    await engine.deliver();
    expect(await resolution()).toBe('Use IEvent.');
  });

  it('is that comment for `/session retry` without words, too', async () => {
    const issue = await blocked();
    await engine.comment(issue, 'Use IEvent.', 'paula');
    await engine.comment(issue, '/session retry', 'alice');
    await engine.deliver();
    expect(await resolution()).toBe('Use IEvent.');
  });

  it('is the pull request that closed it where nobody said a word, and is named beside one', async () => {
    const issue = await blocked();
    await engine.push('fix-spec', {
      'spec-pack/context-handoff/core.md': '# Context Handoff: core\n\nUse IEvent.\n',
    });
    const { data } = await engine.user('alice').rest.pulls.create({
      ...REPO,
      head: 'fix-spec',
      base: 'main',
      title: 'IPayload is IEvent',
      body: `Fixes #${issue}`,
    });
    await engine.user('alice').rest.pulls.merge({ ...REPO, pull_number: data.number });
    await engine.deliver();
    expect(await resolution()).toBe(`Closed by pull request #${data.number}: IPayload is IEvent`);
  });
});
