import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { complete } from '../../support/engine-story.ts';

describe('the output `started`, from which coders are fanned out', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  /** Both modules that rest on the core are asked for, and no run has seen it. */
  async function askForBoth(): Promise<void> {
    await complete(engine, 'core');
    await engine.openIssue('Build both', ['session:auth', 'session:library']);
    engine.news();
  }

  it('names what began although another start of the same run failed', async () => {
    engine = await startEngine();
    await askForBoth();
    await engine.push('session/auth-1', { 'x.txt': 'mine\n' });
    const { outputs } = await engine.run(SCHEDULE, { mayFail: true });
    expect(outputs).toMatchObject({ started: '["library"]', 'started-more': 'false' });
  });

  it('names what began before another run moved the state, and what began after it', async () => {
    engine = await startEngine();
    await askForBoth();
    const undo = engine.sim.intercept({
      before: async (call) => {
        if (!JSON.stringify([call.body]).includes('library: pending')) return undefined;
        undo();
        await engine.push('sessionwright-state', { 'note.txt': 'moved\n' });
        return undefined;
      },
    });
    const { outputs, log } = await engine.run(SCHEDULE);
    expect(log.join('\n')).toContain('It is read again.');
    expect(outputs['started']).toBe('["auth","library"]');
  });

  it('is empty in a dry run, which starts nothing', async () => {
    engine = await startEngine();
    await askForBoth();
    const { outputs } = await engine.run(SCHEDULE, { dryRun: true });
    expect(outputs['started']).toBe('[]');
    expect(outputs['decision']).toContain('start auth');
  });
});
