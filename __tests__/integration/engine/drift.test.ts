import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { PROMPTS, PROMPTS_TEXT, SHARED_TYPES, TYPES } from '../../support/engine-repository.ts';
import { begin, saidOn } from '../../support/engine-story.ts';

const NEW_TEXT = PROMPTS_TEXT.replace('Emit every', 'Emit and log every');

describe('a specification that changes under a session', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  /** What is said of the drift on a pull request. */
  function toldOn(pull: number): readonly string[] {
    return saidOn(engine, pull).filter((text) => text.startsWith('The specification of'));
  }

  it('is told once on its pull request, kept up to date, and settled by /session ack-spec', async () => {
    engine = await startEngine();
    const { pull } = await begin(engine, 'core');
    const before = await engine.state();
    await engine.push('main', { [PROMPTS]: NEW_TEXT });
    await engine.deliver();
    expect(toldOn(pull)).toEqual([expect.stringContaining('- Implementation prompt changed')]);
    expect(await engine.state()).toEqual(before);
    await engine.push('main', { 'README.md': '# Another\n' });
    expect((await engine.deliver()).flatMap((ran) => ran.writes)).toEqual([]);
    await engine.push('main', { [TYPES]: SHARED_TYPES.replace('name:', 'title:') });
    await engine.deliver();
    expect(toldOn(pull)).toEqual([expect.stringContaining('- Shared type `IEvent` changed')]);
    await engine.comment(pull, '/session ack-spec');
    await engine.deliver();
    expect(toldOn(pull)).toEqual([expect.stringContaining('that is settled')]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is told by the sweep where its push was lost, and only to the session concerned', async () => {
    engine = await startEngine();
    const { pull } = await begin(engine, 'core');
    await engine.push('main', { [PROMPTS]: PROMPTS_TEXT.replace('Keep an', 'Keep one') });
    await engine.run(SCHEDULE);
    expect(toldOn(pull)).toEqual([]);
    await engine.push('main', { [PROMPTS]: NEW_TEXT });
    const { writes } = await engine.run(SCHEDULE);
    expect(writes).toHaveLength(1);
    expect(toldOn(pull)).toHaveLength(1);
  });

  it('is told once, and settled, though more comments than are read came after it', async () => {
    engine = await startEngine();
    const { pull } = await begin(engine, 'core');
    await engine.push('main', { [PROMPTS]: NEW_TEXT });
    await engine.deliver();
    for (let talk = 1; talk <= 60; talk += 1) await engine.comment(pull, `Talk ${talk}`);
    engine.news();
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    await engine.push('main', { [TYPES]: SHARED_TYPES.replace('name:', 'title:') });
    expect((await engine.run(SCHEDULE)).writes).toEqual(['updateIssueComment']);
    expect(toldOn(pull)).toEqual([expect.stringContaining('- Shared type `IEvent` changed')]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    await engine.comment(pull, '/session ack-spec');
    await engine.deliver();
    expect(toldOn(pull)).toEqual([expect.stringContaining('that is settled')]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
