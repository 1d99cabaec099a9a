import * as v from 'valibot';
import { ProblemsError, SessionwrightError } from '../domain/errors.ts';
import { EXIT_CODES, UsageError, type Context, type ExitCode, type Outcome } from './command.ts';
import { problemsText } from './problems-text.ts';

/** What kept a command from its end: what happened, where, and what to do next; never a stack. */
export function describeError(thrown: unknown, context: Context): Outcome {
  if (thrown instanceof ProblemsError) {
    const { code, problems } = thrown;
    return {
      exitCode: EXIT_CODES.problems,
      text: problemsText(problems, context),
      data: { error: { code }, problems },
    };
  }
  const { code, message, fix } = errorOf(thrown);
  const { red } = context.colours;
  return {
    exitCode: exitCodeOf(thrown),
    text: `${red('Error:')} ${message}\nNext: ${fix}`,
    data: { error: { code, message, fix } },
  };
}

function exitCodeOf(thrown: unknown): ExitCode {
  return thrown instanceof UsageError ? EXIT_CODES.usage : EXIT_CODES.failed;
}

function errorOf(thrown: unknown): Described {
  if (thrown instanceof SessionwrightError) return thrown;
  const { code = 'unexpected', message = String(thrown) } = v.is(PLAIN_ERROR, thrown) ? thrown : {};
  return { code, message, fix: FIXES[code] ?? FIX_UNEXPECTED };
}

interface Described {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

const PLAIN_ERROR = v.object({ message: v.string(), code: v.optional(v.string()) });

const FIXES: Readonly<Record<string, string>> = {
  EACCES: 'Give yourself the right to read and write there, then run it again.',
  ENOENT: 'Create it, or correct the path.',
  ENOTDIR: 'Correct the path: a file stands where a folder is expected.',
};

const FIX_UNEXPECTED =
  'This is not foreseen. Please report it, with the command, at https://github.com/sessionwright/sessionwright/issues.';
