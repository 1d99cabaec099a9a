import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { load } from 'js-yaml';
import type { Json, JsonObject } from './json.ts';
import { at, isObject, textAt, toJson } from './json.ts';
import type { JobContext } from './run-context.ts';
import { StepFailure } from './step-context.ts';

/** What a step's `uses:` names. */
export type ActionReference =
  | {
      readonly kind: 'repository';
      readonly repository: string;
      readonly folder: string;
      readonly ref: string;
    }
  | { readonly kind: 'self'; readonly folder: string }
  | { readonly kind: 'workspace'; readonly folder: string }
  | { readonly kind: 'unsupported' };

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses */
export function parseReference(uses: string): ActionReference {
  if (uses.startsWith('./')) return { kind: 'workspace', folder: uses };
  if (uses.startsWith('$/')) {
    return uses.includes('@') ? { kind: 'unsupported' } : { kind: 'self', folder: uses.slice(2) };
  }
  const named = /^([\w.-]+\/[\w.-]+)((?:\/[^@/]+)*)@(\S+)$/u.exec(uses);
  if (!named) return { kind: 'unsupported' };
  const [, repository = '', folder = '', ref = ''] = named;
  return { kind: 'repository', repository, folder: folder.slice(1), ref };
}

/** The directory an action that is not built in is in, or null if there is none. */
export function actionDirectory(job: JobContext, reference: ActionReference): string | null {
  if (reference.kind === 'unsupported') return null;
  if (reference.kind === 'workspace') {
    return path.resolve(job.directories.workspace, reference.folder);
  }
  const { actions } = job.run.settings;
  // The repository of the file it stands in, which in a reusable workflow is not the caller's.
  const name = reference.kind === 'self' ? job.run.home.repository : reference.repository;
  const root = Object.entries(actions).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return root ? path.resolve(root[1], reference.folder) : null;
}

/** What of an `action.yml` the runner goes by. */
export interface ActionMetadata {
  readonly directory: string;
  readonly using: string;
  readonly main: string;
  readonly inputs: JsonObject;
}

/** Reads an action's `action.yml` or `action.yaml`. */
export async function readAction(directory: string, uses: string): Promise<ActionMetadata> {
  const file = ['action.yml', 'action.yaml']
    .map((name) => path.join(directory, name))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new StepFailure(
      `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${directory}'. Did you forget to run actions/checkout before running your local action?`,
    );
  }
  const metadata: Json = toJson(load(await readFile(file, 'utf8')));
  const inputs = at(metadata, 'inputs');
  const using = textAt(metadata, 'runs', 'using');
  const main = textAt(metadata, 'runs', 'main');
  if (!/^node\d+$/u.test(using) || main === '') {
    throw new StepFailure(`${uses}: the simulated runner runs JavaScript actions, not '${using}'`);
  }
  return { directory, using, main, inputs: isObject(inputs) ? inputs : {} };
}
