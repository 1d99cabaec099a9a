import { unprocessable } from '../errors.ts';
import type { PullIssue } from '../model.ts';
import { checkText, editText, setState } from '../operations/issues.ts';
import { mergePull } from '../operations/merge.ts';
import { openPull } from '../operations/open-pull.ts';
import type { Schemas } from '../present/account.ts';
import { presentFiles } from '../present/commit.ts';
import { isPull, mergeBaseOf, presentPull, presentPullSimple } from '../present/pull.ts';
import { created, mayRead, ok, page, pullOf, writing } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

/** https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
const MAX_FILES = 3000;

function matches(query: URLSearchParams, owner: string, issue: PullIssue): boolean {
  const state = query.get('state') ?? 'open';
  if (state !== 'all' && issue.state !== state) return false;
  const base = query.get('base');
  if (base !== null && issue.pull.baseRef !== base) return false;
  const head = query.get('head');
  // Without `owner:` GitHub ignores the filter.
  if (!head?.includes(':')) return true;
  return head.toLowerCase() === `${owner}:${issue.pull.headRef}`.toLowerCase();
}

async function listPulls(request: RestRequest): Promise<Reply<Schemas['pull-request-simple'][]>> {
  const { world, repo, url } = request;
  mayRead(request, 'pull-requests');
  const query = url.searchParams;
  const key = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const found = [...repo.issues.values()]
    .filter(isPull)
    .filter((issue) => matches(query, repo.owner.login, issue));
  found.sort((a, b) => b[key].localeCompare(a[key]) || b.number - a.number);
  if (query.get('direction') === 'asc') found.reverse();
  return page(request, found, (issue) => presentPullSimple(world, repo, issue));
}

async function getPull(request: RestRequest): Promise<Reply<Schemas['pull-request']>> {
  return ok(await presentPull(request.world, request.repo, pullOf(request)));
}

async function postPull(request: RestRequest): Promise<Reply<Schemas['pull-request']>> {
  const { world, repo, body } = request;
  const scene = writing(request, 'pull-requests', 'read');
  const issue = await openPull(scene, {
    title: body.string('title'),
    body: body.optional('body') ?? null,
    head: body.string('head'),
    base: body.string('base'),
    draft: body.boolean('draft'),
  });
  return created(await presentPull(world, repo, issue));
}

/** Its author may edit and close a pull request; everybody else needs write access. */
async function patchPull(request: RestRequest): Promise<Reply<Schemas['pull-request']>> {
  const { world, repo, body, credential } = request;
  const issue = pullOf(request);
  const own = credential.kind === 'user' && credential.account.id === issue.author.id;
  const scene = writing(request, 'pull-requests', own ? 'read' : 'write');
  const text = {
    ...(body.has('title') && { title: body.string('title') }),
    ...(body.has('body') && { body: body.optional('body') ?? null }),
  };
  checkText('PullRequest', text.title ?? null, text.body ?? null);
  await editText(scene, issue, text);
  const state = body.choice('state', ['open', 'closed']);
  if (state !== undefined) await setState(scene, issue, state, null);
  if (body.has('base')) throw unprocessable('Changing the base is not simulated.');
  return ok(await presentPull(world, repo, issue));
}

async function listFiles(request: RestRequest): Promise<Reply<Schemas['diff-entry'][]>> {
  const { world, repo } = request;
  const issue = pullOf(request);
  const base = await mergeBaseOf(repo, issue);
  const files = await presentFiles(world, repo, base, issue.pull.headSha);
  return page(request, files.slice(0, MAX_FILES), (file) => file);
}

async function merge(request: RestRequest): Promise<Reply<Schemas['pull-request-merge-result']>> {
  const { body } = request;
  const issue = pullOf(request);
  const scene = writing(request, 'contents', 'write');
  const sha = await mergePull(scene, issue, {
    method: body.choice('merge_method', ['merge', 'squash', 'rebase']) ?? 'merge',
    title: body.optional('commit_title') ?? null,
    message: body.optional('commit_message') ?? null,
    sha: body.optional('sha') ?? null,
  });
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

export const pullRoutes: readonly Route[] = [
  { method: 'GET', template: '/pulls', handle: listPulls },
  { method: 'POST', template: '/pulls', handle: postPull },
  { method: 'GET', template: '/pulls/{number}', handle: getPull },
  { method: 'PATCH', template: '/pulls/{number}', handle: patchPull },
  { method: 'GET', template: '/pulls/{number}/files', handle: listFiles },
  { method: 'PUT', template: '/pulls/{number}/merge', handle: merge },
];
