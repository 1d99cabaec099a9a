import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE, type Ran } from '../../support/engine-run.ts';
import { configFile, REPO } from '../../support/engine-repository.ts';
import {
  begin,
  checksOn,
  complete,
  dashboardOf,
  escalations,
  implement,
  merge,
  saidOn,
  type Session,
} from '../../support/engine-story.ts';
import { missingType } from '../../support/verification-results.ts';

const CONFIG = '.github/sessionwright.yml';
const RENAMED = configFile({
  modules: 'modules:\n  heart: { name: Heart, prompt: 1, types: [IEvent] }\n',
});
const HELD = 'Not in the config any more';

describe('a module that was taken out of the config', () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await startEngine();
  });
  afterEach(() => engine.close());

  /** Writes the config and runs the workflow for it. */
  async function configure(text: string): Promise<readonly Ran[]> {
    await engine.push('main', { [CONFIG]: text });
    return engine.deliver();
  }

  function lastCheck(sha: string) {
    const { status, conclusion, output } = checksOn(engine, sha).at(-1) ?? {};
    return { status, conclusion, title: output?.title };
  }

  async function say(pull: number, body: string): Promise<void> {
    await engine.comment(pull, body);
    await engine.deliver();
  }

  describe('while its session runs', () => {
    let core: Session;
    let before: unknown;
    beforeEach(async () => {
      core = await begin(engine, 'core');
      before = (await engine.state())['core'];
    });

    it('is kept as it is and told, once, on its pull request, the dashboard and the job’s page', async () => {
      const [ran] = await configure(RENAMED);
      expect((await engine.state())['core']).toEqual(before);
      expect(saidOn(engine, core.pull)).toEqual([
        expect.stringContaining('`core` is not in the config any more'),
      ]);
      expect(engine.issue(dashboardOf(engine)).body).toContain('### No longer in the config');
      expect(ran?.summary).toContain('core is not in the config any more');
      expect(ran?.outputs['decision']).toContain('core is not in the config any more');
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    });

    it('does not pass the check, on the head that is there and on the next one', async () => {
      await configure(RENAMED);
      const first = await engine.file(core.branch, 'README.md');
      expect(first).not.toBeNull();
      const { sha, ran } = await implement(engine, core);
      expect(ran.flatMap(({ planned }) => planned)).toEqual([]);
      expect(lastCheck(sha)).toEqual({
        status: 'completed',
        conclusion: 'action_required',
        title: HELD,
      });
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    });

    it('goes on where it comes back: the head that came meanwhile is verified', async () => {
      await configure(RENAMED);
      const { sha } = await implement(engine, core);
      await configure(configFile());
      expect((await engine.state())['core']?.status).toBe('review');
      expect(lastCheck(sha).conclusion).toBe('success');
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    });

    it('waits for its coder again where it comes back untouched', async () => {
      await configure(RENAMED);
      await configure(configFile());
      const sha = (await engine.state())['core']?.$session.headSha ?? '';
      expect(lastCheck(sha)).toMatchObject({ status: 'queued', conclusion: null });
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    });

    it('is given back by /session cancel, wherever it is said, and its pull request closed', async () => {
      await configure(RENAMED);
      const issue = await engine.openIssue('About it');
      await say(issue, '/session cancel core');
      expect((await engine.state())['core']).toMatchObject({ status: 'pending' });
      expect((await engine.log()).at(-1)).toBe('core: in-progress → pending (attempt 1 cancelled)');
      expect(engine.issue(core.pull).state).toBe('closed');
      expect(saidOn(engine, issue)).toEqual([expect.stringContaining('`core` is let go')]);
      expect(engine.issue(dashboardOf(engine)).body).not.toContain('No longer in the config');
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    });

    it('is given back where somebody closes its pull request', async () => {
      await configure(RENAMED);
      const closed = { ...REPO, pull_number: core.pull, state: 'closed' } as const;
      await engine.user('alice').rest.pulls.update(closed);
      await engine.deliver();
      expect((await engine.log()).at(-1)).toBe('core: in-progress → pending (attempt 1 closed)');
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    });

    it('can be asked for nothing else, and says what would help', async () => {
      await configure(RENAMED);
      await say(core.pull, '/session verify');
      await say(core.pull, '/session retry');
      expect(saidOn(engine, core.pull).slice(1)).toEqual([
        expect.stringContaining('`/session cancel core`'),
        expect.stringContaining('`/session cancel core`'),
      ]);
      const issue = await engine.openIssue('Build core', ['session:core']);
      await engine.deliver();
      expect(saidOn(engine, issue)).toEqual([
        expect.stringContaining('is not in the config any more'),
      ]);
      expect((await engine.state())['core']).toEqual(before);
    });

    it('takes no place from the modules that are there', async () => {
      const handoff = { 'spec-pack/context-handoff/heart.md': '# Context Handoff: heart\n' };
      await engine.push('main', handoff);
      await configure(RENAMED.replace('version: 1\n', 'version: 1\nparallel-sessions: 1\n'));
      await begin(engine, 'heart');
      expect((await engine.state())['heart']?.status).toBe('in-progress');
    });
  });

  it('loses its green check in review, has it again where it comes back, and is then merged', async () => {
    const core = await begin(engine, 'core');
    const { sha } = await implement(engine, core);
    await configure(RENAMED);
    expect(lastCheck(sha)).toMatchObject({ conclusion: 'action_required', title: HELD });
    await configure(configFile());
    expect(lastCheck(sha).conclusion).toBe('success');
    expect((await engine.state())['core']?.status).toBe('review');
    await merge(engine, core);
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('complete');
  });

  it('is complete where its verified head is merged all the same', async () => {
    const core = await begin(engine, 'core');
    await implement(engine, core);
    await configure(RENAMED);
    await merge(engine, core);
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('complete');
    expect(engine.issue(dashboardOf(engine)).body).not.toContain('No longer in the config');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is told on its escalation where it is blocked, and let go by /session cancel there', async () => {
    await implement(engine, await begin(engine, 'core'), { verify: missingType });
    const [escalation] = escalations(engine);
    const number = escalation?.number ?? 0;
    await configure(RENAMED);
    expect(saidOn(engine, number)).toEqual([
      expect.stringContaining('`core` is not in the config any more'),
    ]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    await say(number, '/session cancel');
    expect((await engine.log()).at(-1)).toBe('core: blocked → pending (attempt 1 let go)');
    expect(engine.issue(number).state).toBe('closed');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('goes on being blocked where it comes back', async () => {
    await implement(engine, await begin(engine, 'core'), { verify: missingType });
    const before = (await engine.state())['core'];
    await configure(RENAMED);
    await configure(configFile());
    expect((await engine.state())['core']).toEqual(before);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('waits with its request, visibly, and starts where it comes back', async () => {
    await begin(engine, 'core');
    const issue = await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    await configure(
      configFile({ modules: 'modules:\n  core: { name: Core, prompt: 1, types: [IEvent] }\n' }),
    );
    expect(saidOn(engine, issue)).toEqual([
      expect.stringContaining('`auth` is not in the config any more'),
    ]);
    await configure(configFile());
    expect(saidOn(engine, issue)).toEqual([expect.stringContaining('waits')]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is told where its request waited that it is let go, wherever that was said', async () => {
    const issue = await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    await configure(
      configFile({ modules: 'modules:\n  core: { name: Core, prompt: 1, types: [IEvent] }\n' }),
    );
    const elsewhere = await engine.openIssue('Decide');
    await engine.comment(elsewhere, '/session cancel auth');
    const writes = (await engine.deliver()).flatMap((ran) => ran.writes);
    expect(saidOn(engine, issue)).toEqual([expect.stringContaining('`auth` is let go')]);
    // A run that dies in between says it again.
    expect(writes.slice(0, 2)).toEqual([
      'updateIssueComment',
      'createCommitOnBranch sessionwright-state',
    ]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('says nothing where it is complete', async () => {
    await complete(engine, 'core');
    const ran = await configure(RENAMED);
    expect(ran.flatMap(({ outputs }) => outputs['decision'])).toEqual(['[]']);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
