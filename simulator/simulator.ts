import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Call, UnknownCall } from './call-log.ts';
import { Gateway } from './gateway.ts';
import type { Interceptor } from './gateway.ts';
import { following } from './following.ts';
import type { ObjectStore } from './git/object-store.ts';
import { handleGit, isGitPath } from './git-http.ts';
import { listen } from './http-server.ts';
import type { Repository } from './model.ts';
import { servePage } from './pages.ts';
import type { Limits } from './rate-limit.ts';
import type { Permissions, RepositoryEvent, RunnerHost } from './ports.ts';
import { createRunnerHost } from './runner-host.ts';
import { createRepository } from './seed.ts';
import type { RepositorySeed } from './seed.ts';
import { World } from './world.ts';
import type { Urls } from './world.ts';

export interface SimulatorOptions {
  /** A version of GitHub Enterprise Server to be; github.com unless given. */
  readonly serverVersion?: string;
  /** A directory of the caller's, for the bare repositories. */
  readonly root: string;
  /** The repositories' objects, in common with whoever else has them; each has its own unless given. */
  readonly objects?: ObjectStore;
  /** The time everything happens at; the system's unless given. */
  readonly clock?: () => Date;
  /** A free one unless given. */
  readonly port?: number;
  /** Requests an hour, by kind of token; GitHub's own unless given. */
  readonly rateLimits?: Partial<Limits>;
}

/** GitHub on one machine, laid out as a GitHub Enterprise Server. */
export interface Simulator {
  readonly urls: Urls;
  /** What the simulated runner needs. */
  readonly host: RunnerHost;
  /** Every REST and GraphQL call so far. */
  readonly calls: readonly Call[];
  /** Endpoints and fields that were asked for and are not simulated: a test asserts that there are none. */
  readonly unknown: readonly UnknownCall[];
  /** Every event so far. */
  readonly events: readonly RepositoryEvent[];
  clearCalls(): void;
  createRepository(seed: RepositorySeed): Promise<Repository>;
  /** A person's token; a classic one, with the scopes `repo` and `workflow` unless given. */
  createUserToken(login: string, scopes?: readonly string[]): string;
  /** A token of another GitHub App, which acts as `<slug>[bot]`. */
  createAppToken(slug: string, repository: string, permissions: Permissions): string;
  /** Puts something between clients and GitHub; the answer takes it away. */
  intercept(interceptor: Interceptor): () => void;
  /** For so many seconds, what is read is the world as it is now, as of a replica that lags behind. */
  lag(seconds: number): void;
  /** Remembers the world as it is; the answer goes back to it, as often as wanted. */
  checkpoint(): () => void;
  /** Answers a request in process, along the same path as one over HTTP. */
  handle(request: Request): Promise<Response>;
  /** `handle` in the shape of `fetch`, for Octokit's `request.fetch`. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  close(): Promise<void>;
}

/** Starts it; listening, and with nothing in it. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const clock = options.clock ?? (() => new Date());
  let handle: (request: Request) => Promise<Response> = () =>
    Promise.resolve(new Response(null, { status: 503 }));
  const server = await listen(options.port ?? 0, (request) => handle(request));
  const { url } = server;
  const urls = { server: url, api: `${url}/api/v3`, graphql: `${url}/api/graphql` };
  const world = new World(urls, clock);
  world.serverVersion = options.serverVersion ?? null;
  const gateway = new Gateway(world, options.rateLimits);
  handle = (request) => dispatch(world, gateway, request);
  const events: RepositoryEvent[] = [];
  world.onEvent((event) => events.push(event));
  return {
    urls,
    host: createRunnerHost(world),
    calls: world.calls.calls,
    unknown: world.calls.unknown,
    events,
    clearCalls: () => {
      world.calls.clear();
    },
    createRepository: (seed) =>
      createRepository(world, { root: options.root, objects: options.objects ?? null }, seed),
    createUserToken: (login, scopes = ['repo', 'workflow']) => world.createUserToken(login, scopes),
    createAppToken: (slug, repository, permissions) =>
      world.createInstallationToken(repository, world.ensureApp(slug), permissions),
    intercept: (interceptor) => gateway.intercept(interceptor),
    lag: (seconds) => {
      gateway.lag(seconds);
    },
    checkpoint: () => {
      const memory = world.remember();
      const [happened, called] = [events.length, world.calls.calls.length];
      return () => {
        world.recall(memory);
        gateway.forget();
        events.length = happened;
        world.calls.calls.length = called;
      };
    },
    handle,
    fetch: following((request) => handle(request)),
    close: async () => {
      await server.close();
      await Promise.all([...world.repositories.values()].map((repo) => repo.git.close()));
      await rm(join(options.root, '.scratch'), { recursive: true, force: true });
    },
  };
}

async function dispatch(world: World, gateway: Gateway, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (gateway.serves(pathname)) return gateway.handle(request);
  if (isGitPath(pathname)) return servingGit(world, request);
  const page = await servePage(world, request);
  if (page !== null) return page;
  world.calls.unknown.push({ kind: 'rest', what: `${request.method} ${pathname}` });
  return new Response('Not Found\n', { status: 404 });
}

/** A defect while serving git must not look like a broken line. */
async function servingGit(world: World, request: Request): Promise<Response> {
  try {
    return await handleGit(world, request);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    world.calls.unknown.push({ kind: 'git', what: `defect: ${message}` });
    return new Response(`${message}\n`, { status: 500 });
  }
}
