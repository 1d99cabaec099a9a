import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
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

/** Parsed in memory, of which it takes thirty times its size; the report of ten thousand tests has about two megabytes. */
const REPORT_LIMIT_BYTES = 4 * 1024 * 1024;

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
      return { ok: false, reason: `is larger than ${REPORT_LIMIT_BYTES} bytes.` };
    }
    return { ok: true, bytes: readFileSync(file) };
  } catch {
    return { ok: false, reason: 'was not written.' };
  } finally {
    if (file !== null) closeSync(file);
  }
}

function identityOf(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : identity(stats);
}

/** The time of the last change (`ctime`) moves with every write, and nobody can set it back. */
function identity({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}
