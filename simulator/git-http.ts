import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';

import { tokenOf } from './gateway.ts';
import { gitEnvironment } from './git/git-process.ts';
import type { Credential, Repository } from './model.ts';
import { afterRefsMoved } from './operations/refs.ts';
import { knownWorkflowTrees, mayWriteWorkflows } from './operations/workflow-files.ts';
import { canSee, refusal } from './permissions.ts';
import type { World } from './world.ts';

const GIT_PATH = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** Whether the path is one git's smart HTTP asks for. */
export function isGitPath(pathname: string): boolean {
  return GIT_PATH.test(pathname);
}

function refuse(status: number, text: string): Response {
  const headers = { 'content-type': 'text/plain', 'www-authenticate': 'Basic realm="GitHub"' };
  return new Response(`${text}\n`, { status, headers });
}

/** Serves fetches and pushes through git's own CGI program; a push's consequences come before its answer. */
export async function handleGit(world: World, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const [, owner = '', name = '', operation = ''] = GIT_PATH.exec(url.pathname) ?? [];
  const credential = world.credential(tokenOf(request.headers.get('authorization')));
  if (credential === null) return refuse(401, 'Invalid username or token.');
  const repo = world.repository(`${owner}/${name}`);
  const moved = world.formerly(`${owner}/${name}`);
  if (moved !== null && canSee(moved, credential)) return leadOn(world, moved, operation, url);
  const service = operation === 'info/refs' ? url.searchParams.get('service') : operation;
  const pushing = service === 'git-receive-pack';
  const refused = repo === null ? null : mayUse(repo, credential, pushing);
  if (repo === null || refused === 'hidden') {
    // Without a token git gets a chance to send one; with one, the repository is not there.
    return credential.kind === 'none'
      ? refuse(401, 'Authentication required.')
      : refuse(404, 'Repository not found.');
  }
  if (refused === 'forbidden') {
    if (credential.kind === 'none') return refuse(401, 'Authentication required.');
    const who = credential.account.login;
    return refuse(403, `Permission to ${repo.fullName}.git denied to ${who}.`);
  }
  const body = Buffer.from(await request.arrayBuffer());
  const run = () => backend(repo, request, url, operation, body, credential);
  if (operation !== 'git-receive-pack') return run();
  return repo.lock.run(() => push(world, repo, credential, run));
}

/** https://docs.github.com/repositories/creating-and-managing-repositories/renaming-a-repository */
function leadOn(world: World, repo: Repository, operation: string, url: URL): Response {
  const location = `${world.urls.server}/${repo.fullName}.git/${operation}${url.search}`;
  return new Response(null, { status: 301, headers: { location } });
}

function mayUse(
  repo: Repository,
  credential: Credential,
  pushing: boolean,
): 'hidden' | 'forbidden' | null {
  if (!canSee(repo, credential)) return 'hidden';
  const access = pushing ? ('write' as const) : ('read' as const);
  const role = pushing ? { role: 'write' as const } : {};
  const refused = refusal(repo, credential, { permission: 'contents', access, ...role });
  return refused === null ? null : 'forbidden';
}

async function push(
  world: World,
  repo: Repository,
  credential: Credential,
  run: () => Promise<Response>,
): Promise<Response> {
  const response = await run();
  const changes = await repo.git.reloadRefs();
  if (credential.kind !== 'none') {
    await afterRefsMoved({ world, repo, actor: credential }, changes);
  }
  return response;
}

async function cgiEnvironment(
  repo: Repository,
  request: Request,
  url: URL,
  operation: string,
  body: Buffer,
  credential: Credential,
): Promise<NodeJS.ProcessEnv> {
  const free = credential.kind !== 'none' && mayWriteWorkflows(credential);
  const guarded = operation === 'git-receive-pack' && !free;
  const known = guarded ? [...(await knownWorkflowTrees(repo))].join(' ') : '';
  return {
    ...gitEnvironment(),
    GIT_PROJECT_ROOT: dirname(repo.git.directory),
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: request.headers.get('git-protocol') ?? '',
    PATH_INFO: `/${repo.git.directory.slice(dirname(repo.git.directory).length + 1)}/${operation}`,
    REQUEST_METHOD: request.method,
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: request.headers.get('content-type') ?? '',
    CONTENT_LENGTH: String(body.length),
    HTTP_CONTENT_ENCODING: request.headers.get('content-encoding') ?? '',
    REMOTE_USER: credential.kind === 'none' ? '' : credential.account.login,
    REMOTE_ADDR: '127.0.0.1',
    SIMULATOR_GUARD_WORKFLOWS: guarded ? '1' : '',
    SIMULATOR_WORKFLOW_TREES: known,
  };
}

async function backend(
  repo: Repository,
  request: Request,
  url: URL,
  operation: string,
  body: Buffer,
  credential: Credential,
): Promise<Response> {
  await repo.git.settle();
  const env = await cgiEnvironment(repo, request, url, operation, body, credential);
  const child = spawn('git', ['http-backend'], { env });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.resume();
  child.stdin.on('error', () => undefined);
  child.stdin.end(body);
  await once(child, 'close');
  return parseCgi(Buffer.concat(output));
}

/** Splits what a CGI program printed into headers and body (RFC 3875, section 6). */
function parseCgi(output: Buffer): Response {
  const split = output.indexOf('\r\n\r\n');
  if (split < 0) return refuse(500, 'git http-backend gave no answer.');
  const headers = new Headers();
  let status = 200;
  for (const line of output.subarray(0, split).toString().split('\r\n')) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name.toLowerCase() === 'status') status = parseInt(value, 10);
    else headers.set(name, value);
  }
  return new Response(new Uint8Array(output.subarray(split + 4)), { status, headers });
}
