import { ApiError } from '../errors.ts';
import type { Scene } from '../events.ts';
import type { Commit } from '../git/objects.ts';
import type { PullIssue } from '../model.ts';
import { writeCommit } from './commits.ts';
import { announceMerged, setMerged } from './pull-states.ts';
import { changeOf, moveRefs } from './refs.ts';

type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface MergeRequest {
  readonly method: MergeMethod;
  readonly title: string | null;
  readonly message: string | null;
  /** The head the caller saw; any other is 409. */
  readonly sha: string | null;
}

const NOT_MERGEABLE = 'Pull Request is not mergeable';

function refuse(): never {
  throw new ApiError(405, NOT_MERGEABLE);
}

/** Merges into the base as it is now and returns the new tip; the pull request is closed as merged. */
export async function mergePull(
  scene: Scene,
  issue: PullIssue,
  request: MergeRequest,
): Promise<string> {
  const { repo } = scene;
  const { pull } = issue;
  const base = repo.git.branch(pull.baseRef);
  if (issue.state === 'closed' || base === null || pull.draft) refuse();
  if (request.sha !== null && request.sha !== pull.headSha) {
    throw new ApiError(409, 'Head branch was modified. Review and try the merge again.');
  }
  const tip = await mergedTip(scene, issue, base, request);
  await moveRefs(scene, [changeOf(repo, `refs/heads/${pull.baseRef}`, tip)], () => {
    setMerged(scene, issue, base, tip);
  });
  await announceMerged(scene, issue);
  return tip;
}

async function mergedTip(
  scene: Scene,
  issue: PullIssue,
  base: string,
  request: MergeRequest,
): Promise<string> {
  if (request.method === 'rebase') return rebase(scene, base, issue.pull.headSha);
  const merged = await scene.repo.git.history.mergeTree(base, issue.pull.headSha);
  if (!('tree' in merged)) refuse();
  const squash = request.method === 'squash';
  const parents = squash ? [base] : [base, issue.pull.headSha];
  const message = squash ? squashMessage(issue, request) : mergeMessage(scene, issue, request);
  return writeCommit(scene, { tree: merged.tree, parents, message });
}

/** Merges a commit into a branch: the merge's SHA, or null where the branch holds the commit already. */
export async function mergeIntoBranch(
  scene: Scene,
  branch: string,
  head: string,
  message: string | null,
): Promise<string | null> {
  const { repo } = scene;
  const tip = repo.git.branch(branch);
  if (tip === null) throw new ApiError(404, 'Base does not exist');
  const commit = await repo.git.commitOf(head);
  if (commit === null) throw new ApiError(404, 'Head does not exist');
  if (await repo.git.history.isAncestor(commit, tip)) return null;
  const merged = await repo.git.history.mergeTree(tip, commit);
  if (!('tree' in merged)) throw new ApiError(409, 'Merge conflict');
  const written = { message: message ?? `Merge ${head} into ${branch}`, tree: merged.tree };
  const sha = await writeCommit(scene, { ...written, parents: [tip, commit] });
  await moveRefs(scene, [changeOf(repo, `refs/heads/${branch}`, sha)]);
  return sha;
}

function mergeMessage(scene: Scene, issue: PullIssue, request: MergeRequest): string {
  const from = `${scene.repo.owner.login}/${issue.pull.headRef}`;
  const title = request.title ?? `Merge pull request #${String(issue.number)} from ${from}`;
  return join(title, request.message ?? issue.title);
}

function squashMessage(issue: PullIssue, request: MergeRequest): string {
  const title = request.title ?? `${issue.title} (#${String(issue.number)})`;
  return join(title, request.message ?? '');
}

function join(title: string, message: string): string {
  return message === '' ? title : `${title}\n\n${message}`;
}

async function rebase(scene: Scene, base: string, head: string): Promise<string> {
  const { history } = scene.repo.git;
  const commits = await history.commits(await history.log(head, { exclude: base }));
  let tip = base;
  for (const commit of [...commits].reverse()) {
    if (commit.parents.length > 1) continue;
    tip = await replay(scene, tip, commit);
  }
  return tip;
}

async function replay(scene: Scene, tip: string, commit: Commit): Promise<string> {
  const picked = await scene.repo.git.history.pickTree(tip, commit);
  if (!('tree' in picked)) refuse();
  const { message, author } = commit;
  const date = scene.world.now();
  const committer = { name: 'GitHub', email: 'noreply@github.com', date };
  return writeCommit(scene, { message, author, committer, tree: picked.tree, parents: [tip] });
}
