import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Workflow } from '../../simulator/runner/workflow.ts';
import { parseWorkflow } from '../../simulator/runner/workflow.ts';

const HOME = path.resolve(import.meta.dirname, '../..');

export const REUSABLE = '.github/workflows/sessions.yml';
export const EXAMPLE = 'examples/plex-client/.github/workflows/sessions.yml';
export const CALLER = 'examples/workflows/sessions.yml';
export const INLINED = 'examples/workflows/inlined.yml';
export const GHES = 'examples/workflows/ghes.yml';

/** How a repository names our action and our reusable workflow. */
export const OUR_ACTION = 'sessionwright/sessionwright@v0';
export const OUR_WORKFLOW = `sessionwright/sessionwright/${REUSABLE}@v0`;

/** A workflow file that this repository runs, or gives its users to run. */
export interface ShippedWorkflow {
  readonly path: string;
  readonly text: string;
  readonly workflow: Workflow;
}

export function readShipped(file: string): ShippedWorkflow {
  const text = readFileSync(path.join(HOME, file), 'utf8');
  return { path: file, text, workflow: parseWorkflow(text, file) };
}

/** All of them, so that a new one is looked at by every test. */
export function allShipped(): readonly ShippedWorkflow[] {
  const listed = ['.github/workflows', 'examples/workflows'].flatMap((folder) =>
    readdirSync(path.join(HOME, folder)).map((file) => `${folder}/${file}`),
  );
  return [...listed, EXAMPLE].map(readShipped);
}
