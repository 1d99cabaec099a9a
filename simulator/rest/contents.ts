import { ApiError, notFound, unprocessable } from '../errors.ts';
import type { TreeEntry } from '../git/objects.ts';
import type { Repository } from '../model.ts';
import { commitFiles } from '../operations/commits.ts';
import { changeOf, moveRefs } from '../operations/refs.ts';
import type { Schemas } from '../present/account.ts';
import { presentGitCommit } from '../present/commit.ts';
import { repositoryPage, repositoryUrl } from '../present/repository.ts';
import type { World } from '../world.ts';
import { mayRead, ok, param, writing } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

/** https://docs.github.com/rest/repos/contents#get-repository-content: past 1 MB no content, past 100 MB nothing. */
const MAX_INLINE_BYTES = 1024 * 1024;
const MAX_RAW_BYTES = 100 * 1024 * 1024;

function addresses(world: World, repo: Repository, path: string, ref: string, sha: string) {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const url = `${repositoryUrl(world, repo)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const html_url = `${repositoryPage(world, repo)}/blob/${ref}/${encoded}`;
  const git_url = `${repositoryUrl(world, repo)}/git/blobs/${sha}`;
  const download_url = `${repositoryPage(world, repo)}/raw/${ref}/${encoded}`;
  const _links = { self: url, git: git_url, html: html_url };
  return { url, html_url, git_url, download_url, _links };
}

function presentFile(
  { world, repo }: RestRequest,
  path: string,
  ref: string,
  sha: string,
  content: Buffer,
): Schemas['content-file'] {
  const inline = content.length <= MAX_INLINE_BYTES;
  return {
    type: 'file',
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha,
    size: content.length,
    encoding: inline ? 'base64' : 'none',
    content: inline ? wrapped(content) : '',
    ...addresses(world, repo, path, ref, sha),
  };
}

/** GitHub breaks base64 into lines of 60 characters. */
function wrapped(content: Buffer): string {
  return content.toString('base64').replace(/.{1,60}/g, '$&\n');
}

const KINDS = { blob: 'file', tree: 'dir', commit: 'submodule' } as const;

async function presentDirectory(
  { world, repo }: RestRequest,
  path: string,
  ref: string,
  entries: readonly TreeEntry[],
): Promise<Schemas['content-directory']> {
  const present = async ({ name, oid, type }: TreeEntry) => {
    const below = path === '' ? name : `${path}/${name}`;
    const size = type === 'blob' ? ((await repo.git.objects.find(oid))?.size ?? 0) : 0;
    const links = addresses(world, repo, below, ref, oid);
    return { type: KINDS[type], name, path: below, sha: oid, size, ...links };
  };
  return Promise.all(entries.map(present));
}

async function getContents(
  request: RestRequest,
): Promise<Reply<Schemas['content-file'] | Schemas['content-directory'] | Buffer>> {
  const { repo, url, headers } = request;
  mayRead(request, 'contents');
  const ref = url.searchParams.get('ref') ?? repo.defaultBranch;
  const commit = await repo.git.commitOf(ref);
  if (commit === null) throw notFound(`No commit found for the ref ${ref}`);
  const path = param(request, 'path').replace(/\/+$/, '');
  const found = await repo.git.objects.find(`${commit}:${path}`);
  if (found === null) throw notFound();
  if (found.type === 'tree') {
    const entries = (await repo.git.objects.tree(found.oid)) ?? [];
    return ok(await presentDirectory(request, path, ref, entries));
  }
  if (found.size > MAX_RAW_BYTES) {
    const about = { resource: 'Blob', field: 'data', code: 'too_large' };
    throw new ApiError(403, 'This API returns blobs up to 100 MB in size.', [about]);
  }
  const content = (await repo.git.objects.blob(found.oid)) ?? Buffer.alloc(0);
  if (/\.raw\b/.test(headers.get('accept') ?? '')) return ok(content);
  return ok(presentFile(request, path, ref, found.oid, content));
}

/** A file that is there needs its SHA: absent is 422, another's is 409. */
function demandSha(path: string, present: string | null, given: string | undefined): void {
  if (present === null || present === given) return;
  if (given === undefined) throw unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.');
  throw new ApiError(409, `${path} does not match ${given}`);
}

async function putContents(request: RestRequest): Promise<Reply<Schemas['file-commit']>> {
  const { world, repo, body } = request;
  const scene = writing(request, 'contents', 'write');
  const path = param(request, 'path');
  const branch = body.optional('branch') ?? repo.defaultBranch;
  const tip = repo.git.branch(branch);
  if (tip === null) throw notFound(`Branch ${branch} not found`);
  const present = await repo.git.objects.find(`${tip}:${path}`);
  demandSha(path, present?.oid ?? null, body.optional('sha'));
  const content = Buffer.from(body.string('content'), 'base64');
  const oid = await commitFiles(scene, tip, body.string('message'), [{ path, content }]);
  await moveRefs(scene, [changeOf(repo, `refs/heads/${branch}`, oid)]);
  const commit = await repo.git.objects.commit(oid);
  const file = await repo.git.objects.find(`${oid}:${path}`);
  if (commit === null || file === null) throw notFound();
  const name = path.slice(path.lastIndexOf('/') + 1);
  const about = { type: 'file', name, path, sha: file.oid, size: content.length };
  const told = { ...about, ...addresses(world, repo, path, branch, file.oid) };
  const status = present === null ? 201 : 200;
  return { status, body: { content: told, commit: presentGitCommit(world, repo, commit) } };
}

export const contentRoutes: readonly Route[] = [
  { method: 'GET', template: '/contents', handle: getContents },
  { method: 'GET', template: '/contents/{path*}', handle: getContents },
  { method: 'PUT', template: '/contents/{path+}', handle: putContents },
];
