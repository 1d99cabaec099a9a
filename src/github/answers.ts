import * as v from 'valibot';

/** What an answer says of trying again. */
export type Verdict =
  /** It stands: a success, or a refusal that trying again does not mend. */
  | { readonly kind: 'stands' }
  /** A rate limit refused it before anything was done; `until` is in milliseconds, null where GitHub tells no time. */
  | { readonly kind: 'limited'; readonly until: number | null }
  /** No answer, or one of a server that failed: a write may have been applied or not. */
  | { readonly kind: 'lost' }
  /** What it is about is not there, which just after a create may mean: not yet everywhere. */
  | { readonly kind: 'not-there' };

const STANDS: Verdict = { kind: 'stands' };

const headersSchema = v.record(v.string(), v.unknown());
type Headers = v.InferOutput<typeof headersSchema>;

const failureSchema = v.object({
  status: v.number(),
  response: v.object({
    headers: headersSchema,
    data: v.optional(v.unknown()),
  }),
});

/** The HTTP status of a failed request; null for an error that is none. */
export function statusOf(error: unknown): number | null {
  return typeof error === 'object' && error !== null && 'status' in error
    ? typeof error.status === 'number'
      ? error.status
      : null
    : null;
}

export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** What was asked for; null where it is not there. */
export async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** Whether a request was refused by a limit, and not for what it asked. */
export function isLimited(error: unknown): boolean {
  return judgeFailure(error, 0).kind === 'limited';
}

/** Of a request that was thrown back. `now` is in milliseconds. */
export function judgeFailure(error: unknown, now: number): Verdict {
  const status = statusOf(error);
  if (status === null) return STANDS;
  const answered = v.safeParse(failureSchema, error);
  // Octokit gives a request that got no answer at all the status 500.
  if (!answered.success || status >= 500) return { kind: 'lost' };
  const { headers, data } = answered.output.response;
  if (isLimit(status, headers, data)) return { kind: 'limited', until: limitEnd(headers, now) };
  return status === 404 || (status === 422 && !isThere(data)) ? { kind: 'not-there' } : STANDS;
}

/** Whether what was to be made is there already: a code tells it of labels, a sentence of references and pull requests. */
function isThere(data: unknown): boolean {
  return /already[ _]exists/u.test(JSON.stringify(data ?? null));
}

const graphqlSchema = v.object({
  data: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
  errors: v.array(v.object({ type: v.optional(v.string()) })),
});

/** Of an answer with status 200: GraphQL tells its refusals in there, limits too. */
export function judgeSuccess(
  response: { readonly headers: Headers; readonly data: unknown },
  now: number,
): Verdict {
  const { headers } = response;
  const answered = v.safeParse(graphqlSchema, response.data);
  if (!answered.success) return STANDS;
  const { data, errors } = answered.output;
  const types = errors.map(({ type }) => type);
  const isEmpty = Object.values(data ?? {}).every((field) => field === null);
  const isLimited =
    types.includes('RATE_LIMITED') || (isEmpty && headers['retry-after'] !== undefined);
  if (isLimited) return { kind: 'limited', until: limitEnd(headers, now) };
  const isRefused = types.every((type) => type === 'NOT_FOUND' || type === 'UNPROCESSABLE');
  return isEmpty && isRefused && types.length > 0 ? { kind: 'not-there' } : STANDS;
}

const aboutSchema = v.object({ documentation_url: v.string() });

/**
 * A 403 is a limit where GitHub says how long to wait, that nothing remains, or points to the page on limits: a
 * secondary limit may come with neither header
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit).
 */
function isLimit(status: number, headers: Headers, data: unknown): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  if (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0') return true;
  const about = v.safeParse(aboutSchema, data);
  return about.success && about.output.documentation_url.includes('rate-limits');
}

/** `retry-after` is in seconds from now, `x-ratelimit-reset` in seconds since the epoch. */
function limitEnd(headers: Headers, now: number): number | null {
  const after = toNumber(headers['retry-after']);
  if (after !== null) return now + after * 1000;
  const reset = toNumber(headers['x-ratelimit-reset']);
  return reset !== null && headers['x-ratelimit-remaining'] === '0' ? reset * 1000 : null;
}

function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}
