import { ApiError, validationFailed } from '../errors.ts';
import { emitPull } from '../events.ts';
import type { Scene } from '../events.ts';
import type { PullIssue, PullRequest, Repository } from '../model.ts';
import { isPull } from '../present/pull.ts';
import { ACTIONS_APP } from '../world.ts';
import { record } from './timeline.ts';

export interface PullDraft {
  readonly title: string;
  readonly body: string | null;
  /** `branch` or `owner:branch`. */
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
}

const RESOURCE = 'PullRequest';

function custom(message: string): ApiError {
  return validationFailed({ resource: RESOURCE, code: 'custom', message });
}

/** The branch a `head` names; heads of forks are not simulated. */
function headBranch(repo: Repository, head: string): string | null {
  const colon = head.indexOf(':');
  if (colon < 0) return head;
  const own = head.slice(0, colon).toLowerCase() === repo.owner.login.toLowerCase();
  return own ? head.slice(colon + 1) : null;
}

/** Checked before anything else: the setting of the repository, not a permission of the token. */
function demandPullCreation({ repo, actor }: Scene): void {
  if (actor.kind !== 'installation' || actor.app.id !== ACTIONS_APP.id) return;
  if (repo.settings.actionsMayCreatePullRequests) return;
  throw new ApiError(403, 'GitHub Actions is not permitted to create or approve pull requests.');
}

/** The pull request that `draft` would open, checked as GitHub checks it. */
export async function preparePull(scene: Scene, draft: PullDraft): Promise<PullRequest> {
  const { world, repo } = scene;
  demandPullCreation(scene);
  const baseSha = repo.git.branch(draft.base);
  const headRef = headBranch(repo, draft.head);
  const headSha = headRef === null ? null : repo.git.branch(headRef);
  if (headRef === null || headSha === null) {
    throw validationFailed({ resource: RESOURCE, field: 'head', code: 'invalid' });
  }
  if (baseSha === null) {
    throw validationFailed({ resource: RESOURCE, field: 'base', code: 'invalid' });
  }
  if (findOpen(repo, headRef, draft.base) !== undefined) {
    throw custom(`A pull request already exists for ${repo.owner.login}:${headRef}.`);
  }
  await demandCommits(repo, draft.base, baseSha, headRef, headSha);
  const merge = { mergedAt: null, mergedBy: null, mergeCommitSha: null };
  const ends = { headRef, headSha, baseRef: draft.base, baseSha };
  return { id: world.nextId(), draft: draft.draft, ...ends, ...merge };
}

function findOpen(repo: Repository, head: string, base: string): PullIssue | undefined {
  const pulls = [...repo.issues.values()].filter(isPull);
  return pulls.find(
    ({ state, pull }) => state === 'open' && pull.headRef === head && pull.baseRef === base,
  );
}

async function demandCommits(
  repo: Repository,
  base: string,
  baseSha: string,
  head: string,
  headSha: string,
): Promise<void> {
  if (await repo.git.history.isAncestor(headSha, baseSha)) {
    throw custom(`No commits between ${base} and ${head}`);
  }
  if ((await repo.git.history.mergeBase(baseSha, headSha)) === null) {
    throw custom(`The ${head} branch has no history in common with ${base}`);
  }
}

/** Makes `refs/pull/N/head` readable and tells everybody. */
export async function announcePull(scene: Scene, issue: PullIssue): Promise<void> {
  const ref = `refs/pull/${String(issue.number)}/head`;
  await scene.repo.git.updateRefs([{ ref, before: null, after: issue.pull.headSha }]);
  await emitPull(scene, issue, 'opened');
}

/** A merged pull request, or one whose branch is gone or has another open one, stays closed. */
export async function reopenPull(scene: Scene, issue: PullIssue): Promise<void> {
  const { repo } = scene;
  const { headRef, baseRef, mergedAt } = issue.pull;
  const head = repo.git.branch(headRef);
  if (mergedAt !== null) throw stuck('The pull request cannot be reopened.');
  if (head === null) throw stuck(`The ${headRef} branch has been deleted.`);
  if (findOpen(repo, headRef, baseRef) !== undefined) {
    throw stuck(`There is already an open pull request from ${headRef} to ${baseRef}.`);
  }
  issue.state = 'open';
  issue.closedAt = null;
  issue.closedBy = null;
  issue.pull.headSha = head;
  issue.updatedAt = scene.world.now();
  record(scene, issue, { event: 'reopened' });
  await emitPull(scene, issue, 'reopened');
}

function stuck(why: string): ApiError {
  const message = `state cannot be changed. ${why}`;
  return validationFailed({ resource: RESOURCE, code: 'invalid', field: 'state', message });
}
