import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Files } from '../../local/files.ts';
import type { PlannedFile } from './plan-files.ts';

export interface Written {
  readonly written: readonly string[];
  /** There already, and left as they are. */
  readonly kept: readonly string[];
}

/** Writes what is not there; what is there and reads otherwise only where `overwrite` says so, file by file. */
export async function writeFiles(
  root: string,
  files: readonly PlannedFile[],
  { here, overwrite }: { here: Files; overwrite: (file: string) => Promise<boolean> },
): Promise<Written> {
  const [written, kept]: [string[], string[]] = [[], []];
  for (const { path: file, text } of files) {
    const before = await here.read(file);
    const isSame = before !== null && new TextDecoder().decode(before) === text;
    if (isSame || (before !== null && !(await overwrite(file)))) {
      kept.push(file);
      continue;
    }
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
    written.push(file);
  }
  return { written, kept };
}
