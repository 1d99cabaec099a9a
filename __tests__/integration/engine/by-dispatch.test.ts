import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { REPO } from '../../support/engine-repository.ts';
import { begin, implement, merge } from '../../support/engine-story.ts';

describe('a dispatch that names a pull request', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  /** What the run says that it starts, and whether that wrote anything. */
  async function verify(pull: number) {
    await engine.user('alice').rest.actions.createWorkflowDispatch({
      ...REPO,
      workflow_id: 'sessions.yml',
      ref: 'main',
      inputs: { 'pull-request': String(pull) },
    });
    const [ran] = await engine.deliver();
    return { log: ran?.log.join('\n') ?? '', writes: ran?.writes };
  }

  it('says so where that is no session’s', async () => {
    engine = await startEngine();
    const { issue } = await begin(engine, 'core');
    const { log, writes } = await verify(issue);
    expect(log).toContain(`#${issue} is no pull request of a session that is under way.`);
    expect(writes).toEqual([]);
  });

  it('says so where the coder has pushed nothing yet', async () => {
    engine = await startEngine();
    const { pull } = await begin(engine, 'core');
    const { log, writes } = await verify(pull);
    expect(log).toContain('The head of `core` holds nothing but the document.');
    expect(writes).toEqual([]);
  });

  it('says so where the session is over', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    await implement(engine, core);
    await merge(engine, core);
    await engine.deliver();
    const { log, writes } = await verify(core.pull);
    expect(log).toContain(`#${core.pull} is no pull request of a session that is under way.`);
    expect(writes).toEqual([]);
  });

  it('says nothing where it verifies', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    await implement(engine, core);
    const { log, writes } = await verify(core.pull);
    expect(log).toBe('');
    expect(writes).toEqual(['POST /repos/{owner}/{repo}/actions/workflows/{id}/dispatches']);
  });
});
