import type { Call } from './call-log.ts';
import { DOCS } from './errors.ts';
import type { Simulator } from './simulator.ts';

/** What may go wrong with one call, as GitHub or the network lets it go wrong. */
export type Fault =
  /** The connection is reset before anything is done. */
  | { readonly kind: 'reset' }
  /** It is done, and the connection is reset before the answer. */
  | { readonly kind: 'lost' }
  /** It is done, and the connection ends in the middle of the answer's body. */
  | { readonly kind: 'cut' }
  /** The server fails, before it did anything or after. */
  | { readonly kind: 'failed'; readonly status: 500 | 502 | 503; readonly applied: boolean }
  /** It is not there, or not valid: what a write is about may not have reached every server yet. */
  | { readonly kind: 'refused'; readonly status: 404 | 422 }
  /** A rate limit: the primary one tells its reset, a secondary one `retry-after` or nothing. */
  | { readonly kind: 'limited'; readonly limit: Limit; readonly seconds: number }
  /** It takes that long. */
  | { readonly kind: 'delayed'; readonly seconds: number }
  /** Reads show the world as it was before, for that long. */
  | { readonly kind: 'lagging'; readonly seconds: number };

export type Limit = 'primary' | 'secondary' | 'secondary-429' | 'untold';

/** Whose clock a delay sets forward. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Lets the fault befall the first call that `meets` takes; the answer takes it away again. */
export function injectFault(
  sim: Pick<Simulator, 'intercept' | 'lag'>,
  clock: Clock,
  fault: Fault,
  meets: (call: Call) => boolean,
): () => void {
  let struck: Call | null = null;
  return sim.intercept({
    before: async (call) => {
      if (struck !== null || !meets(call)) return undefined;
      struck = call;
      return before(sim, clock, fault, call);
    },
    after: (call, response) => (call === struck ? after(fault, call, response) : undefined),
  });
}

/** Answers in place of GitHub, or lets it go on. */
async function before(
  sim: Pick<Simulator, 'lag'>,
  clock: Clock,
  fault: Fault,
  call: Call,
): Promise<Response | undefined> {
  switch (fault.kind) {
    case 'reset':
      throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });
    case 'failed':
      return fault.applied ? undefined : serverError(fault.status);
    case 'refused':
      return refusal(fault.status, call);
    case 'limited':
      return limited(fault, clock, call);
    case 'delayed':
      await clock.sleep(fault.seconds * 1000);
      return undefined;
    case 'lagging':
      sim.lag(fault.seconds);
      return undefined;
    case 'lost':
    case 'cut':
      return undefined;
  }
}

/** What becomes of an answer that was given. */
async function after(fault: Fault, call: Call, response: Response): Promise<Response | undefined> {
  if (fault.kind === 'lost') {
    throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });
  }
  if (fault.kind === 'cut') return cutShort(response);
  return fault.kind === 'failed' && fault.applied ? serverError(fault.status) : undefined;
}

async function cutShort(response: Response): Promise<Response> {
  const { status, headers } = response;
  const whole = new Uint8Array(await response.arrayBuffer());
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(whole.subarray(0, Math.floor(whole.length / 2)));
    },
    pull(controller) {
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(whole.length === 0 ? null : body, { status, headers });
}

/** GitHub's load balancer answers in HTML, its API in JSON; neither says what was done. */
function serverError(status: number): Response {
  return status === 500
    ? Response.json({ message: 'Server Error', documentation_url: DOCS }, { status })
    : new Response('<html><body>Unicorn!</body></html>', {
        status,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      });
}

/** GraphQL gives the refused mutations null and an error each, with status 200. */
function refusal(status: 404 | 422, call: Call): Response {
  const message = status === 404 ? 'Not Found' : 'Validation Failed';
  if (call.kind === 'rest') {
    return Response.json({ message, documentation_url: DOCS, status: String(status) }, { status });
  }
  const type = status === 404 ? 'NOT_FOUND' : 'UNPROCESSABLE';
  const fields = fieldsOf(call);
  return Response.json({
    data: fields.length === 0 ? null : Object.fromEntries(fields.map((field) => [field, null])),
    errors:
      fields.length === 0
        ? [{ type, message }]
        : fields.map((field) => ({ type, message, path: [field] })),
  });
}

/** The names under which the document asks for its top fields: an alias, or the field itself. */
function fieldsOf(call: Call): readonly string[] {
  const body: unknown = call.body;
  const query =
    typeof body === 'object' && body !== null && 'query' in body ? String(body.query) : '';
  if (!/^\s*mutation\b/.test(query)) return [];
  return [...query.matchAll(/(\w+)\s*(?::\s*\w+\s*)?\(input:/g)].map(([, name = '']) => name);
}

const LIMIT_PAGE =
  'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits';

/**
 * The primary limit tells when it ends, with 403, or in GraphQL with 200; a secondary one answers 403 or 429, with
 * `retry-after` or nothing but its message
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit,
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#exceeding-the-rate-limit).
 */
function limited(fault: Fault & { kind: 'limited' }, clock: Clock, call: Call): Response {
  const { limit, seconds } = fault;
  if (limit === 'primary') {
    const reset = String(Math.ceil(clock.now() / 1000) + seconds);
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    const message = 'API rate limit exceeded for installation.';
    return call.kind === 'graphql'
      ? Response.json({ errors: [{ type: 'RATE_LIMITED', message }] }, { headers })
      : Response.json({ message, documentation_url: DOCS }, { status: 403, headers });
  }
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes.';
  const headers: Record<string, string> = { 'x-ratelimit-remaining': '900' };
  if (limit !== 'untold') headers['retry-after'] = String(seconds);
  const status = limit === 'secondary-429' ? 429 : 403;
  return Response.json({ message, documentation_url: LIMIT_PAGE }, { status, headers });
}
