import { Octokit } from '@octokit/rest';

export type Client = ReturnType<typeof createClient>;

export interface ClientOptions {
  readonly token: string;
  /** The REST root, such as `https://api.github.com`; the GraphQL address follows from it. */
  readonly apiUrl: string;
  readonly version: string;
  /** Stands in for the global fetch, behind a proxy and in tests. */
  readonly fetch?: typeof globalThis.fetch;
  readonly log: { readonly debug: (message: string) => void };
}

/** The one place that makes an Octokit; each request is told to the debug log. */
export function createClient(options: ClientOptions) {
  const octokit = new Octokit({
    auth: options.token,
    baseUrl: options.apiUrl,
    userAgent: `sessionwright/${options.version}`,
    ...(options.fetch === undefined ? {} : { request: { fetch: options.fetch } }),
    log: {
      ...options.log,
      info: options.log.debug,
      warn: options.log.debug,
      error: options.log.debug,
    },
  });
  octokit.hook.before('request', ({ method, url }) => options.log.debug(`${method} ${url}`));
  return octokit;
}

/** A repository as the API's routes name it. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}
