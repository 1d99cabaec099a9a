import type { CommandOutcome } from '../domain/verification.ts';

/** POSIX's numbers, and Linux's where it leaves them open (signal(7)): what a process is ended by when nothing else is said. */
const NUMBERS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGSYS: 31,
};

/** What a program does to itself, in place of what somebody sends it. */
const CRASHES = new Set(['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV', 'SIGSYS']);

/** A shell reports a signal as 128 and its number (POSIX, Shell Command Language 2.8.2; Bash adds just that). */
const SHELL_OFFSET = 128;

/** By what signal a command ended, whether it was the shell's own end or the shell reported that of its child. */
export function endingSignal(outcome: CommandOutcome): string | null {
  if (outcome.kind === 'signalled') return outcome.signal;
  if (outcome.kind !== 'exited') return null;
  const number = outcome.exitCode - SHELL_OFFSET;
  return Object.keys(NUMBERS).find((name) => NUMBERS[name] === number) ?? null;
}

/** The exit code as a shell would report it; null where the command did not come to an end. */
export function reportedExitCode(outcome: CommandOutcome): number | null {
  if (outcome.kind === 'exited') return outcome.exitCode;
  if (outcome.kind !== 'signalled') return null;
  const number = NUMBERS[outcome.signal];
  return number === undefined ? null : SHELL_OFFSET + number;
}

export function isCrash(signal: string): boolean {
  return CRASHES.has(signal);
}
