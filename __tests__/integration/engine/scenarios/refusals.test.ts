import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STATUSES, type Status } from '../../../../src/domain/implementation-state.ts';
import { startEngine, type Engine } from '../../../support/engine.ts';
import { SCHEDULE } from '../../../support/engine-run.ts';
import { saidOn } from '../../../support/engine-story.ts';
import { REFUSALS } from './refusals.ts';
import { blocked, completed, inReview, running } from './steps.ts';

const REACHED: Readonly<Record<Status, (engine: Engine) => Promise<unknown>>> = {
  pending: (engine) => engine.openIssue('Nothing yet'),
  'in-progress': running,
  review: inReview,
  complete: completed,
  blocked,
};

describe.each(STATUSES)('scenario: of a module that is %s', (status) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
    await REACHED[status](engine);
    engine.news();
  });
  afterAll(() => engine.close());

  it.each(
    REFUSALS.filter((refusal) => refusal.status === status).map(
      (refusal) => [refusal.command, refusal] as const,
    ),
  )('scenario: /session %s is refused, told why, and changes nothing', async (command, refusal) => {
    const before = [await engine.state(), await engine.log()];
    const issue = await engine.openIssue('About it');
    const words = refusal.words === undefined ? '' : ` ${refusal.words}`;
    await engine.comment(issue, `/session ${command} core${words}`, 'adam');
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['addComment + addReaction']);
    expect(saidOn(engine, issue)).toEqual([expect.stringContaining(refusal.told)]);
    expect(saidOn(engine, issue)[0]).toMatch(/Nothing was changed/u);
    const [comment] = engine.issue(issue).comments;
    expect(comment?.reactions.map(({ content }) => content)).toEqual(['confused']);
    expect([await engine.state(), await engine.log()]).toEqual(before);
    expect((await engine.run(engine.latest('issue_comment'))).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  if (status === 'pending') return;

  it('scenario: a label that asks for it is refused, told why, and changes nothing', async () => {
    const before = await engine.state();
    const issue = await engine.openIssue('Build core', ['session:core']);
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['removeLabelsFromLabelable + addComment']);
    expect(saidOn(engine, issue)[0]).toContain('Nothing was changed');
    expect(await engine.state()).toEqual(before);
  });

  it('scenario: a trailer and a dispatch that name it are refused in the run’s own words', async () => {
    const before = await engine.state();
    const message = 'Go\n\nStart-Session: core';
    await engine.push('main', { [`${status}.txt`]: 'a\n' }, { message });
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual([]);
    expect(ran?.log.join('\n')).toContain('Nothing was changed');
    expect(ran?.outputs['decision']).toContain('refuse a request: already');
    expect(await engine.state()).toEqual(before);
  });
});
