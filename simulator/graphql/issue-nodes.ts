import type { GraphQLResolveInfo } from 'graphql';

import type { JsonBody } from '../json-body.ts';
import type {
  Comment,
  Issue,
  PullIssue,
  Repository,
  StateReason,
  TimelineEvent,
} from '../model.ts';
import { associationOf, issueNodeId, issuePage, presentComment } from '../present/issue.ts';
import { isPull, mergeable, mergeBaseOf } from '../present/pull.ts';
import { nodeId } from '../world.ts';
import { actorNode, labelNode } from './actors.ts';
import { connection } from './connection.ts';
import type { Context, GraphObject } from './context.ts';
import { commitNode, refNode } from './git-nodes.ts';
import { reactionGroups } from './reactions.ts';

/** An issue or a pull request, whichever it is. */
export function issueNode(context: Context, repo: Repository, issue: Issue): GraphObject {
  if (isPull(issue)) return pullNode(context, repo, issue);
  return {
    __typename: 'Issue',
    ...shared(context, repo, issue),
    state: issue.state.toUpperCase(),
    stateReason: (args: JsonBody) => reasonOf(issue.stateReason, args),
  };
}

/** `DUPLICATE` shows only to those who ask with `enableDuplicate`; to others it is not planned. */
function reasonOf(reason: StateReason | null, args: JsonBody): string | null {
  if (reason === 'duplicate' && !args.boolean('enableDuplicate')) return 'NOT_PLANNED';
  return reason?.toUpperCase() ?? null;
}

function shared(context: Context, repo: Repository, issue: Issue): GraphObject {
  return {
    id: issueNodeId(issue),
    databaseId: issue.pull?.id ?? issue.id,
    number: issue.number,
    url: issuePage(context.world, repo, issue),
    title: issue.title,
    body: issue.body ?? '',
    bodyText: issue.body ?? '',
    closed: issue.state === 'closed',
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    closedAt: issue.closedAt,
    locked: false,
    author: actorNode(context, issue.author),
    authorAssociation: associationOf(repo, issue.author.login),
    repository: () => context.repositoryNode(context, repo),
    labels: (args: JsonBody, info: GraphQLResolveInfo) =>
      connection(args, info, issue.labels, (label) => labelNode(context, repo, label)),
    assignees: (args: JsonBody, info: GraphQLResolveInfo) =>
      connection(args, info, issue.assignees, (account) => actorNode(context, account)),
    comments: (args: JsonBody, info: GraphQLResolveInfo) =>
      connection(args, info, issue.comments, (comment) => commentNode(context, repo, comment)),
    timelineItems: (args: JsonBody, info: GraphQLResolveInfo) =>
      timeline(context, repo, issue, args, info),
  };
}

export function commentNode(context: Context, repo: Repository, comment: Comment): GraphObject {
  const presented = presentComment(context.world, repo, comment);
  return {
    __typename: 'IssueComment',
    id: presented.node_id,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    bodyText: comment.body,
    url: presented.html_url,
    author: actorNode(context, comment.author),
    authorAssociation: presented.author_association,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    lastEditedAt: comment.lastEdit?.at ?? null,
    editor: comment.lastEdit === null ? null : actorNode(context, comment.lastEdit.editor),
    reactionGroups: () => reactionGroups(context, comment),
    issue: () => {
      const issue = repo.issues.get(comment.issue);
      return issue === undefined ? null : issueNode(context, repo, issue);
    },
  };
}

/** `labeled` is `LabeledEvent` as a type and `LABELED_EVENT` as an item type. */
function itemType(event: TimelineEvent): string {
  return event.event === 'renamed' ? 'RENAMED_TITLE_EVENT' : `${event.event.toUpperCase()}_EVENT`;
}

function typeName(event: TimelineEvent): string {
  if (event.event === 'renamed') return 'RenamedTitleEvent';
  return `${event.event.charAt(0).toUpperCase()}${event.event.slice(1)}Event`;
}

function timelineNode(context: Context, repo: Repository, event: TimelineEvent): GraphObject {
  return {
    __typename: typeName(event),
    id: nodeId('EV', event.id),
    actor: actorNode(context, event.actor),
    createdAt: event.createdAt,
    stateReason: event.stateReason?.toUpperCase() ?? null,
    label: event.label === undefined ? null : labelNode(context, repo, event.label),
    assignee: actorNode(context, event.assignee ?? null),
    closer: () => {
      const closer = repo.issues.get(event.closer ?? 0);
      return closer === undefined ? null : issueNode(context, repo, closer);
    },
    previousTitle: event.rename?.from ?? null,
    currentTitle: event.rename?.to ?? null,
  };
}

function timeline(
  context: Context,
  repo: Repository,
  issue: Issue,
  args: JsonBody,
  info: GraphQLResolveInfo,
): GraphObject {
  const wanted = args.strings('itemTypes');
  const since = args.optional('since') ?? '';
  const events = issue.events.filter(
    (event) => (wanted?.includes(itemType(event)) ?? true) && event.createdAt >= since,
  );
  return connection(args, info, events, (event) => timelineNode(context, repo, event));
}

const CHANGE_TYPES = {
  added: 'ADDED',
  removed: 'DELETED',
  modified: 'MODIFIED',
  renamed: 'RENAMED',
  copied: 'COPIED',
  changed: 'CHANGED',
} as const;

function pullNode(context: Context, repo: Repository, issue: PullIssue): GraphObject {
  const { pull } = issue;
  const merged = pull.mergedAt !== null;
  return {
    __typename: 'PullRequest',
    ...shared(context, repo, issue),
    state: merged ? 'MERGED' : issue.state.toUpperCase(),
    isDraft: pull.draft,
    merged,
    mergedAt: pull.mergedAt,
    mergedBy: actorNode(context, pull.mergedBy),
    mergeCommit: () =>
      pull.mergeCommitSha === null ? null : commitNode(context, repo, pull.mergeCommitSha),
    headRefOid: pull.headSha,
    headRefName: pull.headRef,
    headRef: () => refNode(context, repo, `refs/heads/${pull.headRef}`),
    headRepository: () => context.repositoryNode(context, repo),
    isCrossRepository: false,
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    baseRef: () => refNode(context, repo, `refs/heads/${pull.baseRef}`),
    ...pullDiff(context, repo, issue),
  };
}

function pullDiff(context: Context, repo: Repository, issue: PullIssue): GraphObject {
  const { history } = repo.git;
  const { headSha } = issue.pull;
  const changes = async () => history.diff(await mergeBaseOf(repo, issue), headSha);
  return {
    mergeable: async () => {
      const merges = await mergeable(repo, issue);
      if (merges === null) return 'UNKNOWN';
      return merges ? 'MERGEABLE' : 'CONFLICTING';
    },
    changedFiles: async () => (await changes()).length,
    files: async (args: JsonBody, info: GraphQLResolveInfo) =>
      connection(args, info, await changes(), ({ path, status, additions, deletions }) => ({
        path,
        additions,
        deletions,
        changeType: CHANGE_TYPES[status],
      })),
    commits: async (args: JsonBody, info: GraphQLResolveInfo) => {
      const exclude = await mergeBaseOf(repo, issue);
      const oids = [...(await history.log(headSha, { exclude }))].reverse();
      return connection(args, info, oids, (oid) => ({
        commit: () => commitNode(context, repo, oid),
      }));
    },
  };
}
