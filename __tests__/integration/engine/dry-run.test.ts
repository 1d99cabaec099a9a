import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { configFile, REPO } from '../../support/engine-repository.ts';
import { SCHEDULE, type Happening } from '../../support/engine-run.ts';
import {
  begin,
  closeIssue,
  escalations,
  implement,
  merge,
  refsOf,
} from '../../support/engine-story.ts';
import { missingType } from '../../support/verification-results.ts';

/** What somebody does, and the event that it comes as, one for each trigger. */
const TRIGGERS: readonly (readonly [string, string, (engine: Engine) => Promise<Happening>])[] = [
  [
    'a label',
    'start core',
    async (engine) => {
      await engine.openIssue('Build it', ['session:core']);
      return engine.latest('issues', 'labeled');
    },
  ],
  [
    'a comment',
    'start core',
    async (engine) => {
      await engine.comment(await engine.openIssue('Build it'), '/session start core');
      return engine.latest('issue_comment', 'created');
    },
  ],
  [
    'a push to the base',
    'start core',
    async (engine) => {
      const message = 'Go\n\nStart-Session: core';
      await engine.push('main', { 'a.txt': 'a' }, { message });
      return engine.latest('push');
    },
  ],
  [
    'a dispatch',
    'start core',
    async (engine) => {
      const inputs = { module: 'core' };
      await engine.user('alice').rest.actions.createWorkflowDispatch({
        ...REPO,
        workflow_id: 'sessions.yml',
        ref: 'main',
        inputs,
      });
      return engine.latest('workflow_dispatch');
    },
  ],
  [
    'a pull request',
    'core: in-progress → complete',
    async (engine) => {
      const core = await begin(engine, 'core');
      await engine.push('main', {
        '.github/sessionwright.yml': configFile({ top: 'on-unverified-merge: accept\n' }),
      });
      await engine.deliver();
      await engine.push(core.branch, { 'a.txt': 'a' });
      await merge(engine, core);
      return engine.latest('pull_request', 'closed');
    },
  ],
  [
    'an issue',
    'core: blocked → pending',
    async (engine) => {
      await implement(engine, await begin(engine, 'core'), { verify: missingType });
      await closeIssue(engine, escalations(engine)[0]?.number ?? 0);
      return engine.latest('issues', 'closed');
    },
  ],
  [
    'the schedule',
    'start core',
    async (engine) => {
      await engine.openIssue('Build it', ['session:core']);
      return SCHEDULE;
    },
  ],
  [
    'a merge group',
    'report the check on the merge group',
    async (engine) => {
      const { sha } = await implement(engine, await begin(engine, 'core'));
      const baseSha = engine.repo.git.branch('main') ?? '';
      const group = {
        head_sha: sha,
        head_ref: 'refs/heads/gh-readonly-queue/main/pr-2-x',
        base_sha: baseSha,
      };
      const sender = { login: 'alice', type: 'User' };
      const payload = { action: 'checks_requested', merge_group: group, sender };
      return { name: 'merge_group', payload };
    },
  ],
];

describe('a dry run', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  it.each(TRIGGERS)(
    'woken by %s tells its plan as text and as JSON, and writes nothing',
    async (_, due, cause) => {
      engine = await startEngine();
      const happening = await cause(engine);
      const refs = refsOf(engine);
      const ran = await engine.run(happening, { dryRun: true });
      expect(ran.writes).toEqual([]);
      expect(refsOf(engine)).toEqual(refs);
      expect(ran.summary).toContain('dry run, nothing was changed');
      expect(ran.log).toContainEqual(expect.stringMatching(new RegExp(`^Would do: ${due}`, 'u')));
      const plan: unknown = JSON.parse(ran.log.at(-1) ?? '');
      expect(plan).toMatchObject({ version: 1 });
      expect(JSON.stringify(plan)).toContain(due);
      const shown = /```json\n([\s\S]*?)\n```/u.exec(ran.summary)?.[1] ?? '';
      expect(JSON.parse(shown)).toEqual(plan);
      expect(JSON.parse(ran.outputs['decision'] ?? '')).toContainEqual(
        expect.stringContaining(due),
      );
    },
  );

  it('of what has nothing to do says so', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const { log, writes } = await engine.run(SCHEDULE, { dryRun: true });
    expect(writes).toEqual([]);
    expect(JSON.parse(log.at(-1) ?? '')).toEqual({ version: 1, steps: [], runs: [] });
  });
});
