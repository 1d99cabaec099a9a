import { emitPull } from '../events.ts';
import type { Scene } from '../events.ts';
import type { RefChange } from '../git/git-store.ts';
import type { PullIssue, Repository } from '../model.ts';
import { isPull } from '../present/pull.ts';
import { announceMerged, closeWithoutMerge, setMerged } from './pull-states.ts';

function openPulls(repo: Repository): readonly PullIssue[] {
  const all = [...repo.issues.values()].filter(isPull);
  return all.filter((issue) => issue.state === 'open');
}

/** Makes the open pull requests from and into a branch follow its move. */
export async function followBranch(scene: Scene, change: RefChange): Promise<void> {
  if (!change.ref.startsWith('refs/heads/')) return;
  const branch = change.ref.slice('refs/heads/'.length);
  for (const issue of openPulls(scene.repo)) {
    if (issue.pull.headRef === branch) await followHead(scene, issue, change);
    else if (issue.pull.baseRef === branch) await followBase(scene, issue, change);
  }
}

async function followHead(scene: Scene, issue: PullIssue, change: RefChange): Promise<void> {
  const { repo } = scene;
  const { pull } = issue;
  if (change.after === null) return closeWithoutMerge(scene, issue);
  const ref = `refs/pull/${String(issue.number)}/head`;
  const before = repo.git.refs.get(ref) ?? null;
  await repo.git.updateRefs([{ ref, before, after: change.after }]);
  pull.headSha = change.after;
  pull.baseSha = repo.git.branch(pull.baseRef) ?? pull.baseSha;
  issue.updatedAt = scene.world.now();
  await emitPull(scene, issue, 'synchronize', { before: change.before, after: change.after });
  // A head without commits of its own has nothing left to merge, and GitHub closes it.
  if (await repo.git.history.isAncestor(change.after, pull.baseSha)) {
    await closeWithoutMerge(scene, issue);
  }
}

async function followBase(scene: Scene, issue: PullIssue, change: RefChange): Promise<void> {
  if (change.after === null) return closeWithoutMerge(scene, issue);
  const { pull } = issue;
  if (!(await scene.repo.git.history.isAncestor(pull.headSha, change.after))) return;
  const before = change.before ?? pull.baseSha;
  const mergeCommit = await mergeCommitOf(scene.repo, issue, before, change.after);
  setMerged(scene, issue, before, mergeCommit);
  await announceMerged(scene, issue);
}

/** The merge that brought the head in, or the head itself where the base was fast-forwarded. */
async function mergeCommitOf(
  repo: Repository,
  issue: PullIssue,
  before: string,
  tip: string,
): Promise<string> {
  const { history } = repo.git;
  const head = issue.pull.headSha;
  const commits = await history.commits(await history.log(tip, { exclude: before }));
  return commits.find((commit) => commit.parents.slice(1).includes(head))?.oid ?? head;
}
