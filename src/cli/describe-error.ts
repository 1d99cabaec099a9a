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
  if (thrown instanceof UsageError) return EXIT_CODES.usage;
  const isProblem = thrown instanceof SessionwrightError && thrown.code === 'prompt-missing';
  return isProblem ? EXIT_CODES.problems : EXIT_CODES.failed;
}

function errorOf(thrown: unknown): Described {
  if (thrown instanceof SessionwrightError) return thrown;
  const {
    code = 'unexpected',
    message = String(thrown),
    path = null,
  } = v.is(PLAIN_ERROR, thrown) ? thrown : {};
  const known = FILE_ERRORS[code];
  if (known === undefined) return { code, message, fix: FIX_UNEXPECTED };
  return { code, message: path === null ? message : known.says(path), fix: known.fix };
}

interface Described {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

const PLAIN_ERROR = v.object({
  message: v.string(),
  code: v.optional(v.string()),
  /** Of a file. */
  path: v.optional(v.string()),
});

interface FileError {
  readonly says: (path: string) => string;
  readonly fix: string;
}

/** By Node.js' codes (https://nodejs.org/api/errors.html#common-system-errors). */
const FILE_ERRORS: Readonly<Record<string, FileError>> = {
  EACCES: {
    says: (path) => `${path} may not be read, or not be written.`,
    fix: 'Give yourself the right to read and write there, then run it again.',
  },
  ENOENT: { says: (path) => `${path} is not there.`, fix: 'Create it, or correct the path.' },
  ENOTDIR: {
    says: (path) => `${path} is no folder.`,
    fix: 'Correct the path: a file stands where a folder is expected.',
  },
  EISDIR: {
    says: (path) => `${path} is a folder.`,
    fix: 'Correct the path: a folder stands where a file is expected.',
  },
};

const FIX_UNEXPECTED =
  'This is not foreseen. Please report it, with the command, at https://github.com/sessionwright/sessionwright/issues.';
