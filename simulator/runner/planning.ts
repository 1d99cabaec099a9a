import type { RepositoryEvent, RunnerHost } from '../ports.ts';
import type { Calls, ReadWorkflow } from './called-workflows.ts';
import { loadCalls } from './called-workflows.ts';
import type { DispatchInputs } from './dispatch-inputs.ts';
import { dispatchInputs } from './dispatch-inputs.ts';
import type { JsonObject } from './json.ts';
import { at } from './json.ts';
import type { SkippedTrigger } from './records.ts';
import type { Activation } from './triggers.ts';
import { activationsOf, matchTrigger } from './triggers.ts';
import type { Workflow } from './workflow.ts';
import { parseWorkflow, WorkflowError } from './workflow.ts';

const WORKFLOWS = '.github/workflows';

/** A run that an event asks for. */
export interface PlannedRun {
  readonly event: RepositoryEvent;
  readonly activation: Activation;
  readonly sha: string;
  readonly inputs: JsonObject;
  readonly path: string;
  /** The file, or why GitHub would call it invalid. */
  readonly workflow: Workflow | WorkflowError;
  readonly calls: Calls;
}

/** What planning reads: the repository, and the workflow files of others. */
export interface PlanSources {
  readonly host: RunnerHost;
  /** Of a repository that is not the event's. */
  readonly readElsewhere: ReadWorkflow;
}

export interface RunPlan {
  readonly runs: readonly PlannedRun[];
  readonly skipped: readonly SkippedTrigger[];
}

/** Reads the workflow files an event may start and says which it does, and why not the others. */
export async function planRuns(sources: PlanSources, event: RepositoryEvent): Promise<RunPlan> {
  const { host } = sources;
  const found = activationsOf(event, host.defaultBranch(event.repository));
  if (found.kind === 'ignored') {
    return { runs: [], skipped: [skip(event, event.name, null, found.reason)] };
  }
  const plans = await Promise.all(
    found.activations.map((one) => planActivation(sources, event, one)),
  );
  return {
    runs: plans.flatMap(({ runs }) => runs),
    skipped: plans.flatMap(({ skipped }) => skipped),
  };
}

async function planActivation(
  sources: PlanSources,
  event: RepositoryEvent,
  activation: Activation,
): Promise<RunPlan> {
  const { host } = sources;
  const { trigger, commit } = activation;
  const sha = await host.resolve(event.repository, commit);
  if (sha === null) {
    const reason = commit.startsWith('refs/pull/')
      ? 'The pull request cannot be merged: there is no merge commit to run on'
      : `${commit} names no commit`;
    return { runs: [], skipped: [skip(event, trigger, null, reason)] };
  }
  const runs: PlannedRun[] = [];
  const skipped: SkippedTrigger[] = [];
  for (const { path, source } of await workflowFiles(host, event.repository, sha)) {
    const planned = planFile({ event, activation, sha, path }, source);
    if (typeof planned === 'string') skipped.push(skip(event, trigger, path, planned));
    else runs.push(await withCalls(sources, planned));
  }
  return { runs, skipped };
}

interface WorkflowFile {
  readonly path: string;
  readonly source: string;
}

async function workflowFiles(
  host: RunnerHost,
  repository: string,
  sha: string,
): Promise<readonly WorkflowFile[]> {
  const listed = await host.listFiles(repository, sha, WORKFLOWS);
  const paths = listed
    .map((name) => (name.startsWith(`${WORKFLOWS}/`) ? name : `${WORKFLOWS}/${name}`))
    .filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/u.test(path));
  const files: WorkflowFile[] = [];
  for (const path of paths.sort()) {
    const source = await host.readFile(repository, sha, path);
    if (source !== null) files.push({ path, source });
  }
  return files;
}

/** A call GitHub would refuse makes a run that fails before its first job, whatever the event. */
async function withCalls(
  { host, readElsewhere }: PlanSources,
  planned: FileRun,
): Promise<PlannedRun> {
  const { workflow, event, sha } = planned;
  if (workflow instanceof WorkflowError) return { ...planned, calls: new Map() };
  const { repository } = event;
  const read: ReadWorkflow = async (home, path) => {
    if (home.repository.toLowerCase() !== repository.toLowerCase())
      return readElsewhere(home, path);
    const commit = await host.resolve(repository, home.ref);
    return commit === null ? null : host.readFile(repository, commit, path);
  };
  try {
    return { ...planned, calls: await loadCalls(read, workflow, { repository, ref: sha }) };
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    return { ...planned, workflow: error, calls: new Map() };
  }
}

type FileRun = Omit<PlannedRun, 'calls'>;
type FileOfRun = Pick<PlannedRun, 'event' | 'activation' | 'sha' | 'path'>;

/**
 * The run of a file, or why there is none. GitHub shows an invalid file as a run that fails at once,
 * but only when it is pushed.
 */
function planFile(file: FileOfRun, source: string): FileRun | string {
  const workflow = readWorkflow(source, file.path);
  if (workflow instanceof WorkflowError) {
    return file.event.name === 'push' ? { ...file, workflow, inputs: {} } : workflow.message;
  }
  const match = matchTrigger(workflow, file.activation, file.event);
  if (match.kind === 'no-match') return `The workflow ${match.reason}`;
  if (file.activation.trigger !== 'workflow_dispatch') return { ...file, workflow, inputs: {} };
  const dispatched: DispatchInputs = dispatchInputs(
    workflow.on['workflow_dispatch']?.inputs ?? {},
    at(file.event.payload, 'inputs'),
  );
  if (dispatched.kind === 'refused') return dispatched.reason;
  const payload = { ...file.event.payload, inputs: dispatched.texts };
  return { ...file, workflow, inputs: dispatched.inputs, event: { ...file.event, payload } };
}

function readWorkflow(source: string, path: string): Workflow | WorkflowError {
  try {
    return parseWorkflow(source, path);
  } catch (error) {
    if (error instanceof WorkflowError) return error;
    throw error;
  }
}

function skip(
  event: RepositoryEvent,
  trigger: string,
  workflowPath: string | null,
  reason: string,
): SkippedTrigger {
  return { eventId: event.id, event: trigger, workflowPath, reason };
}
