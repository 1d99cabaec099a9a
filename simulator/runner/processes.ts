import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

/** What the runner leaves a process between the request to end and its end by force. */
const KILL_GRACE_MS = 2_500;
/** How long output may keep coming from a process's children once it has ended. */
const DRAIN_MS = 5_000;

export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Called with each whole line of either stream. */
  readonly onLine: (line: string) => void;
  readonly signal: AbortSignal;
  /** Learns the process group, which may outlive the process. */
  readonly groups: Set<number>;
}

export type ProcessEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not-started'; readonly error: Error };

/**
 * Runs a process in a group of its own, with no environment but the one given. An abort ends the
 * whole group: TERM, and KILL for what is left.
 */
export async function runProcess(spec: ProcessSpec): Promise<ProcessEnd> {
  if (isOver(spec)) return { kind: 'aborted' };
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { ...spec.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) spec.groups.add(child.pid);
  readLines(child.stdout, spec.onLine);
  readLines(child.stderr, spec.onLine);
  const release = endOnAbort(child, spec.signal);
  const end = await endOf(child);
  release();
  forgetEmptyGroup(child, spec.groups);
  return isOver(spec) && end.kind === 'exited' ? { kind: 'aborted' } : end;
}

function isOver({ signal }: ProcessSpec): boolean {
  return signal.aborted;
}

/** Ends by force whatever a job's steps left running, as the runner does with orphans. */
export function killGroups(groups: Set<number>): void {
  for (const group of groups) signalGroup(group, 'SIGKILL');
  groups.clear();
}

async function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    let drain: NodeJS.Timeout | null = null;
    const settle = (end: ProcessEnd): void => {
      if (drain) clearTimeout(drain);
      resolve(end);
    };
    child.once('error', (error) => settle({ kind: 'not-started', error }));
    child.once('close', (code) => settle({ kind: 'exited', code: code ?? 1 }));
    child.once('exit', () => {
      drain = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, DRAIN_MS);
    });
  });
}

function endOnAbort(child: ChildProcess, signal: AbortSignal): () => void {
  const group = child.pid;
  if (group === undefined) return () => undefined;
  let force: NodeJS.Timeout | null = null;
  const abort = (): void => {
    signalGroup(group, 'SIGTERM');
    force = setTimeout(() => signalGroup(group, 'SIGKILL'), KILL_GRACE_MS);
  };
  signal.addEventListener('abort', abort, { once: true });
  return () => {
    signal.removeEventListener('abort', abort);
    if (!force) return;
    clearTimeout(force);
    signalGroup(group, 'SIGKILL');
  };
}

function forgetEmptyGroup(child: ChildProcess, groups: Set<number>): void {
  if (child.pid !== undefined && !signalGroup(child.pid, 0)) groups.delete(child.pid);
}

/** Whether the group still had a process to signal. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  const flush = (): void => {
    if (rest !== '') onLine(rest);
    rest = '';
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    if (!chunk.includes('\n')) {
      rest += chunk;
      return;
    }
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/u, ''));
  });
  stream.once('end', flush);
  stream.once('close', flush);
}
