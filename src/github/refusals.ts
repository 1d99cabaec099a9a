import { GraphqlResponseError } from '@octokit/graphql';
import * as v from 'valibot';
import { asError, SessionwrightError } from '../domain/errors.ts';
import { isRateLimited, statusOf } from './roles.ts';

/** What the orchestrate job of the README's workflow has. */
const PERMISSIONS =
  '`actions: write`, `checks: write`, `contents: write`, `issues: write` and `pull-requests: write`';

const answered = v.object({
  response: v.object({ headers: v.object({ 'x-accepted-github-permissions': v.string() }) }),
});

/**
 * A refusal for lack of a permission, with what to grant; everything else as it was. REST says in a header which
 * permission it would have taken
 * (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible).
 */
export function explain(thrown: unknown): Error {
  const error = asError(thrown);
  if (error instanceof SessionwrightError || !isRefusal(error)) return error;
  const named = v.safeParse(answered, error);
  const needed = named.success
    ? ` It takes ${named.output.response.headers['x-accepted-github-permissions']}.`
    : '';
  return new SessionwrightError(
    {
      code: 'permission-missing',
      message: `GitHub refused a request of this run. It says: ${error.message}.${needed}`,
      fix: `Give the job with \`mode: orchestrate\` ${PERMISSIONS} under \`permissions:\`, which also lifts the read-only token of a run that Dependabot caused; an organization may forbid it under Settings → Actions → General → Workflow permissions. A run for a fork’s \`pull_request\` event stays read-only: use \`pull_request_target\`. The next run takes up what this one left.`,
    },
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
