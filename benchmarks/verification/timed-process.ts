import { spawn } from 'node:child_process';

/** One process to run to its end. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Timed {
  readonly milliseconds: number;
  /** Only of a process that tells it, as `TELL_PEAK` makes Node do. */
  readonly peakBytes: number;
}

/** For `node --import`: tells the process's own peak, in KiB, to its fourth descriptor. */
export const TELL_PEAK = `data:text/javascript,import{readFileSync,writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status','utf8'))[1])))`;

/** Runs with its output read and thrown away, as a runner reads it. @throws Error where it does not exit with 0. */
export function time(command: Command): Promise<Timed> {
  const startedAt = performance.now();
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  let peak = '';
  child.stdout?.resume();
  child.stdio[3]?.on('data', (bytes: Buffer) => {
    peak += bytes.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (exitCode) => {
      const milliseconds = performance.now() - startedAt;
      if (exitCode === 0) resolve({ milliseconds, peakBytes: Number(peak) * 1024 });
      else reject(new Error(`${command.file} exited with ${String(exitCode)}.`));
    });
  });
}
