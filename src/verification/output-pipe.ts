import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Where a process writes, and where that is read; both are open files of this process. */
export interface OutputPipe {
  readonly readEnd: number;
  readonly writeEnd: Descriptor;
}

/** Execa takes any open file, as its documentation says of `stdout`; its types know the first few. */
type Descriptor = 3 | 4 | 5 | 6 | 7 | 8 | 9;

/**
 * Real pipes, one for each of a process's two outputs. What Node itself gives a child are sockets, and those cannot be
 * opened again: `echo … > /dev/stderr`, which every shell script may say, would fail
 * (https://github.com/nodejs/node/issues/21941). Null where none can be made.
 */
export async function openOutputPipes(): Promise<readonly [OutputPipe, OutputPipe] | null> {
  const folder = makeFolder();
  if (folder === null) return null;
  const [out, error] = [join(folder, 'out'), join(folder, 'error')];
  try {
    // Where this process stands may be gone: a command can delete its own working directory.
    const options = { cwd: folder, reject: false, stdio: 'ignore' } as const;
    const { failed } = await execa('mkfifo', [out, error], options);
    return failed ? null : openBoth(out, error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nobody else may open what is in it, for as long as it is there. */
function makeFolder(): string | null {
  try {
    return mkdtempSync(join(tmpdir(), 'sessionwright-pipes-'));
  } catch {
    return null;
  }
}

/** Nobody would write if the last write end were not this process's: the child gets a copy of it. */
export function closeWriteEnds(pipes: readonly OutputPipe[]): void {
  for (const { writeEnd } of pipes) closeSync(writeEnd);
}

/** Null where a command that runs beside took one of them away before it was open. */
function openBoth(out: string, error: string): readonly [OutputPipe, OutputPipe] | null {
  const first = openBothEnds(out);
  if (first === null) return null;
  const second = openBothEnds(error);
  if (second !== null) return [first, second];
  closeSync(first.readEnd);
  closeSync(first.writeEnd);
  return null;
}

/**
 * The read end does not wait for the write end, which could never be opened otherwise. The write end is opened by way
 * of the read end and not by its name, which might be another's by then; nor does it wait for a reader.
 */
function openBothEnds(path: string): OutputPipe | null {
  const opened: number[] = [];
  try {
    const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    opened.push(readEnd);
    if (!fstatSync(readEnd).isFIFO()) throw new Error(`${path} is no pipe any more.`);
    const writeEnd = openSync(writeName(path, readEnd), constants.O_WRONLY);
    opened.push(writeEnd);
    if (!isDescriptor(writeEnd)) throw new Error(`A pipe was opened as ${writeEnd}.`);
    return { readEnd, writeEnd };
  } catch {
    for (const descriptor of opened) closeSync(descriptor);
    return null;
  }
}

/** Linux names open files; elsewhere the pipe's own name has to do. */
function writeName(path: string, readEnd: number): string {
  const own = `/proc/self/fd/${readEnd}`;
  return existsSync(own) ? own : path;
}

function isDescriptor(file: number): file is Descriptor {
  return file > 2;
}
