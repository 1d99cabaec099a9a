import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { PROMPTS, REPO } from '../../support/engine-repository.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import {
  begin,
  checksOn,
  complete,
  escalations,
  saidOn,
  type Session,
} from '../../support/engine-story.ts';
import { blocked } from './scenarios/steps.ts';

/** One more than a page holds, and one more than ten do. */
const COUNTS = [101, 1001];

describe('more than a page of', () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await startEngine({ rateLimits: { user: 10_000 } });
  });
  afterEach(() => engine.close());

  it.each(COUNTS)(
    'issues under our label, %i: an escalation is found behind them',
    async (count) => {
      await blocked(engine);
      const known = (await engine.state())['core']?.$session.escalation;
      await forgetEscalation();
      const { rest } = engine.user('alice');
      for (let at = 0; at < count; at += 1) {
        await rest.issues.create({ ...REPO, title: `Issue ${at}`, labels: ['sessionwright'] });
      }
      engine.news();
      await engine.run(SCHEDULE);
      expect((await engine.state())['core']?.$session.escalation).toBe(known);
      expect(escalations(engine)).toHaveLength(1);
    },
    60_000,
  );

  it.each(COUNTS)(
    'comments, %i: the answer that is kept up to date is found before them',
    async (count) => {
      const issue = await engine.openIssue('Build auth', ['session:auth']);
      await engine.deliver();
      expect(saidOn(engine, issue)).toEqual([expect.stringContaining('waits')]);
      for (let at = 0; at < count; at += 1) await engine.comment(issue, `And ${at}.`);
      engine.news();
      await complete(engine, 'core');
      expect((await engine.state())['auth']?.status).toBe('in-progress');
      const said = saidOn(engine, issue);
      expect(said.filter((text) => text.includes('waits'))).toEqual([]);
      expect(said).toHaveLength(2);
    },
    60_000,
  );

  it.each(COUNTS)(
    'changed files, %i: the one that must not be touched is found among the last',
    async (count) => {
      const core = await begin(engine, 'core');
      const files = Array.from(
        { length: count },
        (_, at) => [`a/${at}.ts`, 'export {};\n'] as const,
      );
      const sha = await touchSpecPack(core, Object.fromEntries(files));
      const [check] = checksOn(engine, sha);
      expect(check?.conclusion).not.toBe('success');
      expect(check?.output.summary).toContain(PROMPTS);
    },
    60_000,
  );

  /** As if the run had died once it had made the issue. */
  async function forgetEscalation(): Promise<void> {
    const state = await engine.state();
    const { core } = state;
    const cut = { ...core, $session: { ...core?.$session, escalation: null } };
    const text = JSON.stringify({ ...state, core: cut });
    await engine.push('sessionwright-state', { 'implementation-state.json': text });
  }

  async function touchSpecPack(
    { branch }: Session,
    files: Readonly<Record<string, string>>,
  ): Promise<string> {
    const sha = await engine.push(branch, { ...files, [PROMPTS]: 'Mine.\n' });
    await engine.deliver();
    return sha;
  }
});
