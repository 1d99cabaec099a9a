import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ActionInputs } from './action-inputs.ts';
import { inputOr } from './action-inputs.ts';
import type { JobContext } from './run-context.ts';
import type { StepContext } from './step-context.ts';
import { log, runCommand, StepFailure } from './step-context.ts';

/** What `actions/checkout` was asked for. */
interface CheckoutRequest {
  readonly repository: string;
  readonly ref: string;
  readonly token: string;
  readonly directory: string;
  readonly depth: number;
  readonly persistCredentials: boolean;
}

/**
 * `actions/checkout` with real git against the host: the given ref, or the commit of the run.
 * https://github.com/actions/checkout#usage
 */
export async function checkout(step: StepContext, inputs: ActionInputs): Promise<void> {
  const request = requestOf(step.job, inputs);
  const git = gitFor(step, request);
  log(step.job, `Syncing repository: ${request.repository}`);
  await prepare(step.job, request, git);
  const target = await targetOf(step.job, request, git);
  await git.run(fetchArguments(request.depth, target.refspecs));
  await git.run(['checkout', '--quiet', '--force', ...target.checkout]);
  const [commit = ''] = await git.lines(['log', '-1', '--format=%H']);
  step.outputs.set('commit', commit);
  step.outputs.set('ref', request.ref);
  if (request.persistCredentials && request.token !== '') await persist(step.job, request);
}

/** Written and not configured by command, since a command line can be seen by every process. */
async function persist(job: JobContext, request: CheckoutRequest): Promise<void> {
  const section = `[http "${job.run.host.urls.server}/"]`;
  await appendFile(
    path.join(request.directory, '.git', 'config'),
    `${section}\n\textraheader = ${authHeader(request.token)}\n`,
  );
}

function requestOf(job: JobContext, inputs: ActionInputs): CheckoutRequest {
  const repository = inputOr(inputs, 'repository', job.run.event.repository);
  const directory = path.resolve(job.directories.workspace, inputs['path'] ?? '');
  if (!`${directory}/`.startsWith(`${job.directories.workspace}/`)) {
    throw new StepFailure(
      `Repository path '${directory}' is not under '${job.directories.workspace}'`,
    );
  }
  const depth = Number(inputOr(inputs, 'fetch-depth', '1'));
  return {
    repository,
    ref: inputs['ref'] ?? '',
    token: inputs['token'] ?? job.token,
    directory,
    depth: Number.isInteger(depth) && depth > 0 ? depth : 0,
    persistCredentials: (inputs['persist-credentials'] ?? 'true').toLowerCase() === 'true',
  };
}

interface Git {
  run(args: readonly string[]): Promise<void>;
  lines(args: readonly string[]): Promise<readonly string[]>;
  readonly url: string;
}

/** Git in the checkout's directory; the token goes by the environment, where no `ps` shows it. */
function gitFor(step: StepContext, request: CheckoutRequest): Git {
  const { job } = step;
  if (request.token !== '') job.masker.add(credential(request.token));
  const env = {
    HOME: job.directories.home,
    ...job.run.settings.baseEnv,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    ...(request.token !== '' && {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: authKey(job),
      GIT_CONFIG_VALUE_0: authHeader(request.token),
    }),
  };
  const call = async (args: readonly string[], onLine: (line: string) => void): Promise<void> => {
    await runCommand(step, { command: 'git', args, cwd: request.directory, env }, onLine);
  };
  return {
    url: job.run.settings.cloneUrl(request.repository),
    run: async (args) => {
      log(job, `[command]git ${args.join(' ')}`);
      await call(args, (line) => log(job, line));
    },
    lines: async (args) => {
      const lines: string[] = [];
      await call(args, (line) => lines.push(line));
      return lines;
    },
  };
}

function authKey(job: JobContext): string {
  return `http.${job.run.host.urls.server}/.extraheader`;
}

function authHeader(token: string): string {
  return `AUTHORIZATION: basic ${credential(token)}`;
}

function credential(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}

/** An earlier checkout is cleaned and used again; anything else in the way is removed. */
async function prepare(job: JobContext, request: CheckoutRequest, git: Git): Promise<void> {
  const { directory } = request;
  await mkdir(directory, { recursive: true });
  if (existsSync(path.join(directory, '.git'))) {
    await git.run(['clean', '-ffdx']);
    await git.run(['remote', 'set-url', 'origin', git.url]);
    const section = `http.${job.run.host.urls.server}/`;
    const persisted = await git.lines(['config', '--local', '--list', '--name-only']);
    if (persisted.some((name) => name.startsWith(section))) {
      await git.run(['config', '--local', '--remove-section', section]);
    }
    return;
  }
  for (const name of await readdir(directory)) {
    await rm(path.join(directory, name), { recursive: true, force: true });
  }
  await git.run(['init', '--quiet', '.']);
  await git.run(['config', '--local', 'gc.auto', '0']);
  await git.run(['remote', 'add', 'origin', git.url]);
}

interface Target {
  readonly refspecs: readonly string[];
  readonly checkout: readonly string[];
}

const COMMIT = /^[\da-f]{40}$/u;

async function targetOf(job: JobContext, request: CheckoutRequest, git: Git): Promise<Target> {
  const { run } = job;
  const all = request.depth === 0 ? ['+refs/heads/*:refs/remotes/origin/*'] : [];
  if (request.ref === '' && request.repository === run.event.repository) {
    return commitTarget(run.sha, run.activation.ref, all);
  }
  if (COMMIT.test(request.ref)) return detached(request.ref, request.ref, all);
  const ref = await fullRef(request.ref, git);
  const [tip] = await git.lines(['ls-remote', 'origin', ref]);
  if (tip === undefined) {
    throw new StepFailure(`A branch or tag with the name '${request.ref}' could not be found`);
  }
  return refTarget(ref, all);
}

/** The run's own commit, on a local branch of its name if the run is on a branch. */
function commitTarget(sha: string, ref: string, all: readonly string[]): Target {
  if (!ref.startsWith('refs/heads/')) return detached(sha, sha, all);
  const branch = ref.slice('refs/heads/'.length);
  if (all.length > 0) return { refspecs: [...all, sha], checkout: ['-B', branch, sha] };
  const tracking = `refs/remotes/origin/${branch}`;
  return { refspecs: [`+${sha}:${tracking}`], checkout: ['-B', branch, tracking] };
}

function detached(source: string, commit: string, all: readonly string[]): Target {
  return { refspecs: [...all, source], checkout: ['--detach', commit] };
}

function refTarget(ref: string, all: readonly string[]): Target {
  if (ref.startsWith('refs/heads/')) {
    const branch = ref.slice('refs/heads/'.length);
    const tracking = `refs/remotes/origin/${branch}`;
    return {
      refspecs: all.length > 0 ? all : [`+${ref}:${tracking}`],
      checkout: ['-B', branch, tracking],
    };
  }
  const local = ref.replace(/^refs\/pull\//u, 'refs/remotes/pull/');
  return { refspecs: [...all, `+${ref}:${local}`], checkout: ['--detach', local] };
}

/** A name without `refs/` is a branch, and else a tag; none at all is the remote's default branch. */
async function fullRef(ref: string, git: Git): Promise<string> {
  if (ref.startsWith('refs/')) return ref;
  if (ref === '') {
    const [head = ''] = await git.lines(['ls-remote', '--symref', 'origin', 'HEAD']);
    return /^ref: (\S+)/u.exec(head)?.[1] ?? 'refs/heads/main';
  }
  const [branch] = await git.lines(['ls-remote', 'origin', `refs/heads/${ref}`]);
  return branch === undefined ? `refs/tags/${ref}` : `refs/heads/${ref}`;
}

function fetchArguments(depth: number, refspecs: readonly string[]): readonly string[] {
  const extent = depth === 0 ? ['--prune', '--tags'] : ['--no-tags', '--prune', `--depth=${depth}`];
  return ['fetch', '--quiet', ...extent, '--no-recurse-submodules', 'origin', ...refspecs];
}
