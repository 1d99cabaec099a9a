import { commandPassed } from '../domain/verification.ts';
import type { CommandResult } from '../domain/verification.ts';

/** The id of the command that prepares the checkout: its time-out says nothing about the code. */
export const SET_UP_ID = 'setup';

/** What only a broken machine, network or installation prints; lower case, matched line by line. */
const SIGNS: readonly (readonly [sign: string, meaning: string])[] = [
  ['enospc: no space left on device', 'The disk is full.'],
  ['no space left on device', 'The disk is full.'],
  ['javascript heap out of memory', 'Node ran out of memory.'],
  ['cannot allocate memory', 'The machine ran out of memory.'],
  ['npm error code econnreset', 'The network failed.'],
  ['npm error code enotfound', 'The network failed.'],
  ['npm error code eai_again', 'The network failed.'],
  ['npm error code etimedout', 'The network failed.'],
  ['npm error code econnrefused', 'The network failed.'],
  ['npm error code e50', 'The package registry failed.'],
  ['npm error network', 'The network failed.'],
  ['npm error could not determine executable to run', 'A tool is not installed.'],
  ['this is not the tsc command you are looking for', 'TypeScript is not installed.'],
  ['getaddrinfo enotfound', 'The network failed.'],
  ['getaddrinfo eai_again', 'The network failed.'],
  ['could not resolve host', 'The network failed.'],
];

const MODULE_MISSING = ["Cannot find module '", "Cannot find package '"] as const;

/** What a shell reports for a command it cannot execute (126) or find (127): POSIX, Shell Command Language 2.8.2. */
const NOT_RUNNABLE = new Set([126, 127]);

/**
 * Why a command's failure is the machine's and not the code's; null where the code may be to blame. A tool that
 * got as far as its findings is believed: Mocha, say, exits with the number of failures, which can be 127.
 */
export function infrastructureCause(result: CommandResult): string | null {
  const { outcome } = result;
  switch (outcome.kind) {
    case 'not-started':
      return `It could not be started: ${outcome.reason}`;
    case 'signalled':
      return `It was ended from outside by ${outcome.signal}.`;
    case 'timed-out':
      return result.id === SET_UP_ID ? `The set-up took over ${outcome.afterSeconds} s.` : null;
    case 'skipped':
      return null;
    case 'exited':
      if (commandPassed(result) || hasFindings(result)) return null;
      return causeOfExit(outcome.exitCode) ?? causeInOutput(result.tail);
  }
}

function hasFindings(result: CommandResult): boolean {
  return result.testsRun !== null || result.diagnostics.length > 0;
}

/** A shell adds 128 to the number of the signal that ended its command: 9 is KILL, 15 is TERM. */
function causeOfExit(exitCode: number): string | null {
  if (NOT_RUNNABLE.has(exitCode)) {
    return `The command was not found or cannot be executed (exit code ${exitCode}).`;
  }
  if (exitCode === 137) return 'It was killed, as the system does when memory runs out.';
  return exitCode === 143 ? 'It was ended from outside by SIGTERM.' : null;
}

function causeInOutput(tail: string): string | null {
  const lines = tail.split('\n');
  for (const [index, line] of lines.entries()) {
    const lower = line.toLowerCase().replace('npm err!', 'npm error');
    const sign = SIGNS.find(([text]) => lower.includes(text));
    if (sign !== undefined) return sign[1];
    if (missesTool(line, lines[index + 1] ?? '', lines[index + 2] ?? '')) {
      return 'A tool is not installed.';
    }
  }
  return null;
}

/**
 * Whether Node missed an installed tool rather than something the code imports: the missing file lies in
 * `node_modules`, or what asked for it does, or is Node's own preload or the working directory itself.
 */
function missesTool(line: string, next: string, afterNext: string): boolean {
  const start = MODULE_MISSING.find((text) => line.includes(text));
  if (start === undefined) return false;
  const from = line.indexOf(start) + start.length;
  const end = line.indexOf("'", from);
  if (end < 0) return false;
  const missing = line.slice(from, end).replaceAll('\\', '/');
  if (missing.startsWith('.')) return false;
  const importer = line
    .slice(end + 1)
    .replace(' imported from ', '')
    .trim();
  if (importer !== '') return importer.endsWith('/') || importer.includes('/node_modules/');
  if (missing.includes('/node_modules/')) return true;
  const asked = next.startsWith('Require stack:') ? afterNext : '';
  return asked.includes('/node_modules/') || asked.includes('internal/preload');
}
