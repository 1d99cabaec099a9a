import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { configFile, REPO, SHARED_TYPES, TYPES } from '../../support/engine-repository.ts';
import {
  begin,
  closeIssue,
  implement,
  reportFile,
  saidOn,
  sessionOf,
  type Session,
} from '../../support/engine-story.ts';
import { typeError } from '../../support/verification-results.ts';

const CONTINUE = configFile({ top: 'retry: continue\n' });
const CLAIM = JSON.stringify({ core: { status: 'blocked', blockedReason: 'A type is missing.' } });

describe('retry: continue', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  /** The first attempt works, halts and is answered on the base; the second one begins. */
  async function continued(change: Readonly<Record<string, string>>): Promise<{
    readonly first: Session;
    readonly second: Session;
    readonly lastHead: string;
  }> {
    engine = await startEngine({ config: CONTINUE });
    const first = await begin(engine, 'core');
    await implement(engine, first, { text: 'half\n', verify: typeError() });
    const claims = { 'orchestration-docs/claims/core-1.json': CLAIM };
    const lastHead = await engine.push(first.branch, {
      ...claims,
      'implementation-state.json': CLAIM,
    });
    await engine.deliver({ verify: typeError() });
    await engine.push('main', change);
    await engine.deliver();
    await closeIssue(engine, (await engine.state())['core']?.$session.escalation ?? 0);
    await engine.deliver();
    return { first, second: await sessionOf(engine, 'core'), lastHead };
  }

  it('begins at the last attempt’s head with the base merged in, and is not halted by what that one claimed', async () => {
    const types = SHARED_TYPES.replace('name:', 'title:');
    const { first, second, lastHead } = await continued({ [TYPES]: types });
    expect(second.branch).toBe('session/core-2');
    expect(await engine.file(second.branch, 'src/core/Core.ts')).toBe('half\n');
    expect(await engine.file(second.branch, TYPES)).toBe(types);
    expect(await engine.file(second.branch, 'orchestration-docs/session-core-2.md')).toContain('#');
    expect(engine.repo.git.branch(first.branch)).toBe(lastHead);
    expect(saidOn(engine, second.pull)).toEqual([
      `This branch goes on from attempt 1 at \`core\`, at \`${lastHead.slice(0, 7)}\`, with \`main\` merged in. Next: mend what the document tells of that attempt.`,
    ]);
    expect(saidOn(engine, first.pull).join('\n')).toContain(`work on in #${second.pull}`);
    const { writes } = await engine.run(SCHEDULE);
    expect(writes).toEqual([]);
    expect((await engine.state())['core']).toMatchObject({
      status: 'in-progress',
      $session: { attempt: 2, headSha: engine.repo.git.branch(second.branch) },
    });
  });

  it('becomes green with what both attempts wrote, the earlier one’s documents among it', async () => {
    const { second } = await continued({ 'README.md': '# New\n' });
    const gone = { 'implementation-state.json': null };
    await engine.push(second.branch, { ...gone, ...(await reportFile(engine, 'core')) });
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('review');
  });

  it('says so where the base conflicts with it, and leaves the merge to the coder', async () => {
    const { second, lastHead } = await continued({ 'src/core/Core.ts': 'another\n' });
    expect(saidOn(engine, second.pull)).toEqual([
      expect.stringContaining('It conflicts with `main`'),
    ]);
    expect(await engine.file(second.branch, 'src/core/Core.ts')).toBe('half\n');
    const tip = await engine.repo.git.objects.commit(engine.repo.git.branch(second.branch) ?? '');
    expect(tip?.parents).toEqual([lastHead]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is taken up by the next run where the one that began it died before the pull request', async () => {
    engine = await startEngine({ config: CONTINUE });
    const first = await begin(engine, 'core');
    await implement(engine, first, { text: 'half\n', verify: typeError() });
    await engine.push('main', { 'README.md': '# New\n' });
    await engine.deliver();
    await engine.comment(first.pull, '/session retry');
    const undo = engine.sim.intercept({
      before: ({ method, path }) => {
        if (method === 'POST' && path.endsWith('/pulls')) throw new Error('The process died.');
        return undefined;
      },
    });
    await expect(engine.run(engine.latest('issue_comment'))).rejects.toThrow();
    undo();
    const tip = engine.repo.git.branch('session/core-2');
    await engine.run(SCHEDULE);
    const second = await sessionOf(engine, 'core');
    expect(engine.repo.git.branch(second.branch)).toBe(tip);
    expect((await engine.state())['core']?.$session.headSha).toBe(tip);
    expect(saidOn(engine, second.pull)).toHaveLength(1);
    const pulls = await engine.user('alice').rest.pulls.list({ ...REPO, state: 'open' });
    expect(pulls.data.map((pull) => pull.number)).toEqual([second.pull]);
  });

  it('has nothing to continue from in a first attempt', async () => {
    engine = await startEngine({ config: CONTINUE });
    const { pull } = await begin(engine, 'core');
    expect(saidOn(engine, pull)).toEqual([]);
    expect((await engine.state())['core']?.$session).not.toHaveProperty('continues');
  });
});
