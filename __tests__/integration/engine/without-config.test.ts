import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { configFile, REPO } from '../../support/engine-repository.ts';
import { begin, checksOn, type Session } from '../../support/engine-story.ts';

const CONFIG = '.github/sessionwright.yml';

describe('a pull request that mends a config which cannot be read', () => {
  let engine: Engine;
  let core: Session;
  beforeEach(async () => {
    engine = await startEngine();
    core = await begin(engine, 'core');
    await engine.push('main', { [CONFIG]: 'version: 1\nmodules: [' });
    engine.news();
  });
  afterEach(() => engine.close());

  async function propose(head: string): Promise<void> {
    const pull = { head, base: 'main', title: 'Mend the config' };
    await engine.user('alice').rest.pulls.create({ ...REPO, ...pull });
  }

  it('gets the required check all the same, once, and the run still says what is wrong', async () => {
    const sha = await engine.push('mend', { [CONFIG]: configFile() });
    await propose('mend');
    const event = engine.latest('pull_request', 'opened');
    await expect(engine.orchestrate(event)).rejects.toMatchObject({ code: 'config-invalid' });
    expect(checksOn(engine, sha)).toMatchObject([
      { conclusion: 'success', output: { title: 'Not a session' } },
    ]);
    await expect(engine.orchestrate(event)).rejects.toMatchObject({ code: 'config-invalid' });
    expect(checksOn(engine, sha)).toHaveLength(1);
  });

  it('does not get it at a session’s head, which it would pass', async () => {
    await engine.push(core.branch, { 'src/core/Core.ts': 'export class Core {}\n' });
    engine.news();
    const sha = engine.repo.git.branch(core.branch) ?? '';
    const decoy = { ...REPO, ref: 'refs/heads/decoy', sha };
    await engine.user('alice').rest.git.createRef(decoy);
    await propose('decoy');
    const event = engine.latest('pull_request', 'opened');
    await expect(engine.orchestrate(event)).rejects.toMatchObject({ code: 'config-invalid' });
    expect(checksOn(engine, sha)).toEqual([]);
  });

  it('does not get it where it is a session', async () => {
    const sha = await engine.push(core.branch, { 'src/core/Core.ts': 'export class Core {}\n' });
    const event = engine.latest('pull_request', 'synchronize');
    await expect(engine.orchestrate(event)).rejects.toMatchObject({ code: 'config-invalid' });
    expect(checksOn(engine, sha)).toEqual([]);
  });

  it('gets it in a dry run no more than anything else', async () => {
    const sha = await engine.push('mend', { [CONFIG]: configFile() });
    await propose('mend');
    const event = engine.latest('pull_request', 'opened');
    await expect(engine.orchestrate(event, { dryRun: true })).rejects.toThrow();
    expect(checksOn(engine, sha)).toEqual([]);
  });
});
