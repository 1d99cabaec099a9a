import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stateCommitOf, withStateCommit } from '../../../src/documents/dashboard.ts';
import { STATE_BRANCH } from '../../support/engine-git.ts';
import { deleteStateBranch, repair } from '../../support/engine-repair.ts';
import { REPO } from '../../support/engine-repository.ts';
import { failureOf, SCHEDULE, writesOf, type Happening } from '../../support/engine-run.ts';
import { begin, dashboardOf } from '../../support/engine-story.ts';
import { startEngine, type Engine } from '../../support/engine.ts';

let engine: Engine;
let tip: string;
beforeEach(async () => {
  engine = await startEngine();
  await begin(engine, 'core');
  tip = tipNow();
});
afterEach(() => engine.close());

function tipNow(): string {
  return engine.repo.git.branch(STATE_BRANCH) ?? '';
}

async function force(sha: string): Promise<void> {
  await engine
    .user('adam')
    .rest.git.updateRef({ ...REPO, ref: `heads/${STATE_BRANCH}`, sha, force: true });
}

/** The commit before the last one that the dashboard was made from. */
async function earlier(): Promise<string> {
  const commit = await engine.repo.git.objects.commit(recorded() ?? '');
  return commit?.parents[0] ?? '';
}

function recorded(): string | null {
  return stateCommitOf(engine.issue(dashboardOf(engine)).body ?? '');
}

/** A commit of somebody's own with the files of the tip, and nothing before it. */
async function invented(): Promise<string> {
  const { tree } = (await engine.repo.git.objects.commit(tip)) ?? { tree: '' };
  return commitOf(tree);
}

/** One that tells another number of the dashboard, or none. */
function misleading(dashboard: string) {
  return async (): Promise<string> => {
    const path = 'implementation-state.json';
    const text = (await engine.file(STATE_BRANCH, path)) ?? '';
    const content = text.replace(/"dashboard": \d+/u, `"dashboard": ${dashboard}`);
    const blob = { path, mode: '100644', type: 'blob', content } as const;
    const { data } = await engine.user('adam').rest.git.createTree({ ...REPO, tree: [blob] });
    return commitOf(data.sha);
  };
}

async function commitOf(tree: string): Promise<string> {
  const orphan = { message: 'mine', tree, parents: [] };
  return (await engine.user('adam').rest.git.createCommit({ ...REPO, ...orphan })).data.sha;
}

/** What a run says that fails; it must have written nothing. */
async function refusal(play: (happening: Happening) => Promise<unknown>): Promise<string> {
  const from = engine.sim.calls.length;
  const { message, fix } = await failureOf(play(SCHEDULE));
  expect(writesOf(engine.sim.calls.slice(from))).toEqual([]);
  return `${message} ${fix}`;
}

const REWRITINGS: Readonly<Record<string, () => Promise<string>>> = {
  'to an earlier state': earlier,
  'to one of their own that says the same': invented,
  'to one of their own that knows no dashboard': misleading('null'),
  'to one of their own that takes another issue for the dashboard': misleading('1'),
};

describe.each(Object.entries(REWRITINGS))(
  'a state branch that somebody pushed with force %s',
  (_case, rewriting) => {
    it('stops every run before any write, and lets them go on once it is put back', async () => {
      const commit = recorded() ?? '';
      await force(await rewriting());
      const told = await refusal((happening) => engine.orchestrate(happening));
      expect(told).toMatch(/was rewritten.*Nothing was written/su);
      expect(told).toContain(`git push --force origin ${commit}:refs/heads/${STATE_BRANCH}`);
      expect(await refusal((happening) => engine.plan(happening))).toBe(told);
      await force(tip);
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    });

    it('goes on where a repair took it for what counts', async () => {
      await force(await rewriting());
      const line = `history of the state: without ${recorded() ?? ''}, which the dashboard #3 was made from → as it is now`;
      const dry = await repair(engine, true);
      expect(dry).toMatchObject({ written: false, writes: [] });
      expect(dry.differences).toContain(line);
      expect(await repair(engine, false)).toMatchObject({
        written: true,
        differences: dry.differences,
      });
      expect(await repair(engine, false)).toMatchObject({ written: false, differences: [] });
      await engine.run(SCHEDULE);
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    });
  },
);

/** What somebody may do to the dashboard, which is then not where a repair looks for it. */
const HIDINGS: Readonly<Record<string, object>> = {
  'was closed': { state: 'closed' },
  'bears our label no more': { labels: [] },
};

describe.each(Object.entries(HIDINGS))(
  'a state branch that was pushed with force, whose dashboard %s',
  (_case, hiding) => {
    it('goes on where a repair took it for what counts', async () => {
      const dashboard = { ...REPO, issue_number: dashboardOf(engine) };
      await engine.user('adam').rest.issues.update({ ...dashboard, ...hiding });
      await force(await invented());
      await refusal((happening) => engine.orchestrate(happening));
      expect(await repair(engine, false)).toMatchObject({ written: true });
      await engine.run(SCHEDULE);
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    });
  },
);

/** For so long, the branch is shown as it was when it was read first, though all else is up to date. */
function holdBack(milliseconds: number, isCompared: boolean): void {
  const until = engine.time.now() + milliseconds;
  let shown: unknown;
  engine.sim.intercept({
    after: async (call, response) => {
      if (engine.time.now() >= until) return undefined;
      if (isCompared && call.route === COMPARE) return Response.json({}, { status: 404 });
      if (!call.operations.includes('ground')) return undefined;
      const { data } = (await response.json()) as { data: { repository: { state: unknown } } };
      shown ??= data.repository.state;
      return Response.json({ data: { ...data, repository: { ...data.repository, state: shown } } });
    },
  });
}

describe('a state branch that a replica shows as it was before the last run', () => {
  it.each([
    ['in one place', 10_000, false, 'moved between reading and writing'],
    ['everywhere', 25_000, true, 'was rewritten'],
  ])('%s, for %i ms, is read again', async (_where, milliseconds, isCompared, said) => {
    holdBack(milliseconds, isCompared);
    await engine.openIssue('Build auth', ['session:auth']);
    const happening = engine.latest('issues', 'labeled');
    await engine.orchestrate(happening);
    expect(recorded()).not.toBe(tip);
    const { log } = await engine.orchestrate(SCHEDULE);
    expect(log[0]).toMatch(new RegExp(`${said}.*It is read again`, 'u'));
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});

describe('a state branch as runs leave it', () => {
  it('is that of the dashboard at no request, a hundred commits long, and at one beyond', async () => {
    const compared = async () => {
      const { calls } = await engine.orchestrate(SCHEDULE);
      return calls.filter(({ route }) => route === COMPARE).length;
    };
    // The commit after it tells the dashboard's number.
    await lengthen(98);
    expect(await compared()).toBe(0);
    await lengthen(1);
    expect(await compared()).toBe(1);
  });

  it('is looked at where the dashboard says nothing of it', async () => {
    const number = dashboardOf(engine);
    const body = withStateCommit(engine.issue(number).body ?? '', null);
    await engine.user('adam').rest.issues.update({ ...REPO, issue_number: number, body });
    await engine.run(SCHEDULE);
    expect(recorded()).toBe(tipNow());
  });

  it('is told by nobody but us', async () => {
    const decoy = (engine.issue(dashboardOf(engine)).body ?? '').replace(
      /state=\w+/u,
      `state=${'0'.repeat(40)}`,
    );
    await engine.user('adam').rest.issues.create({ ...REPO, title: 'Mine', body: decoy });
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('may be made anew by a repair where it was deleted', async () => {
    await deleteStateBranch(engine);
    expect(await repair(engine, false)).toMatchObject({ written: true });
    await engine.run(SCHEDULE);
    expect(recorded()).toBe(tipNow());
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});

const COMPARE = '/repos/{owner}/{repo}/compare/{basehead+}';

/** Commits of somebody who only adds to it. */
async function lengthen(by: number): Promise<void> {
  for (let made = 0; made < by; made += 1) {
    await engine.push(STATE_BRANCH, { 'note.txt': `${String(made)}\n` });
  }
}
