import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import type { CommandOutcome } from '../domain/verification.ts';
import { createOutputStream } from './output-stream.ts';
import { endProcessGroup } from './process-group.ts';
import type { Shell } from './shell.ts';

/** One process to run, with everything about it decided. */
export interface Spawn {
  readonly shell: Shell;
  readonly script: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly graceMs: number;
  readonly secrets: readonly string[];
  readonly signal: AbortSignal | null;
  /** Clean text, by whole lines where lines end. */
  readonly onText: (text: string) => void;
}

export interface Ended {
  readonly outcome: CommandOutcome;
  /** SHA-256 of the bytes as they came, in hex. */
  readonly digest: string;
}

/** Runs to the end, to the time limit or to the abort; no process of the command's group outlives it. */
export async function runCommand(spawn: Spawn): Promise<Ended> {
  const digest = createHash('sha256');
  const child = execa(spawn.shell.file, [...spawn.shell.args, spawn.script], {
    cwd: spawn.cwd,
    env: spawn.env,
    extendEnv: false,
    stdin: 'ignore',
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
    encoding: 'buffer',
  });
  const streams = [child.stdout, child.stderr].map((readable) => {
    const output = createOutputStream(spawn.secrets);
    readable.on('data', (bytes: Uint8Array) => {
      digest.update(bytes);
      spawn.onText(output.push(bytes));
    });
    return { readable, output };
  });
  const { pid } = child;
  const interrupted = pid === undefined ? null : watchLimits(spawn, pid);
  const exited = await waitForExit(child);
  const cut = interrupted?.stop() ?? null;
  if (pid !== undefined) await endProcessGroup(pid, spawn.graceMs);
  await settle(child, spawn.graceMs);
  for (const { readable, output } of streams) {
    readable.destroy();
    spawn.onText(output.end());
  }
  return { outcome: cut ?? exited, digest: digest.digest('hex') };
}

interface Exiting {
  once(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown;
}

/** What is used of Execa's promise; none of the three is there if the process never began, but for `code`. */
interface Settling {
  then(
    settled: (result: {
      readonly exitCode?: number | undefined;
      readonly signal?: string | undefined;
      readonly code?: string | undefined;
    }) => void,
  ): PromiseLike<void>;
}

/** The leader's own exit: a background process that keeps the output open is not waited for. */
function waitForExit(child: Exiting & Settling): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => {
      if (exitCode === null) resolve({ kind: 'signalled', signal: signal ?? 'an unknown signal' });
      else resolve({ kind: 'exited', exitCode });
    });
    void child.then(({ exitCode, signal, code }) => {
      if (exitCode !== undefined || signal !== undefined) return;
      resolve({ kind: 'not-started', reason: `The shell cannot be run (${code ?? 'unknown'}).` });
    });
  });
}

/** Gives the output time to drain; a process that left the group may hold it open for ever. */
async function settle(child: Settling, graceMs: number): Promise<void> {
  const timer = new AbortController();
  const waited = delay(graceMs, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([child.then(() => undefined), waited]);
  timer.abort();
}

interface Limits {
  /** How the command was cut short, if it was; from then on it is not any more. */
  stop(): CommandOutcome | null;
}

/** Node takes a longer delay for none at all. */
const MAX_DELAY_MS = 2 ** 31 - 1;

function watchLimits({ timeoutSeconds, graceMs, signal }: Spawn, pid: number): Limits {
  let cut: CommandOutcome | null = null;
  function cutShort(outcome: CommandOutcome): void {
    if (cut !== null) return;
    cut = outcome;
    void endProcessGroup(pid, graceMs);
  }
  function onAbort(): void {
    cutShort({ kind: 'signalled', signal: 'SIGTERM' });
  }
  const timer = setTimeout(
    () => {
      cutShort({ kind: 'timed-out', afterSeconds: timeoutSeconds });
    },
    Math.min(timeoutSeconds * 1000, MAX_DELAY_MS),
  );
  signal?.addEventListener('abort', onAbort, { once: true });
  return {
    stop() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      return cut;
    },
  };
}
