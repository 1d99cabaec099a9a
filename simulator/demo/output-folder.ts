import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Marks a folder that the demo made and may therefore replace. */
const MARKER = '.sessionwright-demo';

/** Why the demo must not write into a folder; null where it may: nothing but its own is ever deleted. */
export async function refuseFolder(folder: string): Promise<string | null> {
  try {
    const names = await readdir(folder);
    if (names.length === 0 || names.includes(MARKER)) return null;
    return `--output: ${folder} is not empty and was not made by the demo; name another folder.`;
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return null;
    if (code === 'ENOTDIR') return `--output: ${folder} is no folder.`;
    throw error;
  }
}

/** Empties the folder and marks it as the demo's. */
export async function prepareFolder(folder: string): Promise<void> {
  const refused = await refuseFolder(folder);
  if (refused !== null) throw new Error(refused);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, MARKER), 'Made by the demo, which replaces it next time.\n');
}
