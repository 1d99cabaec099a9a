import type { FailureConfig } from '../domain/config-types.ts';
import type { CommandResult } from '../domain/verification.ts';
import { reportedExitCode } from './signals.ts';

/**
 * The first row of the config's own that the way a command failed speaks for: one that names exit codes or texts. All
 * kinds that a row names must hold, and of each kind one.
 */
export function rowByEvidence(
  result: CommandResult,
  rows: readonly FailureConfig[],
): FailureConfig | null {
  const lines = linesOf(result);
  return rows.find((row) => hasEvidence(row) && holds(row, result, lines)) ?? null;
}

/** The first row that is about the command, however it failed. */
export function rowByCommand(
  result: CommandResult,
  rows: readonly FailureConfig[],
): FailureConfig | null {
  return rows.find((row) => !hasEvidence(row) && row.commands.includes(result.id)) ?? null;
}

function hasEvidence({ exitCodes, matches }: FailureConfig): boolean {
  return exitCodes.length > 0 || matches.length > 0;
}

function holds(row: FailureConfig, result: CommandResult, lines: readonly string[]): boolean {
  const { commands, exitCodes, matches } = row;
  if (commands.length > 0 && !commands.includes(result.id)) return false;
  if (exitCodes.length > 0 && !hasExitCode(result, exitCodes)) return false;
  return matches.length === 0 || matches.some((text) => isInOne(text.split('*'), lines));
}

function hasExitCode({ outcome }: CommandResult, exitCodes: readonly number[]): boolean {
  const exitCode = reportedExitCode(outcome);
  return exitCode !== null && exitCodes.includes(exitCode);
}

/** What is kept of the output: its end, and the messages that were found anywhere in it. */
function linesOf({ tail, diagnostics }: CommandResult): readonly string[] {
  const messages = diagnostics.map(({ code, message }) =>
    code === null ? message : `${code}: ${message}`,
  );
  return [tail, ...messages].flatMap((text) => text.split('\n'));
}

function isInOne(pieces: readonly string[], lines: readonly string[]): boolean {
  return lines.some((line) => containsInOrder(line, pieces));
}

/** The pieces between stars, each behind the one before: no backtracking, so that no line makes it slow. */
function containsInOrder(line: string, pieces: readonly string[]): boolean {
  let from = 0;
  for (const piece of pieces) {
    const at = line.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}
