import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReadWorkflow } from './called-workflows.ts';

/** Reads the reusable workflows of the repositories whose actions the runner was given, at whatever ref. */
export function readFromActions(actions: Readonly<Record<string, string>>): ReadWorkflow {
  return async ({ repository }, file) => {
    const name = repository.toLowerCase();
    const root = Object.entries(actions).find(([key]) => key.toLowerCase() === name);
    if (root === undefined) return null;
    try {
      return await readFile(path.join(root[1], file), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  };
}
