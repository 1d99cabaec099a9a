import { mkdtempSync, realpathSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isInside } from './inside.ts';

/** The whole of one command's output; a file that cannot be written costs the log, never the result. */
export interface LogFile {
  /** Settles when they are written, so that who waits for it is as slow as the disk. */
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** No command may fill the disk with what it prints: a hosted runner has 14 GB in all. */
const FILE_LIMIT_BYTES = 2 * 1024 ** 3;

const CUT = '\n… the rest of the output is not kept …\n';

const NOWHERE: LogFile = { write: () => Promise.resolve(), close: () => Promise.resolve() };

/** A new folder in the runner's own for temporary files; null where that is unknown, unusable or part of the workspace. */
export function makeLogFolder(temp: string | undefined, workspace: string): string | null {
  if (temp === undefined || temp === '') return null;
  try {
    const folder = realpathSync(temp);
    if (isInside(realpathSync(workspace), folder)) return null;
    return mkdtempSync(join(folder, 'sessionwright-logs-'));
  } catch {
    return null;
  }
}

/** The file is made anew: what already bears that name, a symbolic link above all, is left alone. */
export async function openLogFile(
  folder: string | null,
  name: string,
  limitBytes: number = FILE_LIMIT_BYTES,
): Promise<LogFile> {
  if (folder === null) return NOWHERE;
  try {
    return logFile(await open(join(folder, name), 'wx', 0o600), limitBytes);
  } catch {
    return NOWHERE;
  }
}

function logFile(handle: FileHandle, limitBytes: number): LogFile {
  let left = limitBytes;
  let last = Promise.resolve();

  async function append(bytes: Uint8Array): Promise<void> {
    if (left <= 0) return;
    const fits = bytes.length <= left;
    try {
      await handle.writeFile(
        fits ? bytes : Buffer.concat([bytes.subarray(0, left), Buffer.from(CUT)]),
      );
      left = fits ? left - bytes.length : 0;
    } catch {
      left = 0;
    }
  }

  return {
    write(bytes) {
      last = last.then(() => append(bytes));
      return last;
    },
    async close() {
      await last;
      await handle.close().catch(() => undefined);
    },
  };
}
