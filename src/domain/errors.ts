import { formatProblem, type Problem } from './problem.ts';

/** What every error of ours carries: a code, what happened and where, and what to do next. */
export class SessionwrightError extends Error {
  readonly code: string;
  readonly fix: string;

  constructor(
    error: { readonly code: string; readonly message: string; readonly fix: string },
    options?: ErrorOptions,
  ) {
    super(error.message, options);
    this.name = 'SessionwrightError';
    this.code = error.code;
    this.fix = error.fix;
  }
}

/** Files of the user's that cannot be used; carries every problem found. */
export class ProblemsError extends SessionwrightError {
  readonly problems: readonly Problem[];

  constructor(code: string, problems: readonly Problem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super({
      code,
      message: `${count}; nothing was changed.\n${problems.map(formatProblem).join('\n')}`,
      fix: 'Mend each of them on the base branch; the next run goes on by itself.',
    });
    this.problems = problems;
  }
}

/** The state branch is not where it was read: somebody else moved it in between. */
export class StateMovedError extends SessionwrightError {
  constructor(branch: string, options?: ErrorOptions) {
    super(
      {
        code: 'state-moved',
        message: `The branch ${branch} moved between reading and writing it.`,
        fix: 'Nothing to do: the run reads it again and decides anew.',
      },
      options,
    );
  }
}

/**
 * The token may not create pull requests
 * (https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository#preventing-github-actions-from-creating-or-approving-pull-requests).
 */
export class PullRequestsNotAllowedError extends SessionwrightError {
  constructor(options?: ErrorOptions) {
    super(
      {
        code: 'pull-requests-not-allowed',
        message: 'The token may not create pull requests.',
        fix: 'Turn on Settings → Actions → General → Workflow permissions → "Allow GitHub Actions to create and approve pull requests", and give the job `pull-requests: write`; then ask for the module again.',
      },
      options,
    );
  }
}

/** A way of calling the coder that the config names and GitHub refuses. */
export class CoderNotCalledError extends SessionwrightError {
  /** `key` is the config's. */
  constructor(key: string, why: string, options?: ErrorOptions) {
    super(
      {
        code: 'coder-not-called',
        message: `The coder was not called as \`${key}\` says. ${why}`,
        fix: 'A workflow has to be on the default branch with `workflow_dispatch` and every input that docs/coders.md lists, and the job needs `actions: write`; a comment, labels and agents as assignees need a token of a user or an App as the input `handoff-token`. The session waits for its coder meanwhile: call it by hand, or mend that and comment `/session retry`.',
      },
      options,
    );
  }
}

/** What was thrown, as an error; anything else becomes the cause of one. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('Something was thrown.', { cause: thrown });
}
