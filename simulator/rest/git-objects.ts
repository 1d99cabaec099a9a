import { ApiError, notFound, unprocessable } from '../errors.ts';
import type { FileWrite } from '../git/object-database.ts';
import type { Person, TreeEntry } from '../git/objects.ts';
import type { JsonBody } from '../json-body.ts';
import type { Repository } from '../model.ts';
import { writeCommit } from '../operations/commits.ts';
import type { Schemas } from '../present/account.ts';
import { presentGitCommit } from '../present/commit.ts';
import { repositoryUrl } from '../present/repository.ts';
import { nodeId } from '../world.ts';
import { created, mayRead, ok, param, writing } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

/** https://docs.github.com/rest/git/trees#get-a-tree */
const MAX_TREE_ENTRIES = 100_000;
const MODES = ['100644', '100755', '040000', '160000', '120000'] as const;

async function postBlob(request: RestRequest): Promise<Reply<Schemas['short-blob']>> {
  const { world, repo, body } = request;
  writing(request, 'contents', 'write');
  const encoding = body.choice('encoding', ['utf-8', 'base64']) ?? 'utf-8';
  const sha = await repo.git.objects.writeBlob(Buffer.from(body.string('content'), encoding));
  return created({ sha, url: `${repositoryUrl(world, repo)}/git/blobs/${sha}` });
}

async function getBlob(request: RestRequest): Promise<Reply<Schemas['blob'] | Buffer>> {
  const { world, repo, headers } = request;
  mayRead(request, 'contents');
  const sha = param(request, 'sha');
  const content = isOid(sha) ? await repo.git.objects.blob(sha) : null;
  if (content === null) throw notFound();
  if (/\.raw\b/.test(headers.get('accept') ?? '')) return ok(content);
  return ok({
    sha,
    node_id: nodeId('B', `${String(repo.id)}:${sha}`),
    size: content.length,
    url: `${repositoryUrl(world, repo)}/git/blobs/${sha}`,
    content: content.toString('base64'),
    encoding: 'base64',
  });
}

function isOid(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

async function readWrite(repo: Repository, entry: JsonBody): Promise<FileWrite> {
  const path = entry.string('path');
  if (path === '' || path.startsWith('/') || path.split('/').some((part) => part === '..')) {
    throw unprocessable('tree.path contains a malformed path component');
  }
  const mode = entry.choice('mode', MODES) ?? '100644';
  const content = entry.optional('content');
  if (content !== undefined) return { path, mode, content: Buffer.from(content) };
  if (entry.value['sha'] === null) return { path, oid: null };
  const oid = entry.optional('sha') ?? '';
  if (!isOid(oid) || (await repo.git.objects.find(oid)) === null) {
    throw unprocessable(`tree.sha ${oid} is not a valid ${entry.optional('type') ?? 'blob'}`);
  }
  return { path, mode, oid };
}

async function postTree(request: RestRequest): Promise<Reply<Schemas['git-tree']>> {
  const { repo, body } = request;
  writing(request, 'contents', 'write');
  const base = body.optional('base_tree') ?? null;
  if (base !== null && (await repo.git.objects.tree(base)) === null) {
    throw new ApiError(404, 'Not Found');
  }
  const entries = body.objects('tree') ?? [];
  if (entries.length === 0) throw unprocessable('Invalid tree info');
  const writes = await Promise.all(entries.map((entry) => readWrite(repo, entry)));
  const sha = await repo.git.objects.changeTree(base, writes);
  return created(await presentTree(request, sha, false));
}

interface FoundEntry extends TreeEntry {
  readonly path: string;
}

async function walk(repo: Repository, tree: string, prefix: string, deep: boolean) {
  const found: FoundEntry[] = [];
  for (const entry of (await repo.git.objects.tree(tree)) ?? []) {
    const path = `${prefix}${entry.name}`;
    found.push({ ...entry, path });
    if (deep && entry.type === 'tree') {
      found.push(...(await walk(repo, entry.oid, `${path}/`, true)));
    }
  }
  return found;
}

async function presentTree(
  { world, repo }: RestRequest,
  sha: string,
  deep: boolean,
): Promise<Schemas['git-tree']> {
  const url = `${repositoryUrl(world, repo)}/git`;
  const all = await walk(repo, sha, '', deep);
  const present = async ({ path, mode, type, oid }: FoundEntry) => {
    const size = type === 'blob' ? (await repo.git.objects.find(oid))?.size : undefined;
    const told = { path, mode, type, sha: oid, url: `${url}/${type}s/${oid}` };
    return size === undefined ? told : { ...told, size };
  };
  const tree = await Promise.all(all.slice(0, MAX_TREE_ENTRIES).map(present));
  return { sha, url: `${url}/trees/${sha}`, tree, truncated: all.length > MAX_TREE_ENTRIES };
}

/** Takes a tree's SHA, a commit's, or a branch; any value of `recursive` means yes. */
async function getTree(request: RestRequest): Promise<Reply<Schemas['git-tree']>> {
  const { repo, url } = request;
  mayRead(request, 'contents');
  const wanted = param(request, 'sha');
  const commit = await repo.git.commitOf(wanted);
  const start = commit ?? (isOid(wanted) ? wanted : null);
  const found = start === null ? null : await repo.git.objects.find(`${start}^{tree}`);
  if (found === null) throw notFound();
  return ok(await presentTree(request, found.oid, url.searchParams.has('recursive')));
}

function readPerson(body: JsonBody, key: string): Partial<Person> | undefined {
  const person = body.object(key);
  if (person === undefined) return undefined;
  const date = person.optional('date');
  const named = { name: person.string('name'), email: person.string('email') };
  return date === undefined ? named : { ...named, date };
}

async function postCommit(request: RestRequest): Promise<Reply<Schemas['git-commit']>> {
  const { world, repo, body } = request;
  const scene = writing(request, 'contents', 'write');
  const tree = body.string('tree');
  const parents = body.strings('parents') ?? [];
  const found = isOid(tree) ? await repo.git.objects.find(tree) : null;
  if (found?.type !== 'tree') throw unprocessable('Tree SHA does not exist');
  for (const parent of parents) {
    const commit = isOid(parent) ? await repo.git.objects.find(parent) : null;
    if (commit?.type !== 'commit') {
      throw unprocessable('Parent SHA does not exist or is not a commit object');
    }
  }
  const author = readPerson(body, 'author');
  const committer = readPerson(body, 'committer');
  const draft = { message: body.string('message'), tree, parents };
  const people = { ...(author && { author }), ...(committer && { committer }) };
  const oid = await writeCommit(scene, { ...draft, ...people });
  const commit = await repo.git.objects.commit(oid);
  if (commit === null) throw notFound();
  return created(presentGitCommit(world, repo, commit));
}

async function getCommit(request: RestRequest): Promise<Reply<Schemas['git-commit']>> {
  const { world, repo } = request;
  mayRead(request, 'contents');
  const sha = param(request, 'sha');
  const commit = isOid(sha) ? await repo.git.objects.commit(sha) : null;
  if (commit === null) throw notFound();
  return ok(presentGitCommit(world, repo, commit));
}

export const gitObjectRoutes: readonly Route[] = [
  { method: 'POST', template: '/git/blobs', handle: postBlob },
  { method: 'GET', template: '/git/blobs/{sha}', handle: getBlob },
  { method: 'POST', template: '/git/trees', handle: postTree },
  { method: 'GET', template: '/git/trees/{sha+}', handle: getTree },
  { method: 'POST', template: '/git/commits', handle: postCommit },
  { method: 'GET', template: '/git/commits/{sha}', handle: getCommit },
];
