import { createHash } from 'node:crypto';
import { createBoundedBytes } from './bounded-bytes.ts';
import type { JobLog } from './job-log.ts';
import type { LogFile } from './log-file.ts';
import { beginsReport } from './parser-input.ts';

/** What is kept of one command's output for the parsers: the first and the last 512 KiB. */
const KEPT_OUTPUT = 1024 * 1024;

/** And of one that begins with JSON, as large as a report may be: its middle is worth as much as its ends. */
export const KEPT_JSON_MIB = 4;
const FOR_JSON = { limitBytes: KEPT_JSON_MIB * 1024 * 1024, isWorth: beginsReport } as const;

/** Where the clean output of one command goes: job log, log file, digest, and what the parsers read. */
export interface CapturedOutput {
  /** Settles when log and file can take more: a command prints no faster than they do. */
  readonly take: (bytes: Uint8Array) => Promise<void>;
  /** Closes file and group. */
  readonly end: (summary: string) => Promise<Captured>;
}

export interface Captured {
  /** What the parsers may read: the whole, or its beginning and its end. */
  readonly text: string;
  /** Whether something is missing in the middle. */
  readonly cut: boolean;
  /** SHA-256 of all that was taken, in hex. */
  readonly digest: string;
}

/** How a command shows in the job log: as it goes where it runs `live`, in one piece when it is over elsewhere. */
export interface Shown {
  readonly title: string;
  readonly token: string;
  readonly live: boolean;
}

export function captureOutput(shown: Shown, log: JobLog, file: LogFile): CapturedOutput {
  const { title, token, live } = shown;
  const group = live ? log.openLive(title, token) : null;
  const kept = createBoundedBytes(KEPT_OUTPUT, FOR_JSON);
  const digest = createHash('sha256');

  async function take(bytes: Uint8Array): Promise<void> {
    digest.update(bytes);
    kept.push(bytes);
    await Promise.all([group?.write(bytes), file.write(bytes)]);
  }

  async function end(summary: string): Promise<Captured> {
    const text = kept.text();
    await file.close();
    if (group === null) await log.printWhole(title, token, text, summary);
    else await group.end(summary);
    return { text, cut: kept.isCut(), digest: digest.digest('hex') };
  }

  return { take, end };
}
