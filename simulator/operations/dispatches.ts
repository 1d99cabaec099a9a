import { load } from 'js-yaml';

import { notFound, unprocessable } from '../errors.ts';
import { emit } from '../events.ts';
import type { Scene } from '../events.ts';
import type { Repository } from '../model.ts';
import { WORKFLOWS_DIRECTORY } from './workflow-files.ts';

/** https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event */
const MAX_INPUTS = 25;
/** https://docs.github.com/rest/repos/repos#create-a-repository-dispatch-event */
const MAX_PAYLOAD_PROPERTIES = 10;
const MAX_EVENT_TYPE = 100;

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number that stays the same for a workflow's path, as its database id does. */
export function workflowId(path: string): number {
  let id = 7;
  for (const byte of Buffer.from(path)) id = (id * 31 + byte) % 1_000_000_007;
  return id;
}

/** The path of the workflow that an id or a file name means, on the default branch; else 404. */
export async function findWorkflow(repo: Repository, idOrFile: string): Promise<string> {
  const tip = repo.git.branch(repo.defaultBranch) ?? '';
  const directory = await repo.git.objects.find(`${tip}:${WORKFLOWS_DIRECTORY}`);
  const files = directory === null ? [] : await repo.git.objects.tree(directory.oid);
  for (const { name } of files ?? []) {
    const path = `${WORKFLOWS_DIRECTORY}/${name}`;
    if (name === idOrFile || String(workflowId(path)) === idOrFile) return path;
  }
  throw notFound();
}

/** The inputs a workflow declares for `workflow_dispatch`, or null when it does not take it. */
async function dispatchInputs(
  repo: Repository,
  commit: string,
  path: string,
): Promise<Mapping | null> {
  const content = await repo.git.objects.blob(`${commit}:${path}`);
  const workflow: unknown = content === null ? null : load(content.toString());
  const on = isMapping(workflow) ? workflow['on'] : null;
  if (on === 'workflow_dispatch') return {};
  if (Array.isArray(on)) return on.includes('workflow_dispatch') ? {} : null;
  if (!isMapping(on) || !('workflow_dispatch' in on)) return null;
  const trigger = on['workflow_dispatch'];
  const inputs = isMapping(trigger) ? trigger['inputs'] : null;
  return isMapping(inputs) ? inputs : {};
}

/** Inputs reach a workflow as strings, whatever type they were declared with. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function fillInputs(declared: Mapping, given: Mapping): Readonly<Record<string, string>> {
  const unexpected = Object.keys(given).filter((name) => !(name in declared));
  if (unexpected.length > 0) {
    throw unprocessable(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  }
  const filled: Record<string, string> = {};
  for (const [name, about] of Object.entries(declared)) {
    const value = given[name] ?? (isMapping(about) ? about['default'] : undefined);
    const required = isMapping(about) && about['required'] === true;
    if (value === undefined && required) {
      throw unprocessable(`Required input '${name}' not provided`);
    }
    filled[name] = text(value);
  }
  return filled;
}

export async function dispatchWorkflow(
  scene: Scene,
  idOrFile: string,
  ref: string,
  inputs: Mapping,
): Promise<void> {
  const { repo } = scene;
  const path = await findWorkflow(repo, idOrFile);
  const names = [ref, `refs/heads/${ref}`, `refs/tags/${ref}`];
  const full = names.find((name) => repo.git.refs.has(name));
  if (full === undefined) throw unprocessable(`No ref found for: ${ref}`);
  if (Object.keys(inputs).length > MAX_INPUTS) {
    throw unprocessable(`you may only define up to ${String(MAX_INPUTS)} \`inputs\``);
  }
  const declared = await dispatchInputs(repo, repo.git.refs.get(full) ?? '', path);
  if (declared === null) {
    throw unprocessable("Workflow does not have 'workflow_dispatch' trigger");
  }
  const filled = fillInputs(declared, inputs);
  emit(scene, 'workflow_dispatch', { inputs: filled, ref: full, workflow: path });
}

export function dispatchRepository(scene: Scene, eventType: string, payload: Mapping): void {
  if (eventType.length === 0 || eventType.length > MAX_EVENT_TYPE) {
    throw unprocessable('Invalid request.\n\n"event_type" must be 1 to 100 characters.');
  }
  if (Object.keys(payload).length > MAX_PAYLOAD_PROPERTIES) {
    throw unprocessable(
      `No more than ${String(MAX_PAYLOAD_PROPERTIES)} properties are allowed; ` +
        `${String(Object.keys(payload).length)} were supplied.`,
    );
  }
  const branch = scene.repo.defaultBranch;
  const about = { action: eventType, branch, client_payload: payload };
  emit(scene, 'repository_dispatch', about);
}
