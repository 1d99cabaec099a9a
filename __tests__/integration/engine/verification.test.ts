import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { REPO, TYPES } from '../../support/engine-repository.ts';
import {
  begin,
  checksOn,
  escalations,
  implement,
  merge,
  refsOf,
  reportFile,
  saidOn,
  verdictOn,
  type Session,
} from '../../support/engine-story.ts';
import {
  commandNotFound,
  green,
  nothing,
  resultOf,
  typeError,
  type Verifier,
} from '../../support/verification-results.ts';

const STATE = 'createCommitOnBranch sessionwright-state';

const FORGED: readonly (readonly [Verifier, string])[] = [
  [
    (run) => resultOf({ ...run, sha: 'f'.repeat(40) }),
    'It is not of what the verify job was to run.',
  ],
  [(run) => ({ ...resultOf(run), module: 'auth' }), 'It is not of what the verify job was to run.'],
  [
    (run) => ({ ...resultOf(run), commands: resultOf(run).commands.slice(1) }),
    'The result of `typecheck` is missing.',
  ],
  [
    (run) => ({
      ...resultOf(run),
      commands: resultOf(run).commands.flatMap((one) => [one, { ...one, id: 'extra' }]),
    }),
    'The result holds commands that were not planned.',
  ],
  [
    (run) => ({ ...resultOf(run), kind: 'gates', module: null }),
    'It is not of what the verify job was to run.',
  ],
];

describe('the verification of a head', () => {
  let engine: Engine;
  let core: Session;
  beforeEach(async () => {
    engine = await startEngine();
    core = await begin(engine, 'core');
  });
  afterEach(() => engine.close());

  /** Without running the workflow. */
  async function pushWork(text: string): Promise<string> {
    const report = await reportFile(engine, 'core');
    return engine.push(core.branch, { 'src/core/Core.ts': text, ...report });
  }

  it('runs nothing for the head that holds only our document', async () => {
    const ran = await engine.run(engine.latest('pull_request', 'opened'));
    expect(ran).toMatchObject({ planned: [], writes: [] });
  });

  it('turns green into review, a successful check and one comment', async () => {
    const { sha, ran } = await implement(engine, core);
    expect(ran).toHaveLength(1);
    expect(ran[0]?.planned).toMatchObject([
      { kind: 'verification', sha, module: 'core', pullRequest: core.pull },
    ]);
    expect(ran[0]?.writes).toEqual([
      'createCheckRun + addComment',
      STATE,
      'updateIssue + removeLabelsFromLabelable + addLabelsToLabelable',
    ]);
    expect(verdictOn(engine, sha)).toBe('success');
    expect(saidOn(engine, core.pull)).toHaveLength(1);
    expect(saidOn(engine, core.pull)[0]).toContain('### Verification: Passed');
    expect((await engine.state())['core']).toMatchObject({
      status: 'review',
      filesModified: expect.arrayContaining(['src/core/Core.ts']),
      $session: { headSha: sha, failedHeads: [] },
    });
    expect((await engine.log()).at(-1)).toBe('core: in-progress → review (attempt 1)');
    expect((await engine.run(engine.latest('pull_request', 'synchronize'))).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('turns red into a failed check with annotations, and keeps its one comment up to date', async () => {
    const first = await implement(engine, core, { text: 'broken\n', verify: typeError() });
    expect(first.ran[0]?.writes).toEqual(['createCheckRun + addComment', STATE]);
    const [check] = checksOn(engine, first.sha);
    expect(check?.conclusion).toBe('failure');
    expect(check?.annotations).toMatchObject([
      { path: 'src/core/Core.ts', startLine: 7, level: 'failure' },
    ]);
    expect((await engine.state())['core']?.$session.failedHeads).toHaveLength(1);
    const second = await implement(engine, core, { text: 'better\n', verify: typeError('Other.') });
    expect(second.ran[0]?.writes).toEqual(['createCheckRun + updateIssueComment', STATE]);
    expect(saidOn(engine, core.pull)).toHaveLength(1);
    expect(saidOn(engine, core.pull)[0]).toContain('self-fix 2 of 5');
    await implement(engine, core, { text: 'right\n' });
    expect(saidOn(engine, core.pull)).toHaveLength(1);
    expect(saidOn(engine, core.pull)[0]).toContain('Passed');
    expect((await engine.state())['core']?.status).toBe('review');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('takes a module back from review when a new head is not green', async () => {
    await implement(engine, core);
    await implement(engine, core, { text: 'broken\n', verify: typeError() });
    expect((await engine.state())['core']).toMatchObject({
      status: 'in-progress',
      completedAt: null,
    });
    expect((await engine.log()).at(-1)).toBe('core: review → in-progress (attempt 1)');
  });

  it('counts missing deliverables and an edited specification as failures, though every command passed', async () => {
    const sha = await engine.push(core.branch, { 'src/other.ts': '', [TYPES]: 'export {};\n' });
    await engine.deliver();
    expect(verdictOn(engine, sha)).toBe('failure');
    expect(saidOn(engine, core.pull)[0]).toContain('src/core/Core.ts');
    expect(saidOn(engine, core.pull)[0]).toContain('The spec pack is read-only for a session');
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });

  it('does not blame a session that was brought up to date for what others changed on the base', async () => {
    await implement(engine, core);
    await engine.push('main', { '.github/CODEOWNERS': '* @alice\n' });
    const { rest } = engine.user('alice');
    const { data } = await rest.repos.merge({ ...REPO, base: core.branch, head: 'main' });
    await engine.deliver();
    expect(verdictOn(engine, data.sha)).toBe('success');
  });

  it('changes nothing for a result whose head moved on, and verifies the new head in its own run', async () => {
    const old = await pushWork('old\n');
    const event = engine.latest('pull_request', 'synchronize');
    const before = await engine.state();
    const stale: Verifier = (run) => resultOf({ ...run, sha: old });
    await pushWork('new\n');
    const ran = await engine.run(event, { verify: stale });
    expect(ran.log.join('\n')).toContain('It is not of what the verify job was to run.');
    expect(await engine.state()).toEqual(before);
    expect(verdictOn(engine, old)).toBe('none');
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('review');
  });

  it('does not take a result of anything but exactly what was planned', async () => {
    const sha = await pushWork('new\n');
    const push = engine.latest('pull_request', 'synchronize');
    const before = await engine.state();
    for (const [verify, why] of FORGED) {
      const ran = await engine.run(push, { verify });
      expect(ran.log.join('\n')).toContain(`The verify job's result was not used. ${why}`);
      expect(await engine.state()).toEqual(before);
    }
    for (const verification of ['garbage', 'x'.repeat(300_000), 'gz:AAAA', '{"version":2}']) {
      const ran = await engine.run(push, { verification });
      expect(ran.log.join('\n')).toContain("The verify job's result was not used.");
      expect(await engine.state()).toEqual(before);
    }
    expect(verdictOn(engine, sha)).not.toBe('success');
  });

  it('does not take a result that one session’s code hands on for another session', async () => {
    await implement(engine, core);
    await merge(engine, core);
    await engine.deliver();
    const [auth, library] = [await begin(engine, 'auth'), await begin(engine, 'library')];
    const victim = await engine.push(library.branch, { 'src/library/Library.ts': 'bad\n' });
    await engine.push(auth.branch, { 'src/auth/Auth.ts': 'evil\n' });
    const forged: Verifier = (run) => ({ ...resultOf(run), sha: victim, module: 'library' });
    const push = engine.latest('pull_request', 'synchronize');
    const ran = await engine.run(push, { verify: forged });
    expect(ran.planned).toMatchObject([{ module: 'auth' }]);
    expect(ran.log.join('\n')).toContain('It is not of what the verify job was to run.');
    expect((await engine.state())['library']?.status).toBe('in-progress');
    expect(verdictOn(engine, victim)).toBe('none');
  });

  it('starts the verification anew, and twice more, when the verify job handed nothing on', async () => {
    const sha = await pushWork('new\n');
    const ran = await engine.deliver({ verify: nothing });
    const dispatch = 'POST /repos/{owner}/{repo}/actions/workflows/{id}/dispatches';
    expect(ran.map((one) => one.writes)).toEqual([
      [dispatch],
      ['createCheckRun + addComment', STATE, dispatch],
      ['updateCheckRun + updateIssueComment', STATE, dispatch],
      ['updateCheckRun + updateIssueComment'],
    ]);
    expect(checksOn(engine, sha)).toMatchObject([
      { conclusion: 'failure', output: { title: 'Could not verify (infrastructure)' } },
    ]);
    expect((await engine.state())['core']).toMatchObject({
      status: 'in-progress',
      $session: { failedHeads: [] },
    });
  });

  it('goes on when the dispatched run can verify', async () => {
    await pushWork('new\n');
    let tries = 0;
    await engine.deliver({
      verify: (run) => {
        tries += 1;
        return tries === 1 ? null : green(run);
      },
    });
    expect((await engine.state())['core']?.status).toBe('review');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('spends nothing on a failure of the infrastructure, and runs it again twice', async () => {
    const { sha, ran } = await implement(engine, core, { verify: commandNotFound });
    expect(ran.flatMap((one) => one.planned).map((run) => run.sha)).toEqual([sha, sha, sha]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    expect(checksOn(engine, sha)[0]?.output.title).toBe('Could not verify (infrastructure)');
    expect((await engine.state())['core']).toMatchObject({
      status: 'in-progress',
      $session: { failedHeads: [] },
    });
    await engine.run(engine.latest('pull_request', 'synchronize'), { verify: green });
    expect(verdictOn(engine, sha)).toBe('success');
    expect((await engine.state())['core']?.status).toBe('review');
  });

  it('completes a merged green pull request', async () => {
    const { sha } = await implement(engine, core);
    await merge(engine, core);
    const ran = await engine.deliver();
    expect(ran.map((one) => one.writes)).toEqual([
      [STATE, 'updateIssue + removeLabelsFromLabelable + addLabelsToLabelable'],
      [],
    ]);
    expect((await engine.state())['core']).toMatchObject({
      status: 'complete',
      $session: {
        headSha: sha,
        mergeSha: engine.repo.git.branch('main'),
        history: [{ attempt: 1, outcome: 'merged' }],
      },
    });
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('passes through review in one run where the merge came before the verification', async () => {
    await pushWork('new\n');
    await merge(engine, core);
    await engine.run(engine.latest('pull_request', 'closed'));
    expect((await engine.log()).slice(-2)).toEqual([
      'core: in-progress → review (attempt 1)',
      'core: review → complete (attempt 1)',
    ]);
    engine.news();
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('blocks a module that was merged red', async () => {
    await implement(engine, core, { verify: typeError() });
    await merge(engine, core);
    await engine.deliver({ verify: typeError() });
    expect((await engine.state())['core']).toMatchObject({ status: 'blocked' });
    expect(escalations(engine)).toHaveLength(1);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('gives the module back when a person closes the pull request, and says how to go on', async () => {
    await engine
      .user('alice')
      .rest.pulls.update({ ...REPO, pull_number: core.pull, state: 'closed' });
    await engine.deliver();
    expect((await engine.state())['core']).toMatchObject({
      status: 'pending',
      $session: { attempt: 1, request: null, history: [{ outcome: 'closed' }] },
    });
    expect(saidOn(engine, core.pull).at(-1)).toContain('/session retry core');
    const before = refsOf(engine);
    expect((await engine.run(engine.latest('pull_request', 'closed'))).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    expect(refsOf(engine)).toEqual(before);
  });
});
