import * as v from 'valibot';
import { SessionwrightError } from '../domain/errors.ts';
import { tell, type MessageCode, type Told } from '../domain/messages/catalogue.ts';
import { isRateLimited, statusOf } from './roles.ts';

/** What was thrown, as it is told: our own errors as they are, GitHub's answers by what they mean. */
export function explainError(thrown: unknown): Told {
  if (thrown instanceof SessionwrightError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return tell(codeOf(thrown), { said });
}

type Explained = Extract<
  MessageCode,
  'github-refused' | 'token-invalid' | 'rate-limited' | 'github-unavailable' | 'unexpected'
>;

/** https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
function codeOf(thrown: unknown): Explained {
  const types = graphqlTypes(thrown);
  if (isRateLimited(thrown) || types.includes('RATE_LIMITED')) return 'rate-limited';
  if (types.some((type) => REFUSALS.has(type))) return 'github-refused';
  const status = statusOf(thrown);
  if (status === null) return 'unexpected';
  if (status === 401) return 'token-invalid';
  if (status === 403 || status === 404) return 'github-refused';
  // Octokit gives 500 to a request that had no answer at all.
  return status === 429 ? 'rate-limited' : status >= 500 ? 'github-unavailable' : 'unexpected';
}

const REFUSALS: ReadonlySet<string> = new Set(['FORBIDDEN', 'NOT_FOUND', 'INSUFFICIENT_SCOPES']);

/** The types of a GraphQL answer's errors, which come with status 200. */
function graphqlTypes(thrown: unknown): readonly string[] {
  const answered = v.safeParse(graphqlError, thrown);
  return answered.success ? answered.output.errors.map(({ type }) => type) : [];
}

const graphqlError = v.object({
  errors: v.array(v.object({ type: v.optional(v.string(), '') })),
});
