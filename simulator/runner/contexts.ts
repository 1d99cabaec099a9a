import os from 'node:os';
import path from 'node:path';
import type { Scope, Status } from './expressions.ts';
import type { Json, JsonObject } from './json.ts';
import { at, textAt, toJson } from './json.ts';
import type { JobBase, JobContext, RunContext } from './run-context.ts';

const JOB: readonly string[] = ['github', 'needs', 'strategy', 'matrix', 'vars', 'inputs'];
const STEP: readonly string[] = [...JOB, 'job', 'runner', 'env', 'steps'];

/** https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability */
const AVAILABLE = {
  'run-name': ['github', 'inputs', 'vars'],
  concurrency: ['github', 'inputs', 'vars'],
  env: ['github', 'secrets', 'inputs', 'vars'],
  'jobs.if': ['github', 'needs', 'vars', 'inputs'],
  'jobs.strategy': ['github', 'needs', 'vars', 'inputs'],
  jobs: JOB,
  'jobs.env': [...JOB, 'secrets'],
  'jobs.secrets': [...JOB, 'secrets'],
  'call.default': ['github', 'inputs', 'vars'],
  'call.outputs': ['github', 'jobs', 'vars', 'inputs'],
  'jobs.defaults': [...JOB, 'env'],
  'jobs.outputs': [...STEP, 'secrets'],
  'steps.if': STEP,
  steps: [...STEP, 'secrets'],
} as const satisfies Record<string, readonly string[]>;

export type Place = keyof typeof AVAILABLE;

/** The scope of an expression of the workflow itself. */
export function runScope(run: RunContext, place: Place, jobs: JsonObject = {}): Scope {
  return scopeOf(place, { ...runContexts(run), jobs });
}

/** The scope of an expression of a job that has no machine yet. */
export function jobScope(plan: JobBase, place: Place, status?: Status): Scope {
  const { needs, matrix, strategy } = plan;
  return scopeOf(place, { ...runContexts(plan.run), needs, matrix, strategy }, status);
}

/** The scope of an expression of a step, with the environment as that step has it. */
export function stepScope(
  job: JobContext,
  env: Readonly<Record<string, string>>,
  place: Place,
  github: JsonObject = {},
): Scope {
  const { needs, matrix, strategy } = job;
  const contexts = {
    ...runContexts(job.run),
    github: { ...jobGithubContext(job), ...github },
    secrets: secretsContext(job.run, job.token),
    ...{ needs, matrix, strategy, env },
    job: { status: jobStatus(job) },
    steps: toJson(Object.fromEntries(job.steps)),
    runner: runnerContext(job),
  };
  return scopeOf(place, contexts, place === 'steps.if' ? stepStatus(job) : undefined);
}

function scopeOf(place: Place, contexts: JsonObject, status?: Status): Scope {
  const known = AVAILABLE[place].map((name) => [name, at(contexts, name) ?? {}] as const);
  return { contexts: Object.fromEntries(known), ...(status && { status }) };
}

function runContexts(run: RunContext): JsonObject {
  return {
    github: githubContext(run),
    vars: run.variables,
    inputs: run.inputs,
    secrets: secretsContext(run, null),
  };
}

function secretsContext(run: RunContext, token: string | null): JsonObject {
  const secrets = run.trusted ? run.secrets : {};
  return token === null ? secrets : { ...secrets, GITHUB_TOKEN: token };
}

/**
 * The `github` context of a run, before it has a job. In a reusable workflow it is the caller's.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations#github-context
 */
export function githubContext(run: RunContext): JsonObject {
  const { event, activation, record, sha, host } = run;
  const { repository } = event;
  const ids = host.ids(repository);
  return {
    event: toJson(event.payload),
    event_name: activation.trigger,
    repository,
    repository_owner: repository.split('/')[0] ?? '',
    repository_id: String(ids.repository),
    repository_owner_id: String(ids.owner),
    repositoryUrl: `${host.urls.server}/${repository}.git`,
    sha,
    ref: activation.ref,
    ref_name: activation.ref.replace(/^refs\/(?:heads|tags|pull)\//u, ''),
    ref_type: activation.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ...pullRequestRefs(run),
    actor: event.actor,
    triggering_actor: event.actor,
    run_id: String(record.run.id),
    run_number: String(record.runNumber),
    run_attempt: '1',
    workflow: record.run.name,
    workflow_ref: `${repository}/${record.run.workflowPath}@${activation.ref}`,
    workflow_sha: sha,
    server_url: host.urls.server,
    api_url: host.urls.api,
    graphql_url: host.urls.graphql,
  };
}

/** `head_ref` and `base_ref` are set for these two events only. */
function pullRequestRefs(run: RunContext): JsonObject {
  const { trigger } = run.activation;
  if (trigger !== 'pull_request' && trigger !== 'pull_request_target') {
    return { head_ref: '', base_ref: '' };
  }
  const pull: Json = at(toJson(run.event.payload), 'pull_request');
  return { head_ref: textAt(pull, 'head', 'ref'), base_ref: textAt(pull, 'base', 'ref') };
}

function jobGithubContext(job: JobContext): JsonObject {
  return {
    ...githubContext(job.run),
    job: job.spec.id,
    token: job.token,
    workspace: job.directories.workspace,
    event_path: job.eventPath,
  };
}

export function jobStatus(job: JobContext): 'success' | 'failure' | 'cancelled' {
  if (job.cancelled.aborted) return 'cancelled';
  return job.failed ? 'failure' : 'success';
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions */
function stepStatus(job: JobContext): Status {
  const status = jobStatus(job);
  return {
    success: status === 'success',
    failure: status === 'failure',
    cancelled: status === 'cancelled',
  };
}

function runnerContext(job: JobContext): JsonObject {
  const { temp, toolCache, workspace } = job.directories;
  return {
    name: 'simulated-runner',
    os: runnerOs(),
    arch: runnerArch(),
    temp,
    tool_cache: toolCache,
    workspace: path.dirname(workspace),
    environment: 'github-hosted',
    debug: isDebugging(job.run) ? '1' : '',
  };
}

export function runnerOs(): string {
  const names: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows' };
  return names[os.platform()] ?? 'Linux';
}

export function runnerArch(): string {
  const names: Readonly<Record<string, string>> = { ia32: 'X86', arm: 'ARM', arm64: 'ARM64' };
  return names[os.arch()] ?? 'X64';
}

/** https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging */
export function isDebugging(run: RunContext): boolean {
  const name = 'ACTIONS_STEP_DEBUG';
  return (run.secrets[name] ?? run.variables[name]) === 'true';
}
