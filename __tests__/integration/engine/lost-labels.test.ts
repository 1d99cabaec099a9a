import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { REPO } from '../../support/engine-repository.ts';
import { saidOn } from '../../support/engine-story.ts';

describe('a label whose event was lost', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  it('is taken in by the sweep for whoever put it on, and comes off', async () => {
    engine = await startEngine();
    const issue = await engine.openIssue('Build it');
    await engine.label(issue, 'session:core', 'tom');
    await engine.label(issue, 'bug', 'alice');
    const ran = await engine.run(SCHEDULE);
    expect(ran.outputs['started']).toBe('["core"]');
    expect((await engine.log())[0]).toBe('core: pending → in-progress (attempt 1)');
    expect(engine.issue(issue).labels.map(({ name }) => name)).toEqual(['bug']);
    expect(saidOn(engine, issue)[0]).toContain('Started `core`');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('counts for as little as who put it on', async () => {
    engine = await startEngine({
      seed: { collaborators: { alice: 'write', tom: 'triage', rita: 'read' } },
    });
    const issue = await engine.openIssue('Build it');
    await engine.label(issue, 'session:core', 'tom');
    await engine
      .user('alice')
      .rest.issues.removeLabel({ ...REPO, issue_number: issue, name: 'session:core' });
    await engine.label(issue, 'session:core', 'tom');
    engine.repo.collaborators.set('tom', 'read');
    await engine.run(SCHEDULE);
    expect(await engine.state()).toEqual({});
    expect(saidOn(engine, issue)).toEqual([expect.stringContaining('tom')]);
    expect(engine.issue(issue).labels).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is found on a pull request as well, and for every ready module', async () => {
    engine = await startEngine();
    await engine.push('feature', { 'a.txt': 'a' });
    const draft = { ...REPO, head: 'feature', base: 'main', title: 'A feature' };
    const { data } = await engine.user('alice').rest.pulls.create(draft);
    await engine.label(data.number, 'session:ready');
    expect((await engine.run(SCHEDULE)).outputs['started']).toBe('["core"]');
    expect(engine.issue(data.number).labels).toEqual([]);
  });

  it('is left alone on an issue that was closed since, and costs no further request', async () => {
    engine = await startEngine();
    const before = (await engine.run(SCHEDULE)).calls.length;
    const issue = await engine.openIssue('Build it', ['session:core']);
    const closed = { ...REPO, issue_number: issue, state: 'closed' } as const;
    await engine.user('alice').rest.issues.update(closed);
    const ran = await engine.run(SCHEDULE);
    expect(ran.writes).toEqual([]);
    expect(ran.calls).toHaveLength(before);
  });
});
