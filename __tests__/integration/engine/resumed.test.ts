import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import {
  PROMPTS,
  PROMPTS_TEXT,
  REPO,
  SHARED_TYPES,
  TYPES,
} from '../../support/engine-repository.ts';
import { checksOn, saidOn } from '../../support/engine-story.ts';
import { claimed, cutOffAt, putLabel } from './scenarios/steps.ts';

const DOCUMENT = 'orchestration-docs/session-core-1.md';
const MOVED_TYPES = `// One line more.\n\n${SHARED_TYPES}`;
const MOVED_PROMPTS = PROMPTS_TEXT.replace('Prompt 1: Core', 'Prompt 1: The core');

describe('a session that was claimed by a run that died', () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await startEngine();
  });
  afterEach(() => engine.close());

  async function session() {
    const entry = (await engine.state())['core'];
    const { baseSha, spec, pullRequest } = entry?.$session ?? {};
    return { status: entry?.status, baseSha, spec, pullRequest };
  }

  it('before its branch was there begins at the base as it is now, and its document tells of that alone', async () => {
    await claimed(engine);
    const before = await session();
    const tip = await engine.push('main', { [TYPES]: MOVED_TYPES, [PROMPTS]: MOVED_PROMPTS });
    await engine.run(SCHEDULE);
    const after = await session();
    expect(after).toMatchObject({ status: 'in-progress', baseSha: tip });
    expect(after.pullRequest).not.toBeNull();
    expect(after.spec).not.toEqual(before.spec);
    const document = (await engine.file('session/core-1', DOCUMENT)) ?? '';
    expect(document).toContain('#prompt-1-the-core');
    expect(document).toContain('(lines 3-5)');
    expect(document.match(/[0-9a-f]{40}/gu)?.filter((sha) => sha !== tip)).toEqual([]);
    expect(document).not.toContain(String(before.baseSha).slice(0, 7));
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('after its branch was cut, but before its document, moves both to the base as it is now', async () => {
    await claimed(engine);
    const { baseSha } = await session();
    const ref = { ref: 'refs/heads/session/core-1', sha: String(baseSha) };
    await engine.user('alice').rest.git.createRef({ ...REPO, ...ref });
    const tip = await engine.push('main', { [PROMPTS]: MOVED_PROMPTS });
    await engine.run(SCHEDULE);
    expect(await session()).toMatchObject({ status: 'in-progress', baseSha: tip });
    expect(await engine.file('session/core-1', PROMPTS)).toBe(MOVED_PROMPTS);
    expect(await engine.file('session/core-1', DOCUMENT)).toContain('#prompt-1-the-core');
  });

  it('after its document was there keeps the base that the document tells of', async () => {
    await cutOffAt(engine, /"title":"Session: Core|createPullRequest/u);
    const { baseSha, spec } = await session();
    const document = await engine.file('session/core-1', DOCUMENT);
    await engine.push('main', { [PROMPTS]: '# Prompts\n\n## Prompt 2: Auth\n' });
    await engine.run(SCHEDULE);
    expect(await session()).toMatchObject({ status: 'in-progress', baseSha, spec });
    expect(await engine.file('session/core-1', DOCUMENT)).toBe(document);
    const head = engine.repo.git.branch('session/core-1') ?? '';
    const [gates] = checksOn(engine, head, 'gates');
    expect(gates?.output.summary).toContain(`judged on base \`${String(baseSha)}\``);
    expect(gates?.output.summary).toContain('the document’s Gate Verification tells them');
  });

  it('and whose prompt is gone since waits, and tells where it was asked for what is missing and what clears it', async () => {
    await claimed(engine, putLabel);
    await engine.push('main', { [PROMPTS]: PROMPTS_TEXT.replace('Prompt 1:', 'Prompt:') });
    await engine.run(SCHEDULE);
    expect(await session()).toMatchObject({ status: 'in-progress', pullRequest: null });
    const issue = [...engine.repo.issues.values()].find(({ title }) => title === 'Build core');
    const said = saidOn(engine, issue?.number ?? 0).join('\n');
    expect(said).toContain(`missing: prompt 1 in ${PROMPTS}`);
    expect(said).toContain(`Add prompt 1 in ${PROMPTS} on the base branch`);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    await engine.push('main', { [PROMPTS]: MOVED_PROMPTS });
    await engine.run(SCHEDULE);
    expect((await session()).pullRequest).not.toBeNull();
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
