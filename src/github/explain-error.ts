import * as v from 'valibot';
import { asError, SessionwrightError, StateNotWrittenError } from '../domain/errors.ts';
import { isLimited, statusOf } from './answers.ts';

/**
 * What was thrown, as it is told: our own errors as they are, GitHub's answers by what they mean. Where a refusal
 * kept the state from being written, the refusal says what to change.
 */
export function explainError(thrown: unknown): SessionwrightError {
  const isUnwritten = thrown instanceof StateNotWrittenError;
  const error = asError(isUnwritten ? thrown.cause : thrown);
  if (error instanceof SessionwrightError) return isUnwritten ? thrown : error;
  const code = codeOf(error);
  if (isUnwritten && code !== 'permission-missing') return thrown;
  const said = code === 'permission-missing' ? `${error.message}.${needed(error)}` : error.message;
  return SessionwrightError.of(code, { said }, { cause: error });
}

/** https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
function codeOf(error: Error) {
  const types = graphqlTypes(error);
  if (isLimited(error) || types.includes('RATE_LIMITED')) return 'rate-limited';
  if (types.includes('FORBIDDEN')) return 'permission-missing';
  if (types.some((type) => REFUSALS.has(type))) return 'github-refused';
  const status = statusOf(error);
  if (status === null) return 'unexpected';
  if (status === 401) return 'token-invalid';
  if (status === 403) return 'permission-missing';
  if (status === 404) return 'github-refused';
  // Octokit gives 500 to a request that had no answer at all.
  return status >= 500 ? 'github-unavailable' : 'unexpected';
}

const REFUSALS: ReadonlySet<string> = new Set(['NOT_FOUND', 'INSUFFICIENT_SCOPES']);

/** The types of a GraphQL answer's errors, which come with status 200. */
export function graphqlTypes(error: unknown): readonly string[] {
  const answered = v.safeParse(graphqlError, error);
  return answered.success ? answered.output.errors.map(({ type }) => type) : [];
}

const graphqlError = v.object({
  errors: v.array(v.object({ type: v.optional(v.string(), '') })),
});

function needed(error: Error): string {
  const permissions = acceptedPermissions(error);
  return permissions === null ? '' : ` It takes ${permissions}.`;
}

/**
 * Which permission a refusal would have taken, which REST says in a header; null where it does not
 * (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible).
 */
export function acceptedPermissions(error: unknown): string | null {
  const named = v.safeParse(refusal, error);
  return named.success ? named.output.response.headers['x-accepted-github-permissions'] : null;
}

const refusal = v.object({
  response: v.object({ headers: v.object({ 'x-accepted-github-permissions': v.string() }) }),
});
