import { ApiError, notFound, unprocessable } from '../errors.ts';
import type { Repository } from '../model.ts';
import { paginate } from '../pagination.ts';
import type { Schemas } from '../present/account.ts';
import { presentCommit, presentFiles } from '../present/commit.ts';
import { repositoryPage, repositoryUrl } from '../present/repository.ts';
import { mayRead, ok, param } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

/** https://docs.github.com/rest/commits/commits#compare-two-commits */
const MAX_COMPARED_COMMITS = 250;
const MAX_COMPARED_FILES = 300;

async function listCommits(request: RestRequest): Promise<Reply<Schemas['commit'][]>> {
  const { world, repo, url } = request;
  mayRead(request, 'contents');
  const query = url.searchParams;
  const start = await repo.git.commitOf(query.get('sha') ?? repo.defaultBranch);
  if (start === null) throw notFound();
  const oids = await repo.git.history.log(start, {
    path: query.get('path'),
    since: query.get('since'),
    until: query.get('until'),
  });
  const part = paginate(url, oids);
  const commits = await repo.git.history.commits(part.items);
  const body = commits.map((commit) => presentCommit(world, repo, commit));
  return { status: 200, body, headers: part.headers };
}

async function getCommit(request: RestRequest): Promise<Reply<Schemas['commit']>> {
  const { world, repo } = request;
  mayRead(request, 'contents');
  const ref = param(request, 'ref');
  const oid = await repo.git.commitOf(ref);
  const commit = oid === null ? null : await repo.git.objects.commit(oid);
  if (commit === null) throw unprocessable(`No commit found for SHA: ${ref}`);
  const parent = commit.parents[0];
  const files = parent === undefined ? [] : await presentFiles(world, repo, parent, commit.oid);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  const stats = { additions, deletions, total: additions + deletions };
  return ok({ ...presentCommit(world, repo, commit), stats, files: [...files] });
}

function statusOf(ahead: number, behind: number): Schemas['commit-comparison']['status'] {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}

async function commitAt(repo: Repository, name: string) {
  // `owner:branch` names a branch of the same network; here there is only one repository in it.
  const oid = await repo.git.commitOf(name.slice(name.indexOf(':') + 1));
  const commit = oid === null ? null : await repo.git.objects.commit(oid);
  if (commit === null) throw notFound();
  return commit;
}

async function compare(request: RestRequest): Promise<Reply<Schemas['commit-comparison']>> {
  const { world, repo } = request;
  mayRead(request, 'contents');
  const [baseName = '', headName = ''] = param(request, 'basehead').split('...');
  const [base, head] = [await commitAt(repo, baseName), await commitAt(repo, headName)];
  const { history, objects } = repo.git;
  const mergeBase = await history.mergeBase(base.oid, head.oid);
  const common = mergeBase === null ? null : await objects.commit(mergeBase);
  if (common === null) {
    throw new ApiError(404, `No common ancestor between ${baseName} and ${headName}.`);
  }
  const { ahead, behind } = await history.aheadBehind(base.oid, head.oid);
  const oids = [...(await history.log(head.oid, { exclude: base.oid }))].reverse();
  const commits = await history.commits(oids.slice(0, MAX_COMPARED_COMMITS));
  const files = await presentFiles(world, repo, common.oid, head.oid);
  const page = `${repositoryPage(world, repo)}/compare/${baseName}...${headName}`;
  return ok({
    url: `${repositoryUrl(world, repo)}/compare/${baseName}...${headName}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: presentCommit(world, repo, base),
    merge_base_commit: presentCommit(world, repo, common),
    status: statusOf(ahead, behind),
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: commits.map((commit) => presentCommit(world, repo, commit)),
    files: files.slice(0, MAX_COMPARED_FILES),
  });
}

export const commitRoutes: readonly Route[] = [
  { method: 'GET', template: '/commits', handle: listCommits },
  { method: 'GET', template: '/commits/{ref+}', handle: getCommit },
  { method: 'GET', template: '/compare/{basehead+}', handle: compare },
];
