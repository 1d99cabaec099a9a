import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { REPO } from '../../support/engine-repository.ts';
import { closeIssue } from '../../support/engine-story.ts';

const STATE_FILE = 'implementation-state.json';
const IMPORTED = { core: { status: 'blocked', blockedReason: 'No type for a token.' } };

describe('a module that the imported state has as blocked, before any session', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  async function escalated(): Promise<number> {
    engine = await startEngine({ files: { [STATE_FILE]: JSON.stringify(IMPORTED) } });
    await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    return (await engine.state())['core']?.$session.escalation ?? 0;
  }

  async function bodyOf(issue: number): Promise<string> {
    const { data } = await engine.user('alice').rest.issues.get({ ...REPO, issue_number: issue });
    return data.body ?? '';
  }

  it('has an escalation that speaks of no session', async () => {
    const issue = await escalated();
    const body = await bodyOf(issue);
    expect(body).toContain('is blocked. It was blocked before its first session, and nothing');
    expect(body).toContain('No type for a token.\n\nSo the implementation state says.');
    expect(body).toContain('## Evidence\n\n- None: there was no session.\n');
    expect(body).toContain('## What was tried\n\nNothing: no attempt was made.\n');
    expect(body).toContain("## The coder's report\n\nNone: there was no session.\n");
    expect(body).toContain('starts again by itself as attempt 1 of 3,');
    // The next run tells the request that waits for it the number of its issue.
    await engine.run(SCHEDULE);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('has that one adopted where the run that opened it died before it could say so', async () => {
    const files = { [STATE_FILE]: JSON.stringify(IMPORTED) };
    engine = await startEngine({ files });
    await engine.openIssue('Build auth', ['session:auth']);
    const undo = engine.sim.intercept({
      before: ({ method, path, body }) => {
        const told = JSON.stringify(body ?? '').includes('core: escalation #');
        if (method !== 'GET' && told) throw new Error(`The process died at ${path}.`);
        return undefined;
      },
    });
    await expect(engine.deliver()).rejects.toThrow();
    undo();
    await engine.run(SCHEDULE);
    const opened = await engine.user('alice').rest.issues.listForRepo({ ...REPO, state: 'open' });
    const titles = opened.data.map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith('Escalation:'))).toHaveLength(1);
  });

  it('tells its first session who cleared it, and how', async () => {
    const issue = await escalated();
    const by = engine.user('paula').rest.issues;
    await by.createComment({ ...REPO, issue_number: issue, body: 'It is `Token`.' });
    await closeIssue(engine, issue, { by: 'paula' });
    await engine.deliver();
    const document = await engine.file('session/core-1', 'orchestration-docs/session-core-1.md');
    expect(document).toContain('### Previous Attempts (if applicable)\n\n| Attempt |');
    expect(document).toMatch(
      /### Blockers Cleared Since Last Attempt\n\n- Escalation \[#\d+\]\(.*\), resolved by `paula`: It is `Token`\.\n/,
    );
  });
});
