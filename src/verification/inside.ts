import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is a folder or lies in it; both are real paths, so that no symbolic link leads out. */
export function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
