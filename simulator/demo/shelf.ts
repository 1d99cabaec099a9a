import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The folder that the story's files are laid into. */
export interface Shelf {
  readonly folder: string;
  /** Names that were put, in order, relative to the folder. */
  readonly names: readonly string[];
  put(name: string, text: string): Promise<void>;
}

export function createShelf(folder: string): Shelf {
  const names: string[] = [];
  return {
    folder,
    names,
    async put(name, text) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text.endsWith('\n') ? text : `${text}\n`);
      names.push(name);
    },
  };
}

/** https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats */
const TOKEN = /gh[opsu]_[A-Za-z0-9]{30,}/u;

/**
 * The files in a folder that hold a token.
 * Git's compressed objects are not looked into: what was committed lies beside them as plain files.
 */
export async function filesWithTokens(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const found = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return TOKEN.test(await readFile(file, 'latin1')) ? [path.relative(folder, file)] : [];
    }),
  );
  return found.flat();
}
