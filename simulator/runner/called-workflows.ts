import type { Permissions } from '../ports.ts';
import { contractProblem } from './call-contract.ts';
import { excessOf, grantedBy } from './permissions.ts';
import type { CallContract, CallJobSpec, Workflow } from './workflow.ts';
import { parseWorkflow, WorkflowError } from './workflow.ts';

/** Where a workflow file is, which is what `$/` and `./` mean in it. */
export interface Home {
  readonly repository: string;
  /** The commit, or the ref it was asked for at. */
  readonly ref: string;
}

/** A reusable workflow as a job calls it. */
export interface CalledWorkflow {
  readonly workflow: Workflow;
  readonly contract: CallContract;
  readonly home: Home;
  readonly calls: Calls;
}

/** By the id of the job that calls. */
export type Calls = ReadonlyMap<string, CalledWorkflow>;

/** Finds the text of a workflow file of any repository, null where there is none. */
export type ReadWorkflow = (home: Home, path: string) => Promise<string | null>;

/**
 * "You can connect a maximum of ten levels of workflows", the caller among them.
 * https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows#nesting-reusable-workflows
 */
const MAX_LEVELS = 10;

interface Caller {
  readonly workflow: Workflow;
  readonly home: Home;
  /** What its own caller may; null where an event started it. */
  readonly ceiling: Permissions | null;
  readonly level: number;
}

/**
 * Reads every workflow that a workflow calls, and those these call. GitHub does so before the first job,
 * and refuses the run where one is missing, is given what it does not take or asks for more than its caller may.
 * @throws {WorkflowError} where GitHub would not start the run.
 */
export async function loadCalls(
  read: ReadWorkflow,
  workflow: Workflow,
  home: Home,
): Promise<Calls> {
  return loadLevel(read, { workflow, home, ceiling: null, level: 1 });
}

async function loadLevel(read: ReadWorkflow, caller: Caller): Promise<Calls> {
  const calls = new Map<string, CalledWorkflow>();
  for (const job of caller.workflow.jobs) {
    if (job.kind === 'call') calls.set(job.id, await loadCall(read, caller, job));
  }
  return calls;
}

async function loadCall(
  read: ReadWorkflow,
  caller: Caller,
  job: CallJobSpec,
): Promise<CalledWorkflow> {
  const fail = (problem: string): never => {
    const where = `${caller.workflow.path}: jobs.${job.id}`;
    throw new WorkflowError(`${where}: Error calling workflow '${job.uses}'. ${problem}`);
  };
  const level = caller.level + 1;
  if (level > MAX_LEVELS) return fail(`More than ${MAX_LEVELS} levels of workflows are connected.`);
  const place = parseCallReference(job.uses, caller.home);
  if (place === null) return fail('The reference is invalid.');
  const source = await read(place.home, place.path);
  if (source === null) return fail('The workflow was not found.');
  const workflow = parseWorkflow(source, place.path);
  const { call: contract } = workflow;
  if (contract === null) return fail('It has no `on: workflow_call` trigger.');
  const ceiling = grantedBy(job.permissions ?? caller.workflow.permissions, caller.ceiling);
  const problem = contractProblem(contract, job) ?? permissionProblem(workflow, ceiling);
  if (problem !== null) return fail(problem);
  const { home } = place;
  const calls = await loadLevel(read, { workflow, home, ceiling, level });
  return { workflow, contract, home, calls };
}

/**
 * A workflow of the same repository and commit, or of another repository at a ref. Only
 * `.github/workflows` itself holds workflows.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_iduses
 */
export function parseCallReference(
  uses: string,
  caller: Home,
): { readonly home: Home; readonly path: string } | null {
  const local = /^[.$]\/(\.github\/workflows\/[^/@]+\.ya?ml)$/u.exec(uses);
  if (local) return { home: caller, path: local[1] ?? '' };
  const remote = /^([\w.-]+\/[\w.-]+)\/(\.github\/workflows\/[^/@]+\.ya?ml)@(\S+)$/u.exec(uses);
  if (!remote) return null;
  const [, repository = '', path = '', ref = ''] = remote;
  return { home: { repository, ref }, path };
}

/** The words are GitHub's: https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/PermissionsHelper.cs */
function permissionProblem(workflow: Workflow, ceiling: Permissions): string | null {
  const own = excessOf(workflow.permissions, ceiling);
  if (own !== null) return `The workflow ${own}`;
  for (const { id, permissions } of workflow.jobs) {
    const excess = permissions === null ? null : excessOf(permissions, ceiling);
    if (excess !== null) return `The nested job '${id}' ${excess}`;
  }
  return null;
}
