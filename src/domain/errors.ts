import {
  tell,
  type MessageCode,
  type MessageData,
  type ProblemsCode,
} from './messages/catalogue.ts';
import type { Told } from './messages/catalogue.ts';
import type { Problem } from './problem.ts';

/** What every error of ours carries: a code, what happened and where, and what to do next, as the catalogue words it. */
export class SessionwrightError extends Error implements Told {
  readonly code: MessageCode;
  readonly fix: string;

  protected constructor(told: Told, options?: ErrorOptions) {
    super(told.message, options);
    this.name = 'SessionwrightError';
    this.code = told.code;
    this.fix = told.fix;
  }

  static of<Code extends MessageCode>(
    code: Code,
    data: MessageData[Code],
    options?: ErrorOptions,
  ): SessionwrightError {
    return new SessionwrightError(tell(code, data), options);
  }
}

/** Files of the user's that cannot be used; carries every problem found. */
export class ProblemsError extends SessionwrightError {
  readonly problems: readonly Problem[];

  constructor(code: ProblemsCode, problems: readonly Problem[]) {
    super(tell(code, { problems }));
    this.problems = problems;
  }
}

/** What ends a run's work at once, since nothing that is left can be done on what was read. */
export abstract class RunEndedError extends SessionwrightError {}

/** The state branch is not where it was read: somebody else moved it in between. */
export class StateMovedError extends RunEndedError {
  constructor(branch: string, options?: ErrorOptions) {
    super(tell('state-moved', { branch }), options);
  }
}

/** The state branch does not hold what it held before: what it says now may be an earlier state, or anybody's. */
export class StateRewrittenError extends RunEndedError {
  constructor(told: MessageData['state-rewritten']) {
    super(tell('state-rewritten', told));
  }
}

/** The state was not written, so nothing that rests on it may be done or acknowledged: the next run begins anew. */
export class StateNotWrittenError extends RunEndedError {
  constructor(transition: string, cause: unknown) {
    const fix = cause instanceof SessionwrightError ? cause.fix : 'Look at what GitHub says.';
    super(tell('state-not-written', { transition, said: asError(cause).message, fix }), { cause });
  }
}

/** A write got no answer, so that nobody knows whether it was applied: what is there has to be read again. */
export class AnswerLostError extends RunEndedError {
  constructor(what: string, options?: ErrorOptions) {
    super(tell('answer-lost', { what }), options);
  }
}

/** Nothing that is read tells whether a run was started, so it is not asked for again: a sweep starts what is still due. */
export class RunNotSeenError extends SessionwrightError {
  constructor(options?: ErrorOptions) {
    super(tell('answer-lost', { what: 'the start of a run of the workflow' }), options);
  }
}

/** A rate limit lasts longer than a run may wait. */
export class RateLimitedError extends RunEndedError {
  /** `until` is an ISO 8601 time. */
  constructor(until: string) {
    super(tell('rate-limit-too-long', { until }));
  }
}

/**
 * The token may not create pull requests
 * (https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository#preventing-github-actions-from-creating-or-approving-pull-requests).
 */
export class PullRequestsNotAllowedError extends SessionwrightError {
  constructor(options?: ErrorOptions) {
    super(tell('pull-requests-not-allowed', {}), options);
  }
}

/** A way of calling the coder that the config names and GitHub refuses. */
export class CoderNotCalledError extends SessionwrightError {
  /** `key` is the config's. */
  constructor(key: string, why: string, options?: ErrorOptions) {
    super(tell('coder-not-called', { key, why }), options);
  }
}

/** What was thrown, as an error; anything else becomes the cause of one. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('Something was thrown.', { cause: thrown });
}
