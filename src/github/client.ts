import { Octokit } from '@octokit/rest';
import type { Time } from '../domain/time.ts';
import { createPatience, type Asked } from './patience.ts';

export type Client = ReturnType<typeof createClient>;

export interface ClientOptions {
  readonly token: string;
  /** The REST root, such as `https://api.github.com`; the GraphQL address follows from it. */
  readonly apiUrl: string;
  readonly version: string;
  /** Stands in for the global fetch, behind a proxy and in tests. */
  readonly fetch?: typeof globalThis.fetch;
  readonly time: Time;
  readonly log: { readonly debug: (message: string) => void };
}

/** Longer than GitHub itself takes for any request before it gives up with a 502. */
const TIME_OUT_MS = 30_000;

/** The one place that makes an Octokit; each request is told to the debug log, and tried again as `patience.ts` says. */
export function createClient(options: ClientOptions) {
  const octokit = new Octokit({
    auth: options.token,
    baseUrl: options.apiUrl,
    userAgent: `sessionwright/${options.version}`,
    request: { fetch: wholeFetch(options.fetch ?? globalThis.fetch) },
    log: {
      ...options.log,
      info: options.log.debug,
      warn: options.log.debug,
      error: options.log.debug,
    },
  });
  octokit.hook.before('request', ({ method, url }) => options.log.debug(`${method} ${url}`));
  const patience = createPatience(options.time);
  octokit.hook.wrap('request', (request, asked) =>
    patience.send(describeRequest(asked), () => Promise.resolve(request(asked))),
  );
  return octokit;
}

/**
 * Octokit takes a body that breaks off for an empty or a short one; read whole first, it is an error like any other
 * lost answer.
 */
function wholeFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, signal: AbortSignal.timeout(TIME_OUT_MS) });
    const { status, statusText, headers, url } = response;
    const body = await response.arrayBuffer();
    // A response of these holds none (https://fetch.spec.whatwg.org/#null-body-status).
    const isNull = [204, 205, 304].includes(status);
    const whole = new Response(isNull ? null : body, { status, statusText, headers });
    // None of one's own making has an address, and the paging of lists that tell a total goes by it.
    return Object.defineProperty(whole, 'url', { value: url });
  };
}

/** A GraphQL document that is no mutation reads, though it is posted. */
function describeRequest({ method, url, query }: RequestLike): Asked {
  const isQuery = typeof query === 'string' && !/^\s*mutation\b/u.test(query);
  const name = typeof query === 'string' ? /^\s*\w+\s+(\w+)/u.exec(query)?.[1] : undefined;
  return {
    what: name === undefined ? `${method} ${url}` : `the GraphQL request \`${name}\``,
    isRead: method === 'GET' || isQuery,
  };
}

interface RequestLike {
  readonly method: string;
  readonly url: string;
  readonly query?: unknown;
}

/** A repository as the API's routes name it. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}
