import type { Diagnostic } from '../domain/failure.ts';
import type { PlannedCommand } from '../domain/verification.ts';

/** What a command's output tells; the parsers are handed in. */
export type ParseOutput = (
  output: string,
  command: PlannedCommand,
) => { readonly diagnostics: readonly Diagnostic[]; readonly testsRun: number | null };

export interface RunOptions {
  /** The checkout's root. */
  readonly cwd: string;
  /** How many commands may run side by side: the number of processors. */
  readonly parallelism: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes to the job log. */
  readonly write: (chunk: string) => void;
  /** Milliseconds. */
  readonly now: () => number;
  /** Nothing that a child could guess, and only characters of a workflow command's name. */
  readonly randomToken: () => string;
  readonly parse: ParseOutput;
  readonly signal?: AbortSignal;
  /** Secrets that may show in no output. */
  readonly masks?: readonly string[];
  /** Between TERM and KILL; 5 s. */
  readonly graceMs?: number;
  /** Between two lines about what is still running; 10 s. */
  readonly progressMs?: number;
}
