import { execa } from 'execa';
import type { CommandOutcome } from '../domain/verification.ts';
import type { Grace, Wait } from './grace.ts';
import { closeWriteEnds, openOutputPipes } from './output-pipe.ts';
import { pumpOutput } from './output-pump.ts';
import { endProcessGroup } from './process-group.ts';
import type { Shell } from './shell.ts';
import { endStrays, MARK_NAME } from './strays.ts';

/** One process to run, with everything about it decided. */
export interface Spawn {
  readonly shell: Shell;
  readonly script: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly grace: Grace;
  readonly secrets: readonly string[];
  readonly signal: AbortSignal | null;
  /** What every process it begins is known by. */
  readonly mark: string;
  /** Whether what left the group, as a daemon does, may go on when the command is over. */
  readonly keepsDaemons: boolean;
  /**
   * Gets clean UTF-8, by whole lines where lines end, in memory that is used again once it has settled; no more is
   * read before. It never rejects.
   */
  readonly take: (bytes: Uint8Array) => Promise<void>;
}

/** Runs to the end, to the time limit or to the abort; no process of the command's group outlives it. */
export async function runCommand(spawn: Spawn): Promise<CommandOutcome> {
  const pipes = await openOutputPipes();
  if (pipes === null) return { kind: 'not-started', reason: 'No pipe can be made (mkfifo).' };
  const [out, error] = pipes;
  const child = execa(spawn.shell.file, [...spawn.shell.args, spawn.script], {
    cwd: spawn.cwd,
    env: { ...spawn.env, [MARK_NAME]: spawn.mark },
    extendEnv: false,
    stdin: 'ignore',
    stdout: out.writeEnd,
    stderr: error.writeEnd,
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
  });
  closeWriteEnds(pipes);
  const pumps = pipes.map(({ readEnd }) => pumpOutput(readEnd, spawn.secrets, spawn.take));
  const { pid } = child;
  const interrupted = pid === undefined ? null : watchLimits(spawn, pid);
  const exited = await waitForExit(child);
  const cut = interrupted?.stop() ?? null;
  if (pid !== undefined) await endTree(spawn, pid, cut?.wait ?? spawn.grace.afterTerm());
  await Promise.all(pumps.map((pump) => pump.finish()));
  return cut?.outcome ?? exited;
}

/** All within one wait: what is told late, since it began late, has no more time than the rest. */
async function endTree(
  { mark, keepsDaemons, grace }: Spawn,
  pid: number,
  wait: Wait,
): Promise<void> {
  const strays = keepsDaemons ? null : endStrays(mark, grace, wait);
  await Promise.all([endProcessGroup(pid, grace, wait), strays]);
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

interface Limits {
  /** How the command was cut short, if it was; from then on it is not any more. */
  stop(): Cut | null;
}

/** How a command was cut short, and what was left to it then. */
interface Cut {
  readonly outcome: CommandOutcome;
  readonly wait: Wait;
}

/** Node takes a longer delay for none at all. */
const MAX_DELAY_MS = 2 ** 31 - 1;

function watchLimits(spawn: Spawn, pid: number): Limits {
  const { timeoutSeconds, grace, signal } = spawn;
  let cut: Cut | null = null;
  function cutShort(outcome: CommandOutcome): void {
    if (cut !== null) return;
    cut = { outcome, wait: grace.afterTerm() };
    void endTree(spawn, pid, cut.wait);
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
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  return {
    stop() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      return cut;
    },
  };
}
