import type { Command } from 'commander';
import type { createColors } from 'picocolors';
import { SessionwrightError } from '../domain/errors.ts';
import { tell } from '../domain/messages/catalogue.ts';
import type { Io } from './io.ts';

/** How a command ended, as its caller in a script sees it. */
export const EXIT_CODES = {
  ok: 0,
  /** Something is wrong with what was looked at. */
  problems: 1,
  usage: 2,
  /** It could not be looked at, or not be run: GitHub, git, the network, the file system. */
  failed: 3,
} as const;
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** What a command came to: for people, and with `--json` for programs. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What every command gets. */
export interface Context {
  readonly io: Io;
  /** Where it was called, or what `--directory` says. */
  readonly directory: string;
  /** From the checkout's root. */
  readonly configPath: string;
  readonly json: boolean;
  readonly colours: ReturnType<typeof createColors>;
  /** Says how things go while they go; never among the results. */
  readonly tell: (line: string) => void;
}

export type Act = (work: (context: Context) => Promise<Outcome>) => Promise<void>;

/** Puts a command into the program: its arguments, options, examples and, loaded when it is called, its work. */
export type AddCommand = (program: Command, act: Act) => void;

/** A command that was called in a way that it does not understand. */
export class UsageError extends SessionwrightError {
  constructor(what: string, instead: string) {
    super(tell('usage', { what, instead }));
  }
}

/** The end of a command's help. */
export function examples(lines: readonly (readonly [command: string, what: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const shown = lines.map(
    ([command, what]) => `  $ sessionwright ${command.padEnd(width)}  # ${what}`,
  );
  return ['', 'Examples:', ...shown].join('\n');
}
