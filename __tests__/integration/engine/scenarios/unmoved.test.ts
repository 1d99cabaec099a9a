import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../../support/engine.ts';
import { REPO } from '../../../support/engine-repository.ts';
import { SCHEDULE, type Happening } from '../../../support/engine-run.ts';
import {
  checksOn,
  complete,
  escalations,
  implement,
  merge,
  saidOn,
  sessionOf,
} from '../../../support/engine-story.ts';
import {
  commandNotFound,
  missingType,
  nothing,
  typeError,
} from '../../../support/verification-results.ts';
import {
  blocked,
  cancelled,
  closeEscalation,
  escalationOf,
  inReview,
  push,
  reopenEscalation,
  resumed,
  running,
  say,
  setPull,
} from './steps.ts';

const STATE = 'createCommitOnBranch sessionwright-state';
const DISPATCH = 'POST /repos/{owner}/{repo}/actions/workflows/{id}/dispatches';

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  const { writes } = await engine.run(SCHEDULE);
  await engine.close();
  expect(writes).toEqual([]);
});

describe('scenario: a blocked session', () => {
  beforeEach(() => blocked(engine));

  it('scenario: a push to it is verified, shown on its check, and moves nothing', async () => {
    const before = [await engine.state(), await engine.log()];
    for (const [text, verify] of [
      ['better\n', undefined],
      ['worse\n', typeError()],
      ['as bad\n', missingType],
    ] as const) {
      const session = await sessionOf(engine, 'core');
      const { sha, ran } = await implement(engine, session, {
        text,
        ...(verify === undefined ? {} : { verify }),
      });
      expect(ran.map(({ planned }) => planned.length)).toEqual([1]);
      expect(ran[0]?.writes).toEqual(['createCheckRun + updateIssueComment']);
      expect(checksOn(engine, sha)).toMatchObject([{ conclusion: 'action_required' }]);
      expect(checksOn(engine, sha)[0]?.output.summary).toContain(`#${escalationOf(engine)}`);
      const again = await engine.run(engine.latest('pull_request', 'synchronize'));
      expect([again.planned, again.writes]).toEqual([[], []]);
    }
    expect([await engine.state(), await engine.log()]).toEqual(before);
    expect(escalations(engine)).toHaveLength(1);
  });

  it('scenario: a push whose event was lost is verified by the sweep', async () => {
    await push('better\n')(engine);
    engine.news();
    expect((await engine.run(SCHEDULE)).writes).toEqual([DISPATCH]);
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['createCheckRun + updateIssueComment']);
  });

  it('scenario: its merged pull request is noted on the escalation, once', async () => {
    const before = await engine.state();
    const session = await sessionOf(engine, 'core');
    await merge(engine, session);
    const ran = await engine.deliver();
    expect(ran.flatMap(({ writes }) => writes)).toEqual(['addComment']);
    expect(saidOn(engine, escalationOf(engine)).at(-1)).toContain(
      `#${session.pull} of \`core\` was merged`,
    );
    expect(await engine.state()).toEqual(before);
    expect((await engine.run(engine.latest('pull_request', 'closed'))).writes).toEqual([]);
  });

  it('scenario: its merge whose event was lost is noted by the sweep', async () => {
    await merge(engine, await sessionOf(engine, 'core'));
    engine.news();
    expect((await engine.run(SCHEDULE)).writes).toEqual(['addComment']);
  });
});

describe('scenario: an old pull request that is opened again', () => {
  it('scenario: is closed with a pointer to the session that runs', async () => {
    await resumed(engine);
    const { pull } = await sessionOf(engine, 'core');
    const old = (await engine.state())['core']?.$session.history[0]?.pullRequest ?? 0;
    await engine.user('alice').rest.pulls.update({ ...REPO, pull_number: old, state: 'open' });
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['addComment + closePullRequest']);
    expect(engine.issue(old).state).toBe('closed');
    expect(saidOn(engine, old).at(-1)).toContain(`work on in #${pull}`);
    expect((await engine.run(engine.latest('pull_request', 'reopened'))).writes).toEqual([]);
  });

  it('scenario: is closed again where its session was cancelled, which offers a retry', async () => {
    await cancelled(engine);
    const { pull } = await sessionOf(engine, 'core');
    await setPull('open')(engine);
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['addComment + closePullRequest']);
    expect(saidOn(engine, pull).at(-1)).toContain('comment `/session retry core`');
  });

  it('scenario: is closed by the sweep where its event was lost', async () => {
    await cancelled(engine);
    await setPull('open')(engine);
    engine.news();
    expect((await engine.run(SCHEDULE)).writes).toEqual(['addComment + closePullRequest']);
  });
});

describe('scenario: an escalation that is opened again', () => {
  it('scenario: by somebody who may not changes nothing, and says so', async () => {
    await resumed(engine);
    const before = await engine.state();
    await reopenEscalation(engine, 'tom');
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['addComment']);
    expect(saidOn(engine, escalationOf(engine)).at(-1)).toContain('takes the role `write`');
    expect(await engine.state()).toEqual(before);
    await closeEscalation(engine);
    await engine.deliver();
  });

  it('scenario: of a module that is complete changes nothing, and says so', async () => {
    await resumed(engine);
    await implement(engine, await sessionOf(engine, 'core'));
    await merge(engine, await sessionOf(engine, 'core'));
    await engine.deliver();
    const before = await engine.state();
    await reopenEscalation(engine);
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['addComment']);
    expect(saidOn(engine, escalationOf(engine)).at(-1)).toContain('is complete');
    expect(await engine.state()).toEqual(before);
    expect((await engine.run(engine.latest('issues', 'reopened'))).writes).toEqual([]);
  });

  it('scenario: and closed again re-arms the module once more', async () => {
    await resumed(engine);
    await reopenEscalation(engine);
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('blocked');
    await closeEscalation(engine);
    await engine.deliver();
    expect(await engine.state()).toMatchObject({
      core: { status: 'in-progress', $session: { attempt: 3 } },
    });
  });
});

describe('scenario: /session verify', () => {
  it('scenario: starts the verification on the session’s own branch, which turns the head green', async () => {
    await running(engine);
    const session = await sessionOf(engine, 'core');
    const { sha } = await implement(engine, session, { verify: commandNotFound });
    await say('/session verify')(engine);
    const [asked, verified] = await engine.deliver();
    expect(asked?.planned).toEqual([]);
    expect(asked?.writes).toEqual(['createCheckRun + addComment + addReaction', DISPATCH]);
    expect(verified?.planned).toMatchObject([{ kind: 'verification', sha }]);
    expect(verified?.writes).toEqual([
      'updateCheckRun + updateIssueComment',
      STATE,
      'updateIssue + removeLabelsFromLabelable + addLabelsToLabelable',
    ]);
    expect(checksOn(engine, sha).at(-1)?.conclusion).toBe('success');
    expect((await engine.state())['core']?.status).toBe('review');
    expect((await engine.run(engine.latest('issue_comment'))).writes).toEqual([]);
  });

  it('scenario: of a head that is green already brings its check up to date and moves nothing', async () => {
    await inReview(engine);
    const before = [await engine.state(), await engine.log()];
    await say('/session verify')(engine);
    const [, verified] = await engine.deliver();
    expect(verified?.writes).toEqual(['updateCheckRun']);
    expect([await engine.state(), await engine.log()]).toEqual(before);
  });

  it('scenario: whose run died before it could start anything is started by the sweep', async () => {
    await inReview(engine);
    await say('/session verify')(engine);
    const undo = engine.sim.intercept({
      before: (call) => {
        if (call.path.endsWith('/dispatches')) throw new Error('The process died.');
        return undefined;
      },
    });
    await expect(engine.deliver()).rejects.toThrow();
    undo();
    expect((await engine.run(SCHEDULE)).writes).toEqual([DISPATCH]);
    const [verified] = await engine.deliver();
    expect(verified?.writes).toEqual(['updateCheckRun']);
  });

  it('scenario: of a blocked session shows what it came to and moves nothing', async () => {
    await blocked(engine);
    const before = await engine.state();
    await say('/session verify')(engine);
    const [asked, verified] = await engine.deliver();
    expect(asked?.writes).toEqual(['createCheckRun + addComment + addReaction', DISPATCH]);
    expect(verified?.writes).toEqual(['updateCheckRun + updateIssueComment']);
    expect(await engine.state()).toEqual(before);
  });
});

describe('scenario: commands', () => {
  it('scenario: several in one comment are answered together', async () => {
    await running(engine);
    const { pull } = await sessionOf(engine, 'core');
    await engine.comment(pull, '/session status\n/session cancel\n\n/session retyr');
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual([
      STATE,
      'addComment + addReaction + closePullRequest + updateIssue + removeLabelsFromLabelable',
    ]);
    const said = saidOn(engine, pull);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('🔵 `core` is in progress.');
    expect(said[0]).toContain('Attempt 1 at `core` is cancelled');
    expect(said[0]).toContain('Did you mean `/session retry`?');
    expect((await engine.run(engine.latest('issue_comment'))).writes).toEqual([]);
  });

  it('scenario: the same words in another comment are another wish', async () => {
    await running(engine);
    for (const attempt of [2, 3]) {
      await engine.comment(await engine.openIssue('Again'), '/session retry core');
      await engine.deliver();
      expect((await engine.state())['core']?.$session.attempt).toBe(attempt);
    }
    const issue = await engine.openIssue('Once more');
    await engine.comment(issue, '/session retry core');
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['addComment + addReaction']);
    expect(saidOn(engine, issue)[0]).toContain('is the last one');
  });

  it('scenario: an edited or deleted comment is not obeyed', async () => {
    await running(engine);
    await say('/session cancel')(engine);
    const created = engine.latest('issue_comment', 'created');
    const [comment] = engine.issue((await sessionOf(engine, 'core')).pull).comments.slice(-1);
    const { rest } = engine.user('alice');
    await rest.issues.updateComment({ ...REPO, comment_id: comment?.id ?? 0, body: 'Hm.' });
    const edited = await engine.run(engine.latest('issue_comment', 'edited'));
    expect(edited.calls).toEqual([]);
    await rest.issues.deleteComment({ ...REPO, comment_id: comment?.id ?? 0 });
    expect((await engine.run(created)).writes).toEqual([]);
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });

  it('scenario: a bot is obeyed only if the config lists it', async () => {
    await running(engine);
    const { pull } = await sessionOf(engine, 'core');
    const token = engine.sim.createAppToken('claude', 'acme/app', { 'pull-requests': 'write' });
    const { rest } = (await import('../../../support/engine-git.ts')).client(engine.sim, token);
    await rest.issues.createComment({ ...REPO, issue_number: pull, body: '/session cancel' });
    const [refused] = await engine.deliver();
    expect(refused?.writes).toEqual(['addComment + addReaction']);
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });

  it('scenario: nobody is looked up twice in a run', async () => {
    await blocked(engine);
    const escalation = escalationOf(engine);
    await closeEscalation(engine);
    engine.news();
    await engine.comment(escalation, '/session status', 'paula');
    const [ran] = await engine.deliver();
    const asked = ran?.calls.filter((call) => call.path.endsWith('/permission')) ?? [];
    expect(asked).toHaveLength(2);
  });
});

describe('scenario: a merge group', () => {
  it('scenario: without a session is green at once, and once', async () => {
    await running(engine);
    const group = await queued(99, 'A feature (#99)');
    const ran = await engine.run(group.happening);
    expect([ran.planned, ran.writes]).toEqual([[], ['createCheckRun']]);
    expect(checksOn(engine, group.sha)).toMatchObject([
      { conclusion: 'success', output: { title: 'Not a session' } },
    ]);
    expect((await engine.run(group.happening)).writes).toEqual([]);
  });

  it('scenario: with a verified session is verified as merged, and once where it is green', async () => {
    await inReview(engine);
    const { pull } = await sessionOf(engine, 'core');
    const group = await queued(99, `Session: Core (attempt 1 of 3) (#${pull})`);
    const ran = await engine.run(group.happening);
    expect(ran.planned).toMatchObject([{ kind: 'group', sha: group.sha }]);
    expect(ran.writes).toEqual(['createCheckRun']);
    expect(checksOn(engine, group.sha)).toMatchObject([
      { conclusion: 'success', output: { title: '1 session verified together' } },
    ]);
    expect(await engine.run(group.happening)).toMatchObject({ planned: [], writes: [] });
  });

  it('scenario: that infrastructure kept from being judged says so, and starts no run', async () => {
    await inReview(engine);
    const { pull } = await sessionOf(engine, 'core');
    const group = await queued(pull, 'Anything');
    const ran = await engine.run(group.happening, { verify: commandNotFound });
    expect(ran.writes).toEqual(['createCheckRun']);
    const [check] = checksOn(engine, group.sha);
    expect(check).toMatchObject({
      conclusion: 'failure',
      output: { title: 'Could not verify (infrastructure)' },
    });
    expect(check?.output.text).toContain('Infrastructure: ');
  });

  it('scenario: whose sessions pass alone and not together is red', async () => {
    await inReview(engine);
    const { pull } = await sessionOf(engine, 'core');
    const group = await queued(pull, 'Anything');
    const moved = (await engine.state())['core'];
    await engine.run(group.happening, { verify: typeError() });
    const [check] = checksOn(engine, group.sha);
    expect(check).toMatchObject({
      conclusion: 'failure',
      output: { title: '1 command failed on what is merged' },
    });
    expect((await engine.state())['core']).toEqual(moved);
    await engine.run(group.happening, { verify: nothing });
    expect(checksOn(engine, group.sha)).toMatchObject([{ conclusion: 'failure' }]);
  });

  it('scenario: of a queue that rebases is known by the document', async () => {
    await running(engine);
    const path = 'orchestration-docs/session-core-1.md';
    const group = await queued(99, 'Anything', { [path]: '# A document\n' });
    await engine.run(group.happening);
    expect(checksOn(engine, group.sha)).toMatchObject([
      { output: { title: '1 session not verified' } },
    ]);
  });

  it('scenario: with a session that is not verified is red, until it is', async () => {
    await running(engine);
    const session = await sessionOf(engine, 'core');
    const group = await queued(session.pull, 'Anything');
    expect((await engine.run(group.happening)).writes).toEqual(['createCheckRun']);
    expect(checksOn(engine, group.sha)).toMatchObject([
      { conclusion: 'failure', output: { title: '1 session not verified' } },
    ]);
    await implement(engine, session);
    expect((await engine.run(group.happening)).writes).toEqual(['updateCheckRun']);
    expect(checksOn(engine, group.sha)).toMatchObject([{ conclusion: 'success' }]);
  });

  it('scenario: holds none of the sessions that were merged before it', async () => {
    await complete(engine, 'core');
    const group = await queued(99, 'A feature (#99)');
    expect((await engine.run(group.happening)).writes).toEqual(['createCheckRun']);
    expect(checksOn(engine, group.sha)).toMatchObject([{ output: { title: 'Not a session' } }]);
  });

  /** A group as the queue makes it: a branch of its own, one commit ahead of the base. */
  async function queued(
    pull: number,
    message: string,
    files: Readonly<Record<string, string>> = { 'queued.txt': `${message}\n` },
  ): Promise<{ readonly sha: string; readonly happening: Happening }> {
    const base = engine.repo.git.branch('main') ?? '';
    const branch = `gh-readonly-queue/main/pr-${pull}-${base}`;
    const sha = await engine.push(branch, files, { message });
    engine.news();
    const group = { head_sha: sha, head_ref: `refs/heads/${branch}`, base_sha: base };
    const sender = { login: 'alice', type: 'User' };
    const payload = { action: 'checks_requested', merge_group: group, sender };
    return { sha, happening: { name: 'merge_group', payload } };
  }
});
