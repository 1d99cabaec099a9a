import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isInside } from './inside.ts';

export type WorkingDirectory =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string };

/** The real path of the folder a command runs in; a symbolic link that leads out of `root` is refused. */
export function resolveWorkingDirectory(root: string, folder: string | null): WorkingDirectory {
  const told = folder ?? '.';
  try {
    const realRoot = realpathSync(root);
    const path = realpathSync(resolve(realRoot, told));
    if (!isInside(realRoot, path)) {
      return { ok: false, reason: `The working directory \`${told}\` lies outside the checkout.` };
    }
    if (!statSync(path).isDirectory()) {
      return { ok: false, reason: `The working directory \`${told}\` is no folder.` };
    }
    return { ok: true, path };
  } catch {
    return { ok: false, reason: `The working directory \`${told}\` does not exist.` };
  }
}
