import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { configFile } from '../../support/engine-repository.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import {
  begin,
  checksOn,
  escalations,
  implement,
  type Session,
} from '../../support/engine-story.ts';
import { typeError } from '../../support/verification-results.ts';

const STATE = 'createCommitOnBranch sessionwright-state';
const PLANNER = { app: 'planner' };

describe('a repository whose sessions were written under another identity before', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  /** A head that failed under the former identity, and what the next run under the new one writes on the next head. */
  async function failTwice(top: string): Promise<{
    readonly session: Session;
    readonly sha: string;
    readonly writes: readonly string[];
  }> {
    engine = await startEngine({ config: configFile({ top }) });
    const session = await begin(engine, 'core');
    await implement(engine, session, { text: 'a\n', verify: typeError() });
    const sha = await engine.push(session.branch, { 'src/core/Core.ts': 'b\n' });
    const options = { ...PLANNER, verify: typeError('another') };
    const [ran] = await engine.deliver(options);
    return { session, sha, writes: ran?.writes ?? [] };
  }

  it('goes on with what that wrote where the config lists it, and with checks of its own', async () => {
    const { session, sha, writes } = await failTwice("trusted-authors: ['github-actions[bot]']\n");
    expect(writes).toEqual(['createCheckRun + updateIssueComment', STATE]);
    expect(checksOn(engine, sha).map(({ app }) => app.slug)).toEqual(['planner']);
    expect(engine.issue(session.pull).comments).toHaveLength(1);
    expect((await engine.run(SCHEDULE, PLANNER)).writes).toEqual([]);
  });

  it.each([
    ['where it does not', ''],
    ['where it lists a person of nearly that name', 'trusted-authors: [github-actions]\n'],
  ])('takes that for somebody else’s %s', async (_, top) => {
    const { session, writes } = await failTwice(top);
    expect(writes).toEqual(['createCheckRun + addComment', STATE]);
    expect(engine.issue(session.pull).comments.map(({ author }) => author.login)).toEqual([
      'github-actions[bot]',
      'planner[bot]',
    ]);
  });

  it('adopts its open escalation, and not the copy that somebody who is not listed made', async () => {
    engine = await startEngine({
      config: configFile({ top: "trusted-authors: ['github-actions[bot]']\n" }),
    });
    const core = await begin(engine, 'core');
    // A process that died asks nobody any more.
    let isDead = false;
    const undo = engine.sim.intercept({
      before: () => {
        if (isDead) throw new Error('Died.');
        return undefined;
      },
      after: ({ method, route }) => {
        isDead = method === 'POST' && route?.endsWith('/issues') === true;
        if (isDead) throw new Error('Died.');
        return undefined;
      },
    });
    await engine.comment(core.pull, '/session halt spec-ambiguity Unclear.');
    await expect(engine.deliver()).rejects.toThrow();
    undo();
    const [escalation] = escalations(engine);
    const decoy = await engine.openIssue('Decoy', ['sessionwright']);
    await engine.user('alice').rest.issues.update({
      owner: 'acme',
      repo: 'app',
      issue_number: decoy,
      body: escalation?.body ?? '',
    });
    await engine.run(SCHEDULE, PLANNER);
    expect((await engine.state())['core']?.$session.escalation).toBe(escalation?.number);
    expect(escalations(engine)).toHaveLength(1);
  });
});
