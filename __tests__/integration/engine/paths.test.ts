import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { configFile } from '../../support/engine-repository.ts';
import { SCHEDULE } from '../../support/engine-run.ts';

let engine: Engine;
afterEach(() => engine.close());

describe('where the config says things are', () => {
  it('reads the state again from the file that it wrote', async () => {
    engine = await startEngine({
      config: configFile({ top: 'paths: { state: progress.json }\n' }),
    });
    await engine.openIssue('Build the core', ['session:core']);
    await engine.deliver();
    const state = await engine.file('sessionwright-state', 'progress.json');
    expect(JSON.parse(state ?? '{}')).toMatchObject({ core: { status: 'in-progress' } });
    expect(await engine.file('sessionwright-state', 'implementation-state.json')).toBeNull();
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});

describe('a spec pack that lacks what one module needs', () => {
  it('is told in the job summary, and only that module waits', async () => {
    const modules = `modules:
  core: { name: Core, prompt: 1 }
  later: { name: Later, prompt: 9 }
`;
    engine = await startEngine({ config: configFile({ modules }) });
    await engine.openIssue('Build both', ['session:core', 'session:later']);
    const runs = await engine.deliver();
    const state = await engine.state();
    expect(state['core']?.status).toBe('in-progress');
    expect(state['later']?.status).toBe('pending');
    expect(runs.at(-1)?.summary).toContain('begins with "Prompt 9"');
    expect(runs.at(-1)?.summary).toContain('context-handoff/later.md');
  });
});
