import type { Call } from './call-log.ts';
import { ApiError, DOCS } from './errors.ts';
import { runDocument } from './graphql/execute.ts';
import { JsonBody } from './json-body.ts';
import type { Credential } from './model.ts';
import { RateLimit } from './rate-limit.ts';
import type { Limits } from './rate-limit.ts';
import { route } from './rest/router.ts';
import type { Reply } from './rest/request.ts';
import type { World } from './world.ts';

type MaybePromise<T> = T | Promise<T>;

/** Stands between client and GitHub: may answer instead, change an answer, or throw to cut the line. */
export interface Interceptor {
  before?(call: Call): MaybePromise<Response | undefined>;
  after?(call: Call, response: Response): MaybePromise<Response | undefined>;
}

const REST_ROOT = '/api/v3';
const GRAPHQL_PATH = '/api/graphql';

/** The one door for REST and GraphQL alike: every call is recorded, counted and may be intercepted. */
export class Gateway {
  private readonly world: World;
  private readonly limits: RateLimit;
  private readonly interceptors: Interceptor[] = [];
  private lagging: { readonly replica: World; readonly until: number } | null = null;

  constructor(world: World, limits: Partial<Limits> = {}) {
    this.world = world;
    this.limits = new RateLimit(() => world.milliseconds(), limits);
  }

  /** Adds an interceptor; the answer takes it away again. */
  intercept(interceptor: Interceptor): () => void {
    this.interceptors.push(interceptor);
    return () => {
      const at = this.interceptors.indexOf(interceptor);
      if (at >= 0) this.interceptors.splice(at, 1);
    };
  }

  /** For so long, what is read is the world as it is now: a replica that lags behind. */
  lag(seconds: number): void {
    const until = this.world.milliseconds() + seconds * 1000;
    this.lagging = { replica: this.world.replica(), until };
  }

  /** Forgets the hour's requests and every lag, as where the world goes back to an earlier time. */
  forget(): void {
    this.limits.clear();
    this.lagging = null;
  }

  private worldFor(call: Call, body: JsonBody): World {
    const { lagging, world } = this;
    if (lagging === null || lagging.until <= world.milliseconds()) return world;
    const query = body.value['query'];
    const isQuery = typeof query === 'string' && !/^\s*mutation\b/.test(query);
    return call.method === 'GET' || isQuery ? lagging.replica : world;
  }

  serves(pathname: string): boolean {
    return pathname === GRAPHQL_PATH || pathname.startsWith(`${REST_ROOT}/`);
  }

  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const token = tokenOf(request.headers.get('authorization'));
    const credential = this.world.credential(token);
    const text = await request.text();
    const graphql = url.pathname === GRAPHQL_PATH;
    const body = parseJson(text);
    const call = this.world.calls.start({
      kind: graphql ? 'graphql' : 'rest',
      method: request.method,
      path: graphql ? '/graphql' : url.pathname.slice(REST_ROOT.length) + url.search,
      body: body.ok ? body.value : text,
      token: credential === null ? 'unknown' : credential.kind,
      login: credential === null || credential.kind === 'none' ? null : credential.account.login,
      access: !graphql && request.method === 'GET' ? 'read' : 'write',
    });
    return this.recorded(call, async () => {
      if (!body.ok) return refuse(new ApiError(400, 'Problems parsing JSON'), call);
      if (credential === null) return refuse(new ApiError(401, 'Bad credentials'), call);
      return this.answer(request, url, body.value, credential, call);
    });
  }

  private async recorded(call: Call, answer: () => Promise<Response>): Promise<Response> {
    let status: number | null = null;
    try {
      let response = await this.before(call);
      response ??= await answer();
      for (const interceptor of this.interceptors) {
        response = (await interceptor.after?.(call, response)) ?? response;
      }
      status = response.status;
      return response;
    } finally {
      this.world.calls.end(call, status);
    }
  }

  private async before(call: Call): Promise<Response | undefined> {
    for (const interceptor of this.interceptors) {
      const response = await interceptor.before?.(call);
      if (response !== undefined) return response;
    }
    return undefined;
  }

  private async answer(
    request: Request,
    url: URL,
    body: unknown,
    credential: Credential,
    call: Call,
  ): Promise<Response> {
    const holder = holderOf(credential);
    const resource = call.kind === 'graphql' ? 'graphql' : 'core';
    const spent = this.limits.spend(credential.kind, holder, resource);
    const response = spent.allowed
      ? await this.serve(request, url, new JsonBody(body), credential, call)
      : refuse(exceeded(holder), call);
    const told = { ...spent.headers, ...scopesOf(credential) };
    for (const [name, value] of Object.entries(told)) response.headers.set(name, value);
    return response;
  }

  private async serve(
    request: Request,
    url: URL,
    body: JsonBody,
    credential: Credential,
    call: Call,
  ): Promise<Response> {
    const world = this.worldFor(call, body);
    try {
      if (call.kind === 'graphql') {
        call.route = '/graphql';
        if (credential.kind === 'none') throw new ApiError(401, 'Requires authentication');
        return respond(
          { status: 200, body: await runDocument({ world, credential }, body, call) },
          call,
        );
      }
      const path = url.pathname.slice(REST_ROOT.length);
      const { method, headers } = request;
      const matched = (template: string) => {
        call.route = template;
      };
      return respond(
        await route({ world, method, path, url, headers, body, credential, matched }),
        call,
      );
    } catch (error) {
      if (error instanceof ApiError) return refuse(error, call);
      return defect(world, error, call);
    }
  }
}

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function exceeded(holder: string): ApiError {
  return new ApiError(403, `API rate limit exceeded for ${holder}.`, undefined, 'RATE_LIMITED');
}

/** `token X`, `Bearer X`, or basic authentication with the token as the password. */
export function tokenOf(authorization: string | null): string | null {
  const match = /^(token|bearer|basic) +(\S+)$/i.exec(authorization ?? '');
  if (match === null) return null;
  const [, scheme = '', value = ''] = match;
  if (scheme.toLowerCase() !== 'basic') return value;
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

/** A classic token's, told with every answer (https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps). */
function scopesOf(credential: Credential): Readonly<Record<string, string>> {
  return credential.kind === 'user' ? { 'x-oauth-scopes': credential.scopes.join(', ') } : {};
}

/** A job's requests count for its repository, a person's for the person. */
function holderOf(credential: Credential): string {
  if (credential.kind === 'none') return 'anonymous';
  return credential.kind === 'user' ? credential.account.login : credential.repository;
}

/** An error nobody meant is the simulator's own: a 500 that says so, and a mark in the record. */
function defect(world: World, error: unknown, call: Call): Response {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  world.calls.unknown.push({ kind: call.kind, what: `defect: ${message}` });
  return refuse(new ApiError(500, message), call);
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  if (text === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function commonHeaders(call: Call): Record<string, string> {
  const id = call.sequence.toString(16).toUpperCase().padStart(4, '0');
  return {
    'x-github-request-id': `51D0:${id}:0:0:0`,
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': '2022-11-28',
  };
}

function respond(reply: Reply, call: Call): Response {
  const headers = { ...commonHeaders(call), ...reply.headers };
  if (reply.body === null) return new Response(null, { status: reply.status, headers });
  if (Buffer.isBuffer(reply.body)) {
    const type = 'application/vnd.github.raw; charset=utf-8';
    const content = new Uint8Array(reply.body);
    return new Response(content, {
      status: reply.status,
      headers: { ...headers, 'content-type': type },
    });
  }
  const type = 'application/json; charset=utf-8';
  const body = JSON.stringify(reply.body);
  return new Response(body, {
    status: reply.status,
    headers: { ...headers, 'content-type': type },
  });
}

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api */
export function refuse(error: ApiError, call: Call): Response {
  const { status, message, errors, type } = error;
  // GraphQL tells a limit that was exceeded with status 200
  // (https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#exceeding-the-rate-limit).
  if (call.kind === 'graphql' && type === 'RATE_LIMITED') {
    return respond({ status: 200, body: { errors: [{ type, message }] } }, call);
  }
  const about = { documentation_url: DOCS, status: String(status) };
  const body = { message, ...(errors && { errors }), ...about };
  return respond({ status, body, headers: error.headers }, call);
}
