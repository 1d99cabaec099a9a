import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

/** A git command that failed, with what it said. */
export class GitError extends Error {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;

  constructor(args: readonly string[], code: number | null, stdout: string, stderr: string) {
    super(`git ${args.join(' ')} ended with ${String(code)}: ${stderr.trim()}`);
    this.code = code;
    this.stdout = stdout;
    this.stderr = stderr;
  }
}

/** The environment of every git process: no user or system configuration leaks in. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/** Runs one git command to its end; rejects with a GitError unless the exit code is in `accept`. */
export async function git(
  directory: string,
  args: readonly string[],
  accept: readonly number[] = [0],
): Promise<{ readonly code: number; readonly stdout: Buffer }> {
  const child = spawn('git', ['-C', directory, ...args], {
    env: gitEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  await once(child, 'close');
  const code = child.exitCode;
  const output = Buffer.concat(stdout);
  if (code !== null && accept.includes(code)) return { code, stdout: output };
  throw new GitError(args, code, output.toString(), Buffer.concat(stderr).toString());
}

/** Reads one whole answer off the front of what has arrived, or null when more is to come. */
export type AnswerParser<T> = (
  buffered: Buffer,
) => { readonly value: T; readonly consumed: number } | null;

interface Question {
  /** Takes bytes off the buffer once they hold the whole answer; says how many, or null. */
  take(buffered: Buffer): number | null;
  fail(error: Error): void;
}

/** A long-lived git process that answers questions in order, so that they cost no spawn. */
export class BatchProcess {
  private readonly directory: string;
  private readonly args: readonly string[];
  private child: ChildProcessWithoutNullStreams | null = null;
  private buffered: Buffer = Buffer.alloc(0);
  private said = '';
  private questions: Question[] = [];

  constructor(directory: string, args: readonly string[]) {
    this.directory = directory;
    this.args = args;
  }

  ask<T>(input: string | Buffer, parse: AnswerParser<T>): Promise<T> {
    const child = this.child ?? this.start();
    return new Promise<T>((resolve, reject) => {
      this.questions.push({
        take(buffered) {
          const answer = parse(buffered);
          if (answer === null) return null;
          resolve(answer.value);
          return answer.consumed;
        },
        fail: reject,
      });
      child.stdin.write(input);
    });
  }

  async close(): Promise<void> {
    const child = this.child;
    if (child === null) return;
    this.child = null;
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  }

  private start(): ChildProcessWithoutNullStreams {
    const child = spawn('git', ['-C', this.directory, ...this.args], { env: gitEnvironment() });
    this.child = child;
    this.buffered = Buffer.alloc(0);
    this.said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      this.receive(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    // A process that died takes the pipe with it; its end is what tells the questions so.
    child.stdin.on('error', () => undefined);
    child.on('close', (code) => {
      this.end(child, code);
    });
    return child;
  }

  private receive(chunk: Buffer): void {
    this.buffered = this.buffered.length === 0 ? chunk : Buffer.concat([this.buffered, chunk]);
    for (let question = this.questions[0]; question !== undefined; question = this.questions[0]) {
      const consumed = question.take(this.buffered);
      if (consumed === null) return;
      this.buffered = this.buffered.subarray(consumed);
      this.questions.shift();
    }
  }

  private end(child: ChildProcessWithoutNullStreams, code: number | null): void {
    if (this.child === child) this.child = null;
    const unanswered = this.questions;
    this.questions = [];
    for (const question of unanswered) {
      question.fail(new GitError(this.args, code, '', this.said));
    }
  }
}

/** The parser of a one-line answer. */
export function line(buffered: Buffer): { value: string; consumed: number } | null {
  const end = buffered.indexOf(10);
  if (end < 0) return null;
  return { value: buffered.subarray(0, end).toString(), consumed: end + 1 };
}
