import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import {
  begin,
  dashboardOf,
  escalations,
  implement,
  openIssues,
  type Session,
} from '../../support/engine-story.ts';
import { missingType } from '../../support/verification-results.ts';

describe('an issue that an admin deleted', () => {
  let engine: Engine;
  let core: Session;
  beforeEach(async () => {
    engine = await startEngine();
    core = await begin(engine, 'core');
  });
  afterEach(() => engine.close());

  it('is made anew where it was the dashboard', async () => {
    engine.repo.issues.delete(dashboardOf(engine));
    await engine.run(SCHEDULE);
    expect(openIssues(engine)).toHaveLength(2);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('does not keep its request from being served', async () => {
    const issue = await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    engine.repo.issues.delete(issue);
    await implement(engine, core);
    expect((await engine.state())['core']?.status).toBe('review');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('does not keep other modules from going on where it was an escalation', async () => {
    await implement(engine, core, { verify: missingType });
    engine.repo.issues.delete(escalations(engine)[0]?.number ?? 0);
    await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    expect((await engine.state())['auth']?.$session.request).not.toBeNull();
  });

  it('is made anew where it was an escalation, since nothing else could clear the module', async () => {
    await implement(engine, core, { verify: missingType });
    const [deleted] = escalations(engine);
    engine.repo.issues.delete(deleted?.number ?? 0);
    await engine.run(SCHEDULE);
    const [again] = escalations(engine);
    expect(again?.title).toBe(deleted?.title);
    expect((await engine.state())['core']?.$session.escalation).toBe(again?.number);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
