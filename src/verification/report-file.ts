import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { isInside } from './inside.ts';
import { cleanText } from './output-stream.ts';

/** What a command wrote for machines, or why nothing can be read. */
export type ReportReading =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** Parsed in memory, which takes some fifteen times as much (docs/performance.md); ten thousand tests have about two megabytes. */
const REPORT_LIMIT_MIB = 4;
const REPORT_LIMIT_BYTES = REPORT_LIMIT_MIB * 1024 * 1024;

/** Nothing is opened that would wait for a writer, as a named pipe does. */
const READ_AT_ONCE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Looks at the file before the command starts; the returned function reads it afterwards. One that the command did
 * not write, since it was committed or left by another, cannot speak for this run. Only the command's own folder tree counts: a
 * symbolic link that leads out of `root` is refused.
 */
export function expectReport(
  root: string,
  name: string,
  secrets: readonly string[],
): () => ReportReading {
  const path = join(root, name);
  const before = identityOf(path);
  return () => {
    const reading = readFresh(root, path, before);
    if (!reading.ok) return { ok: false, reason: `The report \`${name}\` ${reading.reason}` };
    return { ok: true, text: cleanText(reading.bytes, secrets) };
  };
}

type Bytes =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

function readFresh(root: string, path: string, before: string | null): Bytes {
  let file: number | null = null;
  try {
    const real = realpathSync(path);
    if (!isInside(realpathSync(root), real))
      return { ok: false, reason: 'lies outside the checkout.' };
    file = openSync(real, READ_AT_ONCE);
    const stats = fstatSync(file, { bigint: true });
    if (!stats.isFile()) return { ok: false, reason: 'is no file.' };
    if (identity(stats) === before) return { ok: false, reason: 'was not written by this run.' };
    if (stats.size > REPORT_LIMIT_BYTES) {
      return { ok: false, reason: `is larger than the ${REPORT_LIMIT_MIB} MiB that are read.` };
    }
    return { ok: true, bytes: readUpTo(file, Number(stats.size)) };
  } catch {
    return { ok: false, reason: 'was not written.' };
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** No more than was there when it was measured: what still writes to it could make it grow for ever. */
function readUpTo(file: number, length: number): Uint8Array {
  const bytes = Buffer.alloc(length);
  let read = 0;
  for (let count = -1; count !== 0 && read < length; read += count) {
    count = readSync(file, bytes, read, length - read, null);
  }
  return bytes.subarray(0, read);
}

function identityOf(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : identity(stats);
}

/** The time of the last change (`ctime`) moves with every write, and nobody can set it back. */
function identity({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}
