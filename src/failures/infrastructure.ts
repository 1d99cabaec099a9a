import { commandPassed, commandProves } from '../domain/verification.ts';
import type { CommandOutcome, CommandResult } from '../domain/verification.ts';
import { isManifest, missingTool } from './missing-tool.ts';
import { endingSignal, isCrash } from './signals.ts';

/** The id of the command that prepares the checkout: its time-out says nothing about the code. */
export const SET_UP_ID = 'setup';

/** What a shell reports for a command it cannot execute (126) or find (127): POSIX, Shell Command Language 2.8.2. */
const NOT_RUNNABLE = new Set([126, 127]);

/** How a line begins that a package manager, git or curl writes on its own failure; lower case. */
const SPEAKERS = [
  'npm error',
  'npm err!',
  'npm warn',
  'npm notice',
  'err_pnpm_',
  'error an unexpected error occurred:',
  'info if you think this is a bug',
  'info visit https://yarnpkg.com/',
  'fatal: ',
  'curl: (',
];

/** What these say where not the code is to blame; lower case. */
const LAST_WORDS: readonly (readonly [sign: string, meaning: string])[] = [
  ...[
    'econnreset',
    'econnrefused',
    'enotfound',
    'eai_again',
    'etimedout',
    'ehostunreach',
    'enetunreach',
  ].map((code) => [code, 'The network failed.'] as const),
  ['err_socket_timeout', 'The network failed.'],
  ['could not resolve host', 'The network failed.'],
  ['unable to access', 'The network failed.'],
  ['failed to connect', 'The network failed.'],
  ['npm error network', 'The network failed.'],
  ['npm error code e401', 'The package registry refused the credentials.'],
  ['npm error code e403', 'The package registry refused access.'],
  ['npm error code e429', 'The package registry had too many requests.'],
  ['npm error code e50', 'The package registry failed.'],
  ['err_pnpm_fetch_401', 'The package registry refused the credentials.'],
  ['err_pnpm_fetch_403', 'The package registry refused access.'],
  ['err_pnpm_fetch_50', 'The package registry failed.'],
  ['err_pnpm_meta_fetch_fail', 'The package registry failed.'],
  ['npm error could not determine executable to run', 'A tool is not installed.'],
];

/** What the system or the runtime itself says of the machine: a line that begins with who says it. */
const MACHINE_SIGNS: readonly (readonly [sign: RegExp, meaning: string])[] = [
  [
    /^(?:[\w./-]+: |npm error )[^\n]*(?:enospc|no space left on device|disk quota exceeded)/i,
    'The disk is full.',
  ],
  [/^fatal error: [^\n]*javascript heap out of memory/i, 'Node ran out of memory.'],
  [/^[\w./-]+: [^\n]*(?:enomem|cannot allocate memory)/i, 'The machine ran out of memory.'],
  [/^this is not the tsc command you are looking for$/i, 'TypeScript is not installed.'],
];

/** The verdict of a runner that no parser reads (TAP, `node --test`): what stands beside it was printed by tests. */
const VERDICT = /^[ \t]{0,99}(?:not ok \d|# fail [1-9]|ℹ fail [1-9]|✖ failing tests)/m;

/** Whether something kept commands from judging the code, and none that did its work found fault with it. */
export function isUnjudged(results: readonly CommandResult[]): boolean {
  const failed = results.filter(
    (result) => !commandProves(result) && result.outcome.kind !== 'skipped',
  );
  return failed.length > 0 && failed.every((result) => causeOf(result) !== null);
}

/** What a session changed is not known where its commands run. */
function causeOf(result: CommandResult): string | null {
  return outsideCause(result) ?? infrastructureCause(result, new Set());
}

/** Why a command never came to judge the code; null where it ran to an end of its own. */
export function outsideCause(result: CommandResult): string | null {
  const { outcome } = result;
  switch (outcome.kind) {
    case 'not-started':
      return `It could not be started: ${outcome.reason}`;
    case 'timed-out':
      return result.id === SET_UP_ID ? `The set-up took over ${outcome.afterSeconds} s.` : null;
    case 'signalled':
    case 'skipped':
    case 'exited':
      return null;
  }
}

/**
 * Why the failure of a command that ran is the machine's and not the code's; null where the code may be to blame. The
 * line is drawn in favour of "the code": a tool that got as far as a finding or a count is believed (Mocha, say, exits
 * with the number of failures, which can be 127), and words count only as the tool itself says them, at the beginning
 * of a line and, for the network, with nothing but the tool's own lines behind. A test that prints such words has a
 * verdict printed after it. What is left to a session that forges all of it is another run of the same head, twice at
 * most, and never a green one.
 */
export function infrastructureCause(
  result: CommandResult,
  changedPaths: ReadonlySet<string>,
): string | null {
  const { outcome } = result;
  if (outcome.kind !== 'exited' && outcome.kind !== 'signalled') return null;
  if (commandPassed(result) || hasFindings(result)) return null;
  const lines = result.tail.split('\n');
  return (
    machineCause(lines) ??
    signalCause(outcome) ??
    notRunnableCause(result, changedPaths) ??
    lastWordsCause(lines) ??
    (missingTool(lines, changedPaths) ? 'A tool or a package is not installed.' : null)
  );
}

function hasFindings(result: CommandResult): boolean {
  const { testsRun, diagnostics, diagnosticsOmitted, tail } = result;
  return (
    testsRun !== null || diagnostics.length > 0 || diagnosticsOmitted > 0 || VERDICT.test(tail)
  );
}

function signalCause(outcome: CommandOutcome): string | null {
  const signal = endingSignal(outcome);
  if (signal === null) return null;
  if (signal === 'SIGKILL') return 'It was killed, as the system does when memory runs out.';
  return isCrash(signal) ? `It crashed with ${signal}.` : `It was ended from outside by ${signal}.`;
}

/** Where the session changed what decides which commands there are, running again may be in vain: that is told. */
function notRunnableCause(
  { run, outcome }: CommandResult,
  changedPaths: ReadonlySet<string>,
): string | null {
  if (outcome.kind !== 'exited' || !NOT_RUNNABLE.has(outcome.exitCode)) return null;
  const cause = `The command was not found or cannot be executed (exit code ${outcome.exitCode}).`;
  const suspects = [...changedPaths].filter((path) => isManifest(path) || run.includes(path));
  if (suspects.length === 0) return cause;
  const list = suspects.map((path) => `\`${path.replaceAll('`', "'")}\``).join(', ');
  return `${cause} This session changes ${list}: check whether what the command runs is still there.`;
}

function machineCause(lines: readonly string[]): string | null {
  for (const line of lines) {
    const sign = MACHINE_SIGNS.find(([text]) => text.test(line.trim()));
    if (sign !== undefined) return sign[1];
  }
  return null;
}

/** Only the last words count, as far back as nobody else speaks. */
function lastWordsCause(lines: readonly string[]): string | null {
  const spoken: string[] = [];
  for (const line of lines.toReversed()) {
    const text = line.trim().toLowerCase();
    if (text !== '' && !SPEAKERS.some((speaker) => text.startsWith(speaker))) break;
    spoken.push(text.replace('npm err!', 'npm error'));
  }
  const said = spoken.join('\n');
  return LAST_WORDS.find(([sign]) => said.includes(sign))?.[1] ?? null;
}
