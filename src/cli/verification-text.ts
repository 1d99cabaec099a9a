import { commandResultWords } from '../documents/command-words.ts';
import { reveal } from '../documents/markdown.ts';
import { count, duration } from '../documents/wording.ts';
import type { Diagnostic, Failure } from '../domain/failure.ts';
import { commandPassed } from '../domain/verification.ts';
import { NO_COMMIT } from '../local/no-commit.ts';
import type { Context } from './command.ts';
import type { VerificationHere } from './verification-here.ts';

/** Places shown of one failure. */
const PLACES = 20;

/** The report of a verification for whoever ran it: each command, then each failure with its places. */
export function verificationText(
  { module, attempt, sha, base, commands, failures }: VerificationHere,
  { colours }: Pick<Context, 'colours'>,
): string {
  const { bold, dim, green, red } = colours;
  const session = attempt === 0 ? 'no session is known here' : `attempt ${attempt}`;
  const by =
    base === null
      ? 'the checkout’s own config: no base branch is known here'
      : `the config of ${base}`;
  const results = commands.map((result) => {
    const isRed = !commandPassed(result) || failures.some(({ source }) => source === result.id);
    const sign = isRed ? red('✗') : green('✓');
    const words = reveal(commandResultWords(result));
    return `${sign} ${reveal(result.name)}: ${words} ${dim(`(${duration(result.durationMs)})`)}`;
  });
  const verdict =
    failures.length === 0
      ? green('✓ This would be green.')
      : red(`✗ ${count(failures.length, 'failure')} to mend.`);
  return [
    `${bold(module)}, ${session}, on ${groundWords(sha)}, by ${by}`,
    results.join('\n'),
    ...failures.map((failure) => failureText(failure, { colours })),
    verdict,
  ].join('\n\n');
}

function groundWords(sha: string): string {
  if (sha === NO_COMMIT) return 'what lies here without a commit';
  return `${sha.slice(0, 7)} and what is not committed yet`;
}

function failureText(failure: Failure, { colours }: Pick<Context, 'colours'>): string {
  const { bold } = colours;
  const { type, message, diagnostics } = failure;
  const told = diagnostics.filter((one) => !isInMessage(one, failure));
  const shown = told.slice(0, PLACES).map((one) => `    ${placeText(one)}`);
  const more = told.length - shown.length;
  return [
    `${bold(type)}: ${reveal(message)}`,
    ...shown,
    ...(more === 0 ? [] : [`    and ${more} more`]),
  ].join('\n');
}

/** Whether the failure's own words name the file, and nothing else is said of it than of each other one. */
function isInMessage(
  { file, line, message: says }: Diagnostic,
  { message, diagnostics }: Failure,
): boolean {
  if (file === null || line !== null || !message.includes(`\`${file}\``)) return false;
  return message.includes(says) || diagnostics.every((other) => other.message === says);
}

function placeText({ file, line, column, message }: Diagnostic): string {
  const place = [file, line, column].filter((part) => part !== null).join(':');
  return `${place === '' ? '' : `${reveal(place)} `}${reveal(message)}`;
}
