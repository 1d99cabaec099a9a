import type { GraphQLResolveInfo } from 'graphql';

import { ApiError } from '../errors.ts';
import type { JsonBody } from '../json-body.ts';
import type { Issue, Repository } from '../model.ts';
import { issuePermission, roleOf } from '../permissions.ts';
import { isPull } from '../present/pull.ts';
import { repositoryPage } from '../present/repository.ts';
import { nodeId } from '../world.ts';
import { actorNode, labelNode } from './actors.ts';
import { connection } from './connection.ts';
import { allowReading } from './context.ts';
import type { Context, GraphObject } from './context.ts';
import { objectNode, refNode } from './git-nodes.ts';
import { issueNode } from './issue-nodes.ts';

export function repositoryNode(context: Context, repo: Repository): GraphObject {
  const { credential, world } = context;
  const role = credential.kind === 'user' ? roleOf(repo, credential.account.login) : null;
  return {
    __typename: 'Repository',
    id: nodeId('R', repo.id),
    databaseId: repo.id,
    name: repo.name,
    nameWithOwner: repo.fullName,
    url: repositoryPage(world, repo),
    owner: actorNode(context, repo.owner),
    isPrivate: repo.settings.visibility === 'private',
    isFork: false,
    isArchived: repo.settings.archived,
    visibility: repo.settings.visibility.toUpperCase(),
    viewerPermission: role?.toUpperCase() ?? null,
    hasIssuesEnabled: repo.settings.hasIssues,
    createdAt: repo.createdAt,
    pushedAt: repo.pushedAt,
    ...gitFields(context, repo),
    ...issueFields(context, repo),
  };
}

function gitFields(context: Context, repo: Repository): GraphObject {
  return {
    defaultBranchRef: () => {
      allowReading(context, repo, 'contents');
      return refNode(context, repo, `refs/heads/${repo.defaultBranch}`);
    },
    ref: (args: JsonBody) => {
      allowReading(context, repo, 'contents');
      const name = args.string('qualifiedName');
      const names = name.startsWith('refs/') ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`];
      const found = names.find((candidate) => repo.git.refs.has(candidate));
      return found === undefined ? null : refNode(context, repo, found);
    },
    refs: (args: JsonBody, info: GraphQLResolveInfo) => {
      allowReading(context, repo, 'contents');
      const prefix = args.string('refPrefix');
      const query = args.optional('query') ?? '';
      const names = [...repo.git.refs.keys()].sort();
      const found = names.filter((ref) => ref.startsWith(prefix) && ref.includes(query));
      return connection(args, info, found, (ref) => refNode(context, repo, ref));
    },
    object: (args: JsonBody) => {
      allowReading(context, repo, 'contents');
      const wanted = args.optional('expression') ?? args.optional('oid');
      return wanted === undefined ? null : objectNode(context, repo, wanted);
    },
  };
}

function byNumber(context: Context, repo: Repository, args: JsonBody, kind: string): GraphObject {
  const number = args.integer('number') ?? 0;
  const issue = repo.issues.get(number);
  if (issue === undefined || !fits(issue, kind)) {
    throw new ApiError(404, `Could not resolve to ${kind} with the number of ${String(number)}.`);
  }
  allowReading(context, repo, issuePermission(issue));
  return issueNode(context, repo, issue);
}

function fits(issue: Issue, kind: string): boolean {
  if (kind === 'an Issue') return issue.pull === null;
  return kind === 'a PullRequest' ? issue.pull !== null : true;
}

function issueFields(context: Context, repo: Repository): GraphObject {
  return {
    issue: (args: JsonBody) => byNumber(context, repo, args, 'an Issue'),
    pullRequest: (args: JsonBody) => byNumber(context, repo, args, 'a PullRequest'),
    issueOrPullRequest: (args: JsonBody) =>
      byNumber(context, repo, args, 'an issue or pull request'),
    issues: (args: JsonBody, info: GraphQLResolveInfo) => {
      allowReading(context, repo, 'issues');
      const all = [...repo.issues.values()].filter((issue) => issue.pull === null);
      const found = ordered(
        args,
        all.filter((issue) => issueMatches(args, issue)),
      );
      return connection(args, info, found, (issue) => issueNode(context, repo, issue));
    },
    pullRequests: (args: JsonBody, info: GraphQLResolveInfo) => {
      allowReading(context, repo, 'pull-requests');
      const all = [...repo.issues.values()].filter(isPull);
      const found = ordered(
        args,
        all.filter((issue) => pullMatches(args, issue)),
      );
      return connection(args, info, found, (issue) => issueNode(context, repo, issue));
    },
    label: (args: JsonBody) => {
      const label = repo.labels.get(args.string('name').toLowerCase());
      return label === undefined ? null : labelNode(context, repo, label);
    },
    labels: (args: JsonBody, info: GraphQLResolveInfo) =>
      connection(args, info, [...repo.labels.values()], (label) => labelNode(context, repo, label)),
  };
}

/** Oldest first unless `orderBy` says otherwise. */
function ordered(args: JsonBody, issues: readonly Issue[]): readonly Issue[] {
  const order = args.object('orderBy');
  const key = order?.optional('field') === 'UPDATED_AT' ? 'updatedAt' : 'createdAt';
  const sign = order?.optional('direction') === 'DESC' ? -1 : 1;
  return [...issues].sort((a, b) => sign * (a[key].localeCompare(b[key]) || a.number - b.number));
}

function hasAnyLabel(issue: Issue, labels: readonly string[] | undefined): boolean {
  if (labels === undefined || labels.length === 0) return true;
  const wanted = labels.map((label) => label.toLowerCase());
  return issue.labels.some((label) => wanted.includes(label.name.toLowerCase()));
}

function issueMatches(args: JsonBody, issue: Issue): boolean {
  const filter = args.object('filterBy');
  const states = args.strings('states') ?? filter?.strings('states');
  const creator = filter?.optional('createdBy');
  const since = filter?.optional('since') ?? '';
  return (
    (states?.includes(issue.state.toUpperCase()) ?? true) &&
    hasAnyLabel(issue, args.strings('labels')) &&
    hasAnyLabel(issue, filter?.strings('labels')) &&
    issue.updatedAt >= since &&
    (creator === undefined || issue.author.login.toLowerCase() === creator.toLowerCase())
  );
}

function pullMatches(args: JsonBody, issue: Issue): boolean {
  const { pull } = issue;
  if (pull === null) return false;
  const state = pull.mergedAt === null ? issue.state.toUpperCase() : 'MERGED';
  return (
    (args.strings('states')?.includes(state) ?? true) &&
    hasAnyLabel(issue, args.strings('labels')) &&
    (args.optional('headRefName') ?? pull.headRef) === pull.headRef &&
    (args.optional('baseRefName') ?? pull.baseRef) === pull.baseRef
  );
}
