import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { PROMPTS, PROMPTS_TEXT } from '../../support/engine-repository.ts';
import { begin, sessionOf } from '../../support/engine-story.ts';
import { letTimePass } from './scenarios/steps.ts';

const HANDOFF = 'spec-pack/context-handoff/core.md';
const SECOND_TEXT = PROMPTS_TEXT.replace('Emit every', 'Emit and log every');
const THIRD_TEXT = SECOND_TEXT.replace('## Prompt 2', 'Never twice.\n\n## Prompt 2');

describe('what the next document says of a specification that changed', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  async function updatesOfSecond(): Promise<readonly string[]> {
    const { branch } = await sessionOf(engine, 'core');
    expect(branch).toBe('session/core-2');
    const document = await engine.file(branch, 'orchestration-docs/session-core-2.md');
    const [, list = ''] = document?.split('### Spec Updates Since Last Attempt\n\n') ?? [];
    return (list.split('\n\n')[0] ?? '').split('\n');
  }

  async function change(files: Readonly<Record<string, string>>): Promise<string> {
    const sha = await engine.push('main', files);
    await engine.deliver();
    return sha;
  }

  it('counts its lines after a session that timed out', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    await change({ [PROMPTS]: SECOND_TEXT, [HANDOFF]: '# Context Handoff: core\n' });
    await letTimePass(engine);
    await engine.run(SCHEDULE);
    expect(await updatesOfSecond()).toEqual([
      expect.stringContaining('- Implementation prompt changed (+1 −1 lines), [compare]'),
      expect.stringContaining('- Context handoff changed (−2 lines), [compare]'),
    ]);
  });

  it('counts from the text that was acknowledged, and compares with its commit', async () => {
    engine = await startEngine();
    const { pull } = await begin(engine, 'core');
    const acknowledged = await change({ [PROMPTS]: SECOND_TEXT });
    await engine.comment(pull, '/session ack-spec');
    await engine.deliver();
    const last = await change({ [PROMPTS]: THIRD_TEXT });
    await engine.comment(pull, '/session retry');
    await engine.deliver();
    const updates = await updatesOfSecond();
    expect(updates).toEqual([
      expect.stringContaining('- Implementation prompt changed (+2 lines), [compare]'),
    ]);
    expect(updates[0]).toContain(`${acknowledged}...${last}`);
  });
});
