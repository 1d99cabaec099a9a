import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Octokit } from '@octokit/rest';

import type { Repository } from '../../../simulator/model.ts';
import type { Permissions } from '../../../simulator/ports.ts';
import type { RepositorySeed } from '../../../simulator/seed.ts';
import { startSimulator } from '../../../simulator/simulator.ts';
import type { Simulator, SimulatorOptions } from '../../../simulator/simulator.ts';

export const REPO = { owner: 'acme', repo: 'app' };

const WORKFLOW = `on:
  workflow_dispatch:
    inputs:
      module: { required: true }
      depth: { default: 2 }
`;

const ALL: Permissions = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  'pull-requests': 'write',
};

const quiet = () => undefined;
const silent = { debug: quiet, info: quiet, warn: quiet, error: quiet };

export interface Stage {
  readonly sim: Simulator;
  readonly repo: Repository;
  readonly directory: string;
  /** A client in process. */
  as(token: string): Octokit;
  /** A client over HTTP. */
  overHttp(token: string): Octokit;
  user(login: string): Octokit;
  /** A client with a job's token: of these permissions, or of all a workflow may ask for. */
  job(permissions?: Permissions): Octokit;
  /** Commits files on a branch, which begins at the default branch unless it exists. */
  commit(branch: string, files: Readonly<Record<string, string>>): Promise<string>;
  end(): Promise<void>;
}

/** One repository `acme/app` with alice (write), tom (triage) and rita (read). */
export async function setStage(
  seed: Partial<RepositorySeed> = {},
  options: Partial<SimulatorOptions> = {},
): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'simulator-'));
  const sim = await startSimulator({ root: join(directory, 'repositories'), ...options });
  const repo = await sim.createRepository({
    owner: 'acme',
    name: 'app',
    files: { 'README.md': '# App\n', 'src/a.ts': 'a\n', '.github/workflows/w.yml': WORKFLOW },
    collaborators: { alice: 'write', tom: 'triage', rita: 'read' },
    ...seed,
  });
  const as = (auth: string) =>
    new Octokit({ auth, baseUrl: sim.urls.api, log: silent, request: { fetch: sim.fetch } });
  return {
    sim,
    repo,
    directory,
    as,
    overHttp: (auth) => new Octokit({ auth, baseUrl: sim.urls.api, log: silent }),
    user: (login) => as(sim.createUserToken(login)),
    job: (permissions = ALL) => as(sim.host.mintJobToken('acme/app', permissions).token),
    commit: (branch, files) => commit(as(sim.createUserToken('alice')), repo, branch, files),
    end: async () => {
      await sim.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function commit(
  client: Octokit,
  repo: Repository,
  branch: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const tip = repo.git.branch(branch) ?? repo.git.branch(repo.defaultBranch) ?? '';
  if (repo.git.branch(branch) === null) {
    await client.rest.git.createRef({ ...REPO, ref: `refs/heads/${branch}`, sha: tip });
  }
  const tree = Object.entries(files).map(([path, content]) => ({
    path,
    content,
    mode: '100644' as const,
  }));
  const made = await client.rest.git.createTree({ ...REPO, base_tree: tip, tree });
  const message = `Change ${Object.keys(files).join(', ')}`;
  const written = { message, tree: made.data.sha, parents: [tip] };
  const { sha } = (await client.rest.git.createCommit({ ...REPO, ...written })).data;
  await client.rest.git.updateRef({ ...REPO, ref: `heads/${branch}`, sha });
  return sha;
}

/** What a refused call answered; fails when it was not refused. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ readonly status: number; readonly message: string; readonly errors: unknown }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error) || !('status' in error)) throw error;
    const data: unknown = 'response' in error ? error.response : null;
    const body = isRecord(data) && isRecord(data['data']) ? data['data'] : {};
    const message = typeof body['message'] === 'string' ? body['message'] : error.message;
    return { status: Number(error.status), message, errors: body['errors'] };
  }
  throw new Error('the call was not refused');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A member deep inside a payload, by its path. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of path) found = isRecord(found) ? found[key] : undefined;
  return found;
}

/** A GraphQL call whose errors are part of the answer. */
export async function graphql(
  sim: Simulator,
  token: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly status: number; readonly data: unknown; readonly errors: unknown }> {
  const response = await sim.fetch(sim.urls.graphql, {
    method: 'POST',
    headers: { authorization: `bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const body: unknown = await response.json();
  return { status: response.status, data: at(body, 'data'), errors: at(body, 'errors') };
}

const run = promisify(execFile);

/** Runs git in a clone as a person would, away from anybody's configuration. */
export async function git(directory: string, ...args: readonly string[]): Promise<string> {
  const identity = ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com'];
  const env = {
    PATH: process.env['PATH'],
    HOME: directory,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
  const { stdout } = await run('git', ['-C', directory, ...identity, ...args], { env });
  return stdout.trim();
}

/** The address to clone from with a token. */
export function remote(sim: Simulator, token: string, fullName = 'acme/app'): string {
  return `${sim.urls.server.replace('//', `//x-access-token:${token}@`)}/${fullName}.git`;
}

/** The events so far as `name action-or-ref`. */
export function told(sim: Simulator): readonly string[] {
  return sim.events.map(({ name, payload }) => {
    const what = payload['action'] ?? payload['ref'];
    return `${name} ${String(what)}`;
  });
}
