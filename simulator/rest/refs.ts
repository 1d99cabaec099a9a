import { ApiError, notFound, unprocessable } from '../errors.ts';
import type { Repository } from '../model.ts';
import { mergeIntoBranch } from '../operations/merge.ts';
import { isProtected, shortProtection } from '../operations/protection.ts';
import { renameBranch } from '../operations/repository.ts';
import { changeOf, isRefName, moveRefs } from '../operations/refs.ts';
import type { Schemas } from '../present/account.ts';
import { presentCommit } from '../present/commit.ts';
import { repositoryPage, repositoryUrl } from '../present/repository.ts';
import { nodeId } from '../world.ts';
import type { World } from '../world.ts';
import { created, mayRead, NO_CONTENT, ok, page, param, writing } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

async function presentRef(
  world: World,
  repo: Repository,
  ref: string,
  sha: string,
): Promise<Schemas['git-ref']> {
  const type = (await repo.git.objects.find(sha))?.type ?? 'commit';
  const url = `${repositoryUrl(world, repo)}/git`;
  return {
    ref,
    node_id: nodeId('REF', `${String(repo.id)}:${ref}`),
    url: `${url}/${ref}`,
    object: { sha, type, url: `${url}/${type}s/${sha}` },
  };
}

async function getRef(request: RestRequest): Promise<Reply<Schemas['git-ref']>> {
  const { world, repo } = request;
  mayRead(request, 'contents');
  const ref = `refs/${param(request, 'ref')}`;
  const sha = repo.git.refs.get(ref);
  if (sha === undefined) throw notFound();
  return ok(await presentRef(world, repo, ref, sha));
}

async function listMatching(request: RestRequest): Promise<Reply<Schemas['git-ref'][]>> {
  const { world, repo } = request;
  mayRead(request, 'contents');
  const prefix = `refs/${param(request, 'ref')}`;
  const found = [...repo.git.refs].filter(([ref]) => ref.startsWith(prefix)).sort();
  return page(request, found, ([ref, sha]) => presentRef(world, repo, ref, sha));
}

async function demandObject(repo: Repository, sha: string): Promise<void> {
  const found = /^[0-9a-f]{40}$/.test(sha) ? await repo.git.objects.find(sha) : null;
  if (found === null) throw unprocessable('Object does not exist');
}

async function postRef(request: RestRequest): Promise<Reply<Schemas['git-ref']>> {
  const { world, repo, body } = request;
  const scene = writing(request, 'contents', 'write');
  const ref = body.string('ref');
  const sha = body.string('sha');
  if (!isRefName(ref)) throw unprocessable(`${ref} is not a valid ref name.`);
  await demandObject(repo, sha);
  if (repo.git.refs.has(ref)) throw unprocessable('Reference already exists');
  await moveRefs(scene, [changeOf(repo, ref, sha)]);
  return created(await presentRef(world, repo, ref, sha));
}

async function patchRef(request: RestRequest): Promise<Reply<Schemas['git-ref']>> {
  const { world, repo, body } = request;
  const scene = writing(request, 'contents', 'write');
  const ref = `refs/${param(request, 'ref')}`;
  const sha = body.string('sha');
  const before = repo.git.refs.get(ref);
  if (before === undefined) throw unprocessable('Reference does not exist');
  await demandObject(repo, sha);
  if (!body.boolean('force') && !(await repo.git.history.isAncestor(before, sha))) {
    throw unprocessable('Update is not a fast forward');
  }
  if (before !== sha) await moveRefs(scene, [changeOf(repo, ref, sha)]);
  return ok(await presentRef(world, repo, ref, sha));
}

async function deleteRef(request: RestRequest): Promise<Reply<null>> {
  const { repo } = request;
  const scene = writing(request, 'contents', 'write');
  const ref = `refs/${param(request, 'ref')}`;
  if (!repo.git.refs.has(ref)) throw unprocessable('Reference does not exist');
  if (ref === `refs/heads/${repo.defaultBranch}`) {
    throw new ApiError(422, 'Cannot delete the default branch');
  }
  await moveRefs(scene, [changeOf(repo, ref, null)]);
  return NO_CONTENT;
}

async function getBranch(request: RestRequest): Promise<Reply<Schemas['branch-with-protection']>> {
  const { world, repo } = request;
  mayRead(request, 'contents');
  const name = param(request, 'branch');
  const tip = repo.git.branch(name);
  const commit = tip === null ? null : await repo.git.objects.commit(tip);
  if (commit === null) throw notFound('Branch not found');
  const self = `${repositoryUrl(world, repo)}/branches/${name}`;
  return ok({
    name,
    commit: presentCommit(world, repo, commit),
    _links: { self, html: `${repositoryPage(world, repo)}/tree/${name}` },
    protected: isProtected(repo, name),
    protection: shortProtection(repo, name),
    protection_url: `${self}/protection`,
  });
}

/** https://docs.github.com/rest/branches/branches#rename-a-branch: an admin's right where it is the default one. */
async function renameOne(request: RestRequest): Promise<Reply<Schemas['branch-with-protection']>> {
  const { repo, body } = request;
  const from = param(request, 'branch');
  const isDefault = from === repo.defaultBranch;
  const scene = writing(request, 'administration', isDefault ? 'admin' : 'write');
  const to = body.string('new_name');
  if (repo.git.branch(from) === null) throw notFound('Branch not found');
  if (!isRefName(`refs/heads/${to}`)) throw unprocessable(`${to} is not a valid branch name.`);
  if (repo.git.branch(to) !== null) throw unprocessable(`Branch ${to} already exists.`);
  await renameBranch(scene, from, to);
  return created((await getBranch({ ...request, params: { ...request.params, branch: to } })).body);
}

/** https://docs.github.com/rest/branches/branches#merge-a-branch */
async function mergeBranch(request: RestRequest): Promise<Reply<Schemas['commit'] | null>> {
  const { world, repo, body } = request;
  const scene = writing(request, 'contents', 'write');
  const message = body.optional('commit_message') ?? null;
  const sha = await mergeIntoBranch(scene, body.string('base'), body.string('head'), message);
  if (sha === null) return NO_CONTENT;
  const commit = await repo.git.objects.commit(sha);
  if (commit === null) throw notFound();
  return created(presentCommit(world, repo, commit));
}

export const refRoutes: readonly Route[] = [
  { method: 'GET', template: '/git/ref/{ref+}', handle: getRef },
  { method: 'GET', template: '/git/matching-refs/{ref+}', handle: listMatching },
  { method: 'POST', template: '/git/refs', handle: postRef },
  { method: 'PATCH', template: '/git/refs/{ref+}', handle: patchRef },
  { method: 'DELETE', template: '/git/refs/{ref+}', handle: deleteRef },
  { method: 'GET', template: '/branches/{branch+}', handle: getBranch },
  { method: 'POST', template: '/branches/{branch+}/rename', handle: renameOne },
  { method: 'POST', template: '/merges', handle: mergeBranch },
];
