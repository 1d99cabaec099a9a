import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CheckRun, Comment, Issue, Repository } from '../../simulator/model.ts';
import { STATE_BRANCH } from '../support/engine-git.ts';
import { Explorer } from './explore.ts';
import type { Place } from './player.ts';
import { scenarioNamed } from './scenarios.ts';

/** What an engine would leave behind that did something twice, or lost it. */
const TAMPERINGS: readonly (readonly [string, (repo: Repository) => unknown])[] = [
  ['a comment that is there twice', (repo) => double(commented(repo).comments)],
  ['an escalation that is there twice', doubleIssue],
  ['an issue that is closed', (repo) => (escalationOf(repo).state = 'closed')],
  ['an escalation without one of its labels', (repo) => escalationOf(repo).labels.pop()],
  ['a check run that is there twice', doubleCheck],
  ['a check run that never ended', (repo) => (checkOf(repo).status = 'in_progress')],
  ['a transition that the log does not tell', (repo) => rewriteState(repo, 'log')],
  ['a transition that is in neither log nor state', (repo) => rewriteState(repo, 'both')],
  ['a branch that nobody asked for', addBranch],
];

describe('what the explorer holds worlds against sees', () => {
  let explorer: Explorer;
  beforeAll(async () => {
    explorer = await Explorer.prepare(scenarioNamed('halt'));
  });
  afterAll(() => explorer.close());

  async function tampered(tamper: (repo: Repository) => unknown): Promise<Place> {
    explorer.player.goTo(explorer.whole.end);
    await tamper(explorer.player.engine.repo);
    return explorer.player.placeAt({ due: [], calls: 0, sweeps: 0 });
  }

  it('nothing where nothing is amiss', async () => {
    const place = await tampered(() => undefined);
    expect(await explorer.differences(place, [])).toEqual([]);
    expect(await explorer.player.isQuiet(place)).toBe(true);
    expect(place.key).toBe(explorer.whole.end.key);
  });

  it.each(TAMPERINGS)('%s', async (_, tamper) => {
    const place = await tampered(tamper);
    expect(await explorer.differences(place, [])).not.toEqual([]);
    expect(await explorer.differences(place, ['a job died'])).not.toEqual([]);
    expect(place.key).not.toBe(explorer.whole.end.key);
  });

  it('a last run that writes', async () => {
    const place = await tampered((repo) => (dashboardOf(repo).body = '<!-- nothing -->'));
    expect(await explorer.player.isQuiet(place)).toBe(false);
  });
});

function double(all: Comment[]): void {
  all.push(...all.slice(-1).map((one) => ({ ...one })));
}

function found<T>(all: Iterable<T>, isIt: (one: T) => boolean): T {
  for (const one of all) if (isIt(one)) return one;
  throw new Error('The world has nothing of the kind.');
}

function commented(repo: Repository): Issue {
  return found(repo.issues.values(), ({ comments }) => comments.length > 0);
}

function escalationOf(repo: Repository): Issue {
  return found(
    repo.issues.values(),
    ({ body }) => body?.includes('sessionwright:escalation') === true,
  );
}

function dashboardOf(repo: Repository): Issue {
  return found(
    repo.issues.values(),
    ({ body }) => body?.includes('sessionwright:dashboard') === true,
  );
}

function doubleIssue(repo: Repository): void {
  const number = Math.max(...repo.issues.keys()) + 1;
  repo.issues.set(number, { ...escalationOf(repo), number });
}

function checkOf(repo: Repository): CheckRun {
  return found(repo.checkRuns.values(), ({ name }) => name === 'sessionwright / verification');
}

function doubleCheck(repo: Repository): void {
  const id = Math.max(...repo.checkRuns.keys()) + 1;
  repo.checkRuns.set(id, { ...checkOf(repo), id });
}

/** Puts the state's tip onto its grandparent, or the branch back to where it was before. */
async function rewriteState(repo: Repository, lost: 'log' | 'both'): Promise<void> {
  const { git } = repo;
  const tip = await git.objects.commit(git.branch(STATE_BRANCH) ?? '');
  const before = await git.objects.commit(tip?.parents[0] ?? '');
  if (tip === null || before === null) throw new Error('The state has no history.');
  const after =
    lost === 'both'
      ? before.oid
      : await git.objects.writeCommit({ ...tip, parents: before.parents });
  await git.updateRefs([{ ref: `refs/heads/${STATE_BRANCH}`, before: tip.oid, after }]);
}

async function addBranch({ git }: Repository): Promise<void> {
  const ref = 'refs/heads/session/core-9';
  await git.updateRefs([{ ref, before: null, after: git.branch('main') }]);
}
