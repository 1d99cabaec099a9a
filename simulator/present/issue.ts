import type { Comment, Issue, Label, Reaction, Repository, TimelineEvent } from '../model.ts';
import { nodeId } from '../world.ts';
import type { World } from '../world.ts';
import { presentAccount, presentApp } from './account.ts';
import type { Schemas } from './account.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';

/** Node ids of issues and pull requests have prefixes of their own. */
export function issueNodeId(issue: Issue): string {
  return issue.pull === null ? nodeId('I', issue.id) : nodeId('PR', issue.pull.id);
}

export function issuePage(world: World, repo: Repository, issue: Issue): string {
  const kind = issue.pull === null ? 'issues' : 'pull';
  return `${repositoryPage(world, repo)}/${kind}/${String(issue.number)}`;
}

export function presentLabel(world: World, repo: Repository, label: Label): Schemas['label'] {
  return {
    id: label.id,
    node_id: nodeId('LA', label.id),
    url: `${repositoryUrl(world, repo)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

/** https://docs.github.com/graphql/reference/enums#commentauthorassociation */
export function associationOf(repo: Repository, login: string): Schemas['author-association'] {
  if (repo.owner.login.toLowerCase() === login.toLowerCase()) return 'OWNER';
  return repo.collaborators.has(login.toLowerCase()) ? 'COLLABORATOR' : 'NONE';
}

function pullLinks(world: World, repo: Repository, issue: Issue) {
  if (issue.pull === null) return {};
  const page = issuePage(world, repo, issue);
  const url = `${repositoryUrl(world, repo)}/pulls/${String(issue.number)}`;
  const pages = { html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch` };
  return {
    draft: issue.pull.draft,
    pull_request: { url, ...pages, merged_at: issue.pull.mergedAt },
  };
}

export function presentIssue(world: World, repo: Repository, issue: Issue): Schemas['issue'] {
  const url = `${repositoryUrl(world, repo)}/issues/${String(issue.number)}`;
  const assignees = issue.assignees.map((account) => presentAccount(world, account));
  return {
    id: issue.id,
    node_id: issueNodeId(issue),
    url,
    repository_url: repositoryUrl(world, repo),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: issuePage(world, repo, issue),
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.stateReason,
    user: presentAccount(world, issue.author),
    labels: issue.labels.map((label) => presentLabel(world, repo, label)),
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    locked: false,
    active_lock_reason: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedBy === null ? null : presentAccount(world, issue.closedBy),
    author_association: associationOf(repo, issue.author.login),
    performed_via_github_app: issue.app === null ? null : presentApp(world, issue.app),
    reactions: rollup(`${url}/reactions`, []),
    ...pullLinks(world, repo, issue),
  };
}

function rollup(url: string, reactions: readonly Reaction[]): Schemas['reaction-rollup'] {
  const count = (content: Reaction['content']) =>
    reactions.filter((reaction) => reaction.content === content).length;
  return {
    url,
    total_count: reactions.length,
    '+1': count('+1'),
    '-1': count('-1'),
    laugh: count('laugh'),
    hooray: count('hooray'),
    confused: count('confused'),
    heart: count('heart'),
    rocket: count('rocket'),
    eyes: count('eyes'),
  };
}

function commentPage(world: World, repo: Repository, comment: Comment): string {
  const issue = repo.issues.get(comment.issue);
  const page = issue === undefined ? repositoryPage(world, repo) : issuePage(world, repo, issue);
  return `${page}#issuecomment-${String(comment.id)}`;
}

export function presentComment(
  world: World,
  repo: Repository,
  comment: Comment,
): Schemas['issue-comment'] {
  const url = `${repositoryUrl(world, repo)}/issues/comments/${String(comment.id)}`;
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url,
    html_url: commentPage(world, repo, comment),
    issue_url: `${repositoryUrl(world, repo)}/issues/${String(comment.issue)}`,
    body: comment.body,
    user: presentAccount(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(repo, comment.author.login),
    performed_via_github_app: comment.app === null ? null : presentApp(world, comment.app),
    reactions: rollup(`${url}/reactions`, comment.reactions),
  };
}

export function presentReaction(world: World, reaction: Reaction): Schemas['reaction'] {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: presentAccount(world, reaction.account),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

/** One entry of an issue's events, as `GET …/issues/{n}/events` lists them. */
export function presentTimelineEvent(
  world: World,
  repo: Repository,
  event: TimelineEvent,
): Schemas['issue-event'] {
  const commit = event.commit ?? null;
  return {
    id: event.id,
    node_id: nodeId('EV', event.id),
    url: `${repositoryUrl(world, repo)}/issues/events/${String(event.id)}`,
    actor: presentAccount(world, event.actor),
    event: event.event,
    commit_id: commit,
    commit_url: commit === null ? null : `${repositoryUrl(world, repo)}/commits/${commit}`,
    created_at: event.createdAt,
    performed_via_github_app: event.app === null ? null : presentApp(world, event.app),
    ...(event.label && { label: { name: event.label.name, color: event.label.color } }),
    ...(event.assignee && { assignee: presentAccount(world, event.assignee) }),
    ...(event.rename && { rename: event.rename }),
    ...(event.stateReason !== undefined && { state_reason: event.stateReason }),
  };
}
