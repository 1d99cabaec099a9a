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
  const adam = engine.user('adam');
  const { data } = await adam.rest.git.createCommit({
    ...REPO,
    message: 'mine',
    tree,
    parents: [],
  });
  return data.sha;
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
