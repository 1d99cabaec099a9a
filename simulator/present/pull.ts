import type { Issue, PullIssue, Repository } from '../model.ts';
import { nodeId } from '../world.ts';
import type { World } from '../world.ts';
import { presentAccount } from './account.ts';
import type { Schemas } from './account.ts';
import { associationOf, issuePage, presentLabel } from './issue.ts';
import { presentRepository, repositoryUrl } from './repository.ts';

export function isPull(issue: Issue): issue is PullIssue {
  return issue.pull !== null;
}

/** What the three-dot diff starts from: the base's tip, or where it stood when the PR was closed. */
export async function mergeBaseOf(repo: Repository, issue: PullIssue): Promise<string> {
  const { pull } = issue;
  const tip = issue.state === 'open' ? repo.git.branch(pull.baseRef) : null;
  const base = tip ?? pull.baseSha;
  return (await repo.git.history.mergeBase(base, pull.headSha)) ?? base;
}

/** Whether it merges without conflict; null for a closed one, which nobody asks any more. */
export async function mergeable(repo: Repository, issue: PullIssue): Promise<boolean | null> {
  if (issue.state === 'closed') return null;
  const base = repo.git.branch(issue.pull.baseRef);
  if (base === null) return false;
  return 'tree' in (await repo.git.history.mergeTree(base, issue.pull.headSha));
}

function mergeableState(merges: boolean | null): string {
  if (merges === null) return 'unknown';
  return merges ? 'clean' : 'dirty';
}

function links(url: string, issueUrl: string, page: string, statuses: string) {
  return {
    self: { href: url },
    html: { href: page },
    issue: { href: issueUrl },
    comments: { href: `${issueUrl}/comments` },
    review_comments: { href: `${url}/comments` },
    review_comment: { href: `${url}/comments{/number}` },
    commits: { href: `${url}/commits` },
    statuses: { href: statuses },
  };
}

function addresses(world: World, repo: Repository, issue: PullIssue) {
  const root = repositoryUrl(world, repo);
  const url = `${root}/pulls/${String(issue.number)}`;
  const issueUrl = `${root}/issues/${String(issue.number)}`;
  const page = issuePage(world, repo, issue);
  const statuses = `${root}/statuses/${issue.pull.headSha}`;
  return {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${url}/comments{/number}`,
    comments_url: `${issueUrl}/comments`,
    statuses_url: statuses,
    _links: links(url, issueUrl, page, statuses),
  };
}

function side(world: World, repo: Repository, ref: string, sha: string) {
  const user = presentAccount(world, repo.owner);
  const label = `${repo.owner.login}:${ref}`;
  return { label, ref, sha, user, repo: presentRepository(world, repo) };
}

/** The part a list and a single pull request share. */
function common(world: World, repo: Repository, issue: PullIssue) {
  const { pull } = issue;
  const assignees = issue.assignees.map((account) => presentAccount(world, account));
  return {
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    ...addresses(world, repo, issue),
    number: issue.number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: presentAccount(world, issue.author),
    body: issue.body,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: [],
    requested_teams: [],
    milestone: null,
    draft: pull.draft,
    head: side(world, repo, pull.headRef, pull.headSha),
    base: side(world, repo, pull.baseRef, pull.baseSha),
    author_association: associationOf(repo, issue.author.login),
    auto_merge: null,
    active_lock_reason: null,
  };
}

export function presentPullSimple(
  world: World,
  repo: Repository,
  issue: PullIssue,
): Schemas['pull-request-simple'] {
  const labels = issue.labels.map((label) => presentLabel(world, repo, label));
  return {
    ...common(world, repo, issue),
    labels: labels.map((label) => ({ ...label, description: label.description ?? '' })),
  };
}

export async function presentPull(
  world: World,
  repo: Repository,
  issue: PullIssue,
): Promise<Schemas['pull-request']> {
  const { pull } = issue;
  const base = await mergeBaseOf(repo, issue);
  const files = await repo.git.history.diff(base, pull.headSha);
  const { ahead } = await repo.git.history.aheadBehind(base, pull.headSha);
  const merges = await mergeable(repo, issue);
  return {
    ...common(world, repo, issue),
    labels: issue.labels.map((label) => presentLabel(world, repo, label)),
    merged: pull.mergedAt !== null,
    mergeable: merges,
    rebaseable: merges,
    mergeable_state: mergeableState(merges),
    merged_by: pull.mergedBy === null ? null : presentAccount(world, pull.mergedBy),
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: ahead,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}
