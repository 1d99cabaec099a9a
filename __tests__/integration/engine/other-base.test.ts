import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { configFile } from '../../support/engine-repository.ts';
import { begin, escalations, implement, merge, saidOn } from '../../support/engine-story.ts';

const CONFIG = '.github/sessionwright.yml';

describe('a base branch that the config on the default branch names', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  async function deliver(branch: string, config: string): Promise<void> {
    await engine.push(branch, { [CONFIG]: config });
    await engine.deliver();
  }

  it('counts although its own config, cut off before, names none or the former one', async () => {
    engine = await startEngine({ config: configFile({ top: 'base: main\n' }) });
    await engine.push('develop', { 'x.md': 'x' });
    await deliver('main', configFile({ top: 'base: develop\n' }));
    const core = await begin(engine, 'core');
    expect(engine.issue(core.pull).pull).toMatchObject({ baseRef: 'develop' });
    expect(await engine.file(core.branch, 'x.md')).toBe('x');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('has a config that says all else, also where the state lies', async () => {
    engine = await startEngine();
    await engine.push('develop', {
      [CONFIG]: configFile({ top: 'paused: true\npaths: { state: state.json }\n' }),
    });
    await deliver('main', configFile({ top: 'base: develop\n' }));
    const issue = await engine.openIssue('Build it', ['session:core']);
    await engine.deliver();
    expect(saidOn(engine, issue)[0]).toContain('New sessions are paused');
    expect(await engine.file('sessionwright-state', 'state.json')).toContain('"core"');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is not where a session from before is merged: that is told, and blocks its module', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    await engine.push('develop', { 'x.md': 'x' });
    await deliver('main', configFile({ top: 'base: develop\n' }));
    await implement(engine, core);
    await merge(engine, core);
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('blocked');
    expect(escalations(engine)[0]?.body).toContain('into main, which is not the base');
  });
});
