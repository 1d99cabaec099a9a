import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { REPO } from '../../support/engine-repository.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { begin, complete, escalations, implement, merge } from '../../support/engine-story.ts';
import { missingType } from '../../support/verification-results.ts';

const MAKE = 'POST /repos/{owner}/{repo}/labels';

describe('the status label of a session’s pull request', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  function labelsOf(number: number): readonly string[] {
    return engine.issue(number).labels.map(({ name }) => name);
  }

  it('follows the state from its start to its merge, and says what it means', async () => {
    engine = await startEngine({ seed: { labels: [] } });
    const core = await begin(engine, 'core');
    expect(labelsOf(core.pull)).toEqual(['sessionwright:in-progress']);
    await implement(engine, core);
    expect(labelsOf(core.pull)).toEqual(['sessionwright:review']);
    await merge(engine, core);
    await engine.deliver();
    expect(labelsOf(core.pull)).toEqual(['sessionwright:complete']);
    for (const { name, color, description } of engine.repo.labels.values()) {
      if (!name.startsWith('sessionwright')) continue;
      expect({ name, color }).not.toEqual({ name, color: 'ededed' });
      expect(description).not.toBe('');
    }
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is made where it is missing, once, and costs no request of its own where it is there', async () => {
    engine = await startEngine({ seed: { labels: [] } });
    await begin(engine, 'core');
    await implement(engine, await begin(engine, 'core'));
    const first = engine.sim.calls.filter(
      ({ method, route }) => `${method} ${route ?? ''}` === MAKE,
    );
    expect(first.map(({ body }) => body)).toMatchObject([
      { name: 'sessionwright', color: '5319e7' },
      { name: 'sessionwright:in-progress', color: 'fbca04' },
      { name: 'sessionwright:review', color: '1d76db' },
    ]);
    await engine.close();
    engine = await startEngine();
    const auth = await begin(engine, 'core');
    const { ran } = await implement(engine, auth);
    expect(ran[0]?.writes.at(-1)).toBe(
      'updateIssue + removeLabelsFromLabelable + addLabelsToLabelable',
    );
  });

  it('says that a session is blocked, beside an escalation whose labels tell of what they are', async () => {
    engine = await startEngine({ seed: { labels: [] } });
    const core = await begin(engine, 'core');
    await implement(engine, core, { verify: missingType });
    expect(labelsOf(core.pull)).toEqual(['sessionwright:blocked']);
    expect(escalations(engine)[0]?.labels).toMatchObject([
      { name: 'sessionwright', color: '5319e7' },
      { name: 'needs-planning', description: 'Sessionwright: escalations to planning-agent' },
    ]);
  });

  it('comes off when the session ends, so that it shows on none that is over', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    await engine.comment(core.pull, '/session cancel');
    await engine.deliver();
    expect(labelsOf(core.pull)).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is put right after a person changed it, and decides nothing', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    const alice = engine.user('alice').rest.issues;
    const labels = ['sessionwright:complete', 'mine'];
    await alice.update({ ...REPO, issue_number: core.pull, labels });
    await engine.run(SCHEDULE);
    expect(labelsOf(core.pull)).toEqual(['mine', 'sessionwright:in-progress']);
    expect((await engine.state())['core']?.status).toBe('in-progress');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is put right by the next run where one died before it could, though the session is over', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    await implement(engine, core);
    await merge(engine, core);
    const undo = engine.sim.intercept({
      before: ({ body }) => {
        if (JSON.stringify(body ?? '').includes('addLabelsToLabelable'))
          throw new Error('The process died.');
        return undefined;
      },
    });
    await expect(engine.deliver()).rejects.toThrow();
    undo();
    expect(labelsOf(core.pull)).toEqual(['sessionwright:review']);
    await engine.run(SCHEDULE);
    expect(labelsOf(core.pull)).toEqual(['sessionwright:complete']);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('stays where somebody put it on a pull request that is no session’s', async () => {
    engine = await startEngine();
    await complete(engine, 'core');
    await engine.push('feature', { 'a.txt': 'a' });
    const pull = { head: 'feature', base: 'main', title: 'A feature' };
    const { number } = (await engine.user('alice').rest.pulls.create({ ...REPO, ...pull })).data;
    await engine.label(number, 'sessionwright:review');
    await engine.deliver();
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    expect(labelsOf(number)).toEqual(['sessionwright:review']);
  });
});
