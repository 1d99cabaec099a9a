import { GraphqlResponseError } from '@octokit/graphql';
import * as v from 'valibot';
import { asError, SessionwrightError, StateNotWrittenError } from '../domain/errors.ts';
import { isRateLimited, statusOf } from './roles.ts';

const answered = v.object({
  response: v.object({ headers: v.object({ 'x-accepted-github-permissions': v.string() }) }),
});

/**
 * A refusal for lack of a permission, with what to grant; everything else as it was. REST says in a header which
 * permission it would have taken
 * (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible).
 */
export function explain(thrown: unknown): Error {
  // What became of the state is told by the error that says why.
  const error = asError(thrown instanceof StateNotWrittenError ? thrown.cause : thrown);
  if (error instanceof SessionwrightError || !isRefusal(error)) return asError(thrown);
  const named = v.safeParse(answered, error);
  const needed = named.success
    ? ` It takes ${named.output.response.headers['x-accepted-github-permissions']}.`
    : '';
  return SessionwrightError.of(
    'permission-missing',
    { said: `${error.message}.${needed}` },
    { cause: error },
  );
}

function isRefusal(error: Error): boolean {
  if (error instanceof GraphqlResponseError) {
    return (
      error.errors?.some((one: { readonly type?: string }) => one.type === 'FORBIDDEN') === true
    );
  }
  return statusOf(error) === 403 && !isRateLimited(error);
}
