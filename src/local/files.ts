import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Git } from './git.ts';

/** Files by their paths from the repository's root, wherever they lie. */
export interface Files {
  /** Null where there is no such file. */
  read(file: string): Promise<Uint8Array | null>;
  /** Names of the files right in a folder; none where there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
}

/** The files as they lie in a folder, committed or not. */
export function workingTree(root: string): Files {
  return {
    read: (file) => readFile(path.join(root, file)).catch(orNull),
    async list(folder) {
      const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(orNull);
      return (entries ?? []).filter((one) => one.isFile()).map((one) => one.name);
    },
  };
}

/** The files as a commit holds them. */
export function committedFiles(git: Git, sha: string): Files {
  return {
    read: (file) => git.bytes(sha, file),
    async list(folder) {
      const tree = await git.text('ls-tree', '-z', `${sha}:${folder}`);
      return (tree ?? '').split('\0').flatMap((line) => {
        const [, name] = /^\d+ blob [0-9a-f]+\t([^/]+)$/su.exec(line) ?? [];
        return name === undefined ? [] : [name];
      });
    },
  };
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

function orNull(error: unknown): null {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  if (isCoded && typeof error.code === 'string' && ABSENT.has(error.code)) return null;
  throw error;
}
