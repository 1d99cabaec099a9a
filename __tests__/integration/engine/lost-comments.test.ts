import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { REPO } from '../../support/engine-repository.ts';
import { begin, saidOn } from '../../support/engine-story.ts';

describe('a comment whose event was lost', () => {
  let engine: Engine;
  let issue: number;
  beforeEach(async () => {
    engine = await startEngine();
    issue = await engine.openIssue('Build it');
  });
  afterEach(() => engine.close());

  const reactions = (number: number): readonly string[] =>
    engine.issue(number).comments.flatMap((one) => one.reactions.map(({ content }) => content));

  it('is obeyed by the sweep for whoever wrote it, once', async () => {
    await engine.comment(issue, '/session start core');
    const ran = await engine.run(SCHEDULE);
    expect(ran.outputs['started']).toBe('["core"]');
    expect(reactions(issue)).toEqual(['+1']);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    expect((await engine.run(engine.latest('issue_comment', 'created'))).writes).toEqual([]);
  });

  it('is obeyed on a session’s pull request, in the order in which they were written', async () => {
    const core = await begin(engine, 'core');
    await engine.comment(core.pull, '/session status', 'paula');
    await engine.comment(core.pull, '/session cancel');
    engine.news();
    await engine.run(SCHEDULE);
    expect((await engine.state())['core']).toMatchObject({ status: 'pending' });
    expect(engine.issue(core.pull).state).toBe('closed');
    expect(saidOn(engine, core.pull).slice(-2)).toEqual([
      expect.stringContaining('is in progress'),
      expect.stringContaining('cancel'),
    ]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('counts for as little as whoever wrote it', async () => {
    await engine.comment(issue, '/session start core', 'rita');
    await engine.run(SCHEDULE);
    expect(await engine.state()).toEqual({});
    expect(saidOn(engine, issue)).toEqual([expect.stringContaining('rita')]);
    expect(reactions(issue)).toEqual(['confused']);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is answered by the sweep where its run did what it asks and died before the answer', async () => {
    const core = await begin(engine, 'core');
    await engine.comment(core.pull, '/session cancel');
    let isDead = false;
    const undo = engine.sim.intercept({
      before: () => {
        if (isDead) throw new Error('The process is dead.');
        return undefined;
      },
      after: (call) => {
        isDead ||= call.access === 'write';
        if (isDead) throw new Error('The process died.');
        return undefined;
      },
    });
    const asked = engine.latest('issue_comment', 'created');
    await expect(engine.run(asked)).rejects.toThrow();
    undo();
    expect((await engine.state())['core']).toMatchObject({ status: 'pending' });
    expect(reactions(core.pull)).toEqual([]);
    await engine.run(SCHEDULE);
    expect(reactions(core.pull)).toEqual(['+1']);
    expect(saidOn(engine, core.pull)).toEqual(
      expect.arrayContaining([expect.stringContaining('cancelled')]),
    );
    expect((await engine.state())['core']?.$session.history).toHaveLength(1);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is left alone where it was edited since: what it said at first cannot be told', async () => {
    await engine.comment(issue, 'Shall we?');
    const [comment] = engine.issue(issue).comments;
    const edit = { comment_id: comment?.id ?? 0, body: '/session start core' };
    await engine.user('alice').rest.issues.updateComment({ ...REPO, ...edit });
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is left alone once it is older than a day', async () => {
    await engine.comment(issue, '/session start core');
    const { comments } = engine.issue(issue);
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000).toISOString();
    comments.splice(0, 1, ...comments.map((one) => ({ ...one, createdAt: old })));
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('costs no further request where there is none, and one for whoever wrote it', async () => {
    const before = (await engine.run(SCHEDULE)).calls.length;
    await engine.comment(issue, 'Nice work!\n> /session start core');
    const ran = await engine.run(SCHEDULE);
    expect(ran.writes).toEqual([]);
    expect(ran.calls).toHaveLength(before);
    await engine.comment(issue, '/session help', 'rita');
    const roles = (await engine.run(SCHEDULE)).calls.filter((call) =>
      call.path.endsWith('/collaborators/rita/permission'),
    );
    // Each of the two jobs looks for itself.
    expect(roles).toHaveLength(2);
  });
});
