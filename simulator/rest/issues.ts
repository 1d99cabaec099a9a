import type { Issue, StateReason } from '../model.ts';
import { issuePermission } from '../permissions.ts';
import { createIssue, demandIssues, updateIssue } from '../operations/issues.ts';
import type { IssuePatch } from '../operations/issues.ts';
import type { Schemas } from '../present/account.ts';
import { presentIssue, presentTimelineEvent } from '../present/issue.ts';
import type { JsonBody } from '../json-body.ts';
import { created, issueOf, mayRead, ok, page, writing } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

const REASONS: readonly StateReason[] = ['completed', 'not_planned', 'duplicate', 'reopened'];

/** Labels come as names or as objects with a name. */
export function labelNames(body: JsonBody): readonly string[] | undefined {
  return body.list('labels')?.map((label) => {
    if (typeof label === 'string') return label;
    return typeof label === 'object' && label !== null && 'name' in label ? String(label.name) : '';
  });
}

function matches(query: URLSearchParams, issue: Issue): boolean {
  const state = query.get('state') ?? 'open';
  if (state !== 'all' && issue.state !== state) return false;
  const own = issue.labels.map((label) => label.name.toLowerCase());
  const wanted = (query.get('labels') ?? '').split(',').filter(Boolean);
  if (!wanted.every((label) => own.includes(label.toLowerCase()))) return false;
  const creator = query.get('creator');
  if (creator !== null && issue.author.login.toLowerCase() !== creator.toLowerCase()) return false;
  const assignee = query.get('assignee');
  if (assignee !== null && assignee !== '*' && assignee !== 'none') {
    if (!issue.assignees.some(({ login }) => login === assignee)) return false;
  }
  const since = query.get('since');
  return since === null || Date.parse(issue.updatedAt) >= Date.parse(since);
}

/** Newest first unless told otherwise, and pull requests among them. */
async function listIssues(request: RestRequest): Promise<Reply<Schemas['issue'][]>> {
  const { world, repo, url } = request;
  mayRead(request, 'issues');
  demandIssues(repo);
  const query = url.searchParams;
  const key = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const found = [...repo.issues.values()].filter((issue) => matches(query, issue));
  found.sort((a, b) => b[key].localeCompare(a[key]) || b.number - a.number);
  if (query.get('direction') === 'asc') found.reverse();
  return page(request, found, (issue) => presentIssue(world, repo, issue));
}

function getIssue(request: RestRequest): Reply<Schemas['issue']> {
  const issue = issueOf(request);
  if (issue.pull === null) demandIssues(request.repo);
  return ok(presentIssue(request.world, request.repo, issue));
}

async function postIssue(request: RestRequest): Promise<Reply<Schemas['issue']>> {
  const { world, repo, body } = request;
  const scene = writing(request, 'issues', 'read');
  const assignee = body.optional('assignee');
  const issue = await createIssue(scene, {
    title: body.string('title'),
    body: body.optional('body') ?? null,
    labels: labelNames(body) ?? [],
    assignees: body.strings('assignees') ?? (assignee === undefined ? [] : [assignee]),
  });
  return created(presentIssue(world, repo, issue));
}

function readPatch(body: JsonBody): IssuePatch {
  const labels = labelNames(body);
  const assignees = body.strings('assignees');
  const state = body.choice('state', ['open', 'closed']);
  return {
    ...(body.has('title') && { title: body.string('title') }),
    ...(body.has('body') && { body: body.optional('body') ?? null }),
    ...(labels && { labels }),
    ...(assignees && { assignees }),
    ...(state && { state, stateReason: body.choice('state_reason', REASONS) ?? null }),
  };
}

/** Its author may edit and close an issue; everybody else needs triage rights. */
async function patchIssue(request: RestRequest): Promise<Reply<Schemas['issue']>> {
  const { world, repo, body, credential } = request;
  const issue = issueOf(request);
  const own = credential.kind === 'user' && credential.account.id === issue.author.id;
  const scene = writing(request, issuePermission(issue), own ? 'read' : 'triage');
  await updateIssue(scene, issue, readPatch(body));
  return ok(presentIssue(world, repo, issue));
}

async function listEvents(request: RestRequest): Promise<Reply<Schemas['issue-event'][]>> {
  const { world, repo } = request;
  const { events } = issueOf(request);
  return page(request, events, (event) => presentTimelineEvent(world, repo, event));
}

export const issueRoutes: readonly Route[] = [
  { method: 'GET', template: '/issues', handle: listIssues },
  { method: 'POST', template: '/issues', handle: postIssue },
  { method: 'GET', template: '/issues/{number}', handle: getIssue },
  { method: 'PATCH', template: '/issues/{number}', handle: patchIssue },
  { method: 'GET', template: '/issues/{number}/events', handle: listEvents },
];
