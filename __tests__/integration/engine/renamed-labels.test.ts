import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { REPO } from '../../support/engine-repository.ts';
import { begin, implement } from '../../support/engine-story.ts';

describe('a label that a person renames', () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await startEngine();
  });
  afterEach(() => engine.close());

  async function rename(name: string, new_name: string): Promise<void> {
    await engine.user('alice').rest.issues.updateLabel({ ...REPO, name, new_name });
  }

  const labelsOn = (number: number): readonly string[] =>
    engine.issue(number).labels.map(({ name }) => name);

  it('asks for nothing any more where it asked for a module, and stays where it is', async () => {
    const issue = await engine.openIssue('Build it', ['session:core']);
    await rename('session:core', 'wanted');
    await engine.run(SCHEDULE);
    expect(await engine.state()).toEqual({});
    expect(labelsOn(issue)).toEqual(['wanted']);
  });

  it('is left to them where it showed a status, and the next status is shown beside it', async () => {
    const core = await begin(engine, 'core');
    const before = await engine.state();
    await rename('sessionwright:in-progress', 'being built');
    await engine.run(SCHEDULE);
    expect(await engine.state()).toEqual(before);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    await implement(engine, core);
    expect((await engine.state())['core']).toMatchObject({ status: 'review' });
    expect(labelsOn(core.pull)).toEqual(
      expect.arrayContaining(['being built', 'sessionwright:review']),
    );
    expect(labelsOn(core.pull)).not.toContain('sessionwright:in-progress');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
