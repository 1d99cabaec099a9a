import path from 'node:path';
import { githubContext, isDebugging, runnerArch, runnerOs } from './contexts.ts';
import type { FileCommands } from './file-commands.ts';
import { textAt } from './json.ts';
import type { JobContext } from './run-context.ts';
import type { StepContext } from './step-context.ts';

/** What a step's process is told of the action it belongs to. */
export interface ActionPlace {
  /** `GITHUB_ACTION`. */
  readonly name: string;
  readonly directory?: string;
  readonly repository?: string;
  readonly ref?: string;
}

/**
 * The whole environment of a step's process: a minimal base, the variables of workflow, job and step,
 * the action's inputs, and over them what the runner sets. The job's token is not in it.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
 */
export function stepEnvironment(
  step: StepContext,
  files: FileCommands,
  action: ActionPlace,
  inputs: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const { job } = step;
  const environment: Record<string, string> = {
    HOME: job.directories.home,
    ...job.run.settings.baseEnv,
    CI: 'true',
    ...step.env,
    ...inputs,
    ...githubVariables(job),
    ...actionVariables(action),
    ...runnerVariables(job),
    ...files,
  };
  return { ...environment, PATH: searchPath(job, environment['PATH'] ?? '') };
}

function searchPath(job: JobContext, inherited: string): string {
  return [...new Set([...job.path].reverse()), inherited].join(path.delimiter);
}

const VARIABLES = [
  ...['actor', 'api_url', 'base_ref', 'event_name', 'graphql_url', 'head_ref', 'ref', 'ref_name'],
  ...[
    'ref_type',
    'repository',
    'repository_id',
    'repository_owner',
    'repository_owner_id',
    'run_attempt',
    'run_id',
    'run_number',
  ],
  ...['server_url', 'sha', 'triggering_actor', 'workflow', 'workflow_ref', 'workflow_sha'],
];

function githubVariables(job: JobContext): Record<string, string> {
  const context = githubContext(job.run);
  const named = VARIABLES.map(
    (name) => [`GITHUB_${name.toUpperCase()}`, textAt(context, name)] as const,
  );
  return {
    ...Object.fromEntries(named),
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_PATH: job.eventPath,
    GITHUB_JOB: job.spec.id,
    GITHUB_WORKSPACE: job.directories.workspace,
  };
}

function actionVariables(action: ActionPlace): Record<string, string> {
  return {
    GITHUB_ACTION: action.name,
    GITHUB_ACTION_REPOSITORY: action.repository ?? '',
    GITHUB_ACTION_REF: action.ref ?? '',
    ...(action.directory !== undefined && { GITHUB_ACTION_PATH: action.directory }),
  };
}

function runnerVariables(job: JobContext): Record<string, string> {
  return {
    RUNNER_NAME: 'simulated-runner',
    RUNNER_OS: runnerOs(),
    RUNNER_ARCH: runnerArch(),
    RUNNER_TEMP: job.directories.temp,
    RUNNER_TOOL_CACHE: job.directories.toolCache,
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_WORKSPACE: path.dirname(job.directories.workspace),
    ...(isDebugging(job.run) && { RUNNER_DEBUG: '1' }),
  };
}
