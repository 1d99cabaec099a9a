import type { Diagnostic } from '../domain/failure.ts';
import type { CommandResult, PlannedCommand } from '../domain/verification.ts';
import type { Cancellation } from './cancellation.ts';

/** What a command's output tells, or the report it wrote, where it is one; the parsers are handed in. */
export type ParseOutput = (
  output: string,
  command: PlannedCommand,
  report: string | null,
) => { readonly diagnostics: readonly Diagnostic[]; readonly testsRun: number | null };

export interface RunOptions {
  /** The checkout's root. */
  readonly cwd: string;
  /** How many commands may run side by side: the number of processors. */
  readonly parallelism: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes to the job log; settles when the log has taken it, and never rejects. */
  readonly write: (chunk: string | Uint8Array) => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
  /** Nothing that a child could guess, and only characters of a workflow command's name. */
  readonly randomToken: () => string;
  readonly parse: ParseOutput;
  /** A script that prepares the checkout before the first command; none where it is empty. */
  readonly setup?: string;
  /** Where each command's whole output is kept; nowhere where it is null. */
  readonly logFolder?: string | null;
  readonly cancellation?: Cancellation;
  /** Secrets that may show in no output. */
  readonly masks?: readonly string[];
  /** Whether what all commands came to is worth another run of all; by default nothing is. */
  readonly isToRunAgain?: (commands: readonly CommandResult[]) => boolean;
  /** Between TERM and KILL, in place of 5 s; never past the end of a cancelled run. */
  readonly graceMs?: number;
  /** Between two lines about what is still running; 10 s. */
  readonly progressMs?: number;
}
