import { notAccessible, ApiError, DOCS, notFound } from '../errors.ts';
import type { JsonBody } from '../json-body.ts';
import type { Credential, Repository } from '../model.ts';
import { canSee } from '../permissions.ts';
import { presentAccount } from '../present/account.ts';
import type { World } from '../world.ts';
import { actionRoutes } from './actions.ts';
import { checkRoutes } from './checks.ts';
import { commentRoutes } from './comments.ts';
import { commitRoutes } from './commits.ts';
import { contentRoutes } from './contents.ts';
import { gitObjectRoutes } from './git-objects.ts';
import { issueRoutes } from './issues.ts';
import { labelRoutes } from './labels.ts';
import { pullRoutes } from './pulls.ts';
import { refRoutes } from './refs.ts';
import { repositoryRoutes } from './repository.ts';
import { rulesetRoutes } from './rulesets.ts';
import { settingRoutes } from './settings.ts';
import { ok } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

const ROOT = '/repos/{owner}/{repo}';

/** In the order of matching: the more special template comes first. */
const ROUTES: readonly Route[] = [
  ...repositoryRoutes,
  ...settingRoutes,
  ...rulesetRoutes,
  ...commentRoutes,
  ...labelRoutes,
  ...issueRoutes,
  ...pullRoutes,
  ...refRoutes,
  ...gitObjectRoutes,
  ...checkRoutes,
  ...commitRoutes,
  ...contentRoutes,
  ...actionRoutes,
];

const MATCHERS = ROUTES.map((route) => ({ route, pattern: pattern(ROOT + route.template) }));

/** `{a}` takes one segment, `{a+}` one or more, `{a*}` any number. */
function pattern(template: string): RegExp {
  const source = template.replace(/\{(\w+)([+*]?)\}/g, (_, name: string, many: string) => {
    const takes = { '': '[^/]+', '+': '.+', '*': '.*' }[many] ?? '[^/]+';
    return `(?<${name}>${takes})`;
  });
  return new RegExp(`^${source}/?$`);
}

export interface RestCall {
  readonly world: World;
  readonly method: string;
  /** Below the API's root, still percent-encoded. */
  readonly path: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: JsonBody;
  readonly credential: Credential;
  /** Hears the template that matched. */
  readonly matched: (template: string) => void;
}

/** Answers a REST call, or throws the ApiError that refuses it. */
export async function route(call: RestCall): Promise<Reply> {
  if (call.method === 'GET' && call.path === '/user') return user(call);
  if (call.method === 'GET' && call.path === '/meta') return meta(call);
  const path = pathByName(call);
  for (const { route: found, pattern: matcher } of MATCHERS) {
    if (found.method !== call.method) continue;
    const match = matcher.exec(path);
    if (match === null) continue;
    call.matched(ROOT + found.template);
    return serve(call, found, decoded(match.groups ?? {}));
  }
  call.world.calls.unknown.push({ kind: 'rest', what: `${call.method} ${call.path}` });
  throw notFound();
}

/** A repository goes by its id too, under whatever name it has. */
function pathByName({ world, path }: RestCall): string {
  const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
  const repo = id === undefined ? null : world.repositoryById(Number(id));
  return repo === null ? path : `/repos/${repo.fullName}${rest}`;
}

function decoded(groups: Record<string, string>): Readonly<Record<string, string>> {
  const entries = Object.entries(groups);
  return Object.fromEntries(entries.map(([name, value]) => [name, decodeURIComponent(value)]));
}

async function serve(
  call: RestCall,
  found: Route,
  params: Readonly<Record<string, string>>,
): Promise<Reply> {
  const { world, url, headers, body, credential } = call;
  const fullName = `${params['owner'] ?? ''}/${params['repo'] ?? ''}`;
  const repo = world.repository(fullName);
  if (repo === null) return moved(call, world.formerly(fullName));
  if (!canSee(repo, credential)) throw notFound();
  const request: RestRequest = { world, repo, credential, params, url, headers, body };
  if (call.method === 'GET') return found.handle(request);
  return repo.lock.run(() => found.handle(request));
}

/**
 * A former name leads to the id: with 301 what reads, with 307 what writes, so that no method changes on the way.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects,
 * https://github.com/octokit/fixtures/tree/main/scenarios/api.github.com/rename-repository
 */
function moved({ world, method, path, url, credential }: RestCall, repo: Repository | null): Reply {
  if (repo === null || !canSee(repo, credential)) throw notFound();
  const rest = path
    .split('/')
    .slice(4)
    .map((part) => `/${part}`);
  const location = `${world.urls.api}/repositories/${String(repo.id)}${rest.join('')}${url.search}`;
  const body = { message: 'Moved Permanently', url: location, documentation_url: DOCS };
  const reads = method === 'GET' || method === 'HEAD';
  return { status: reads ? 301 : 307, body, headers: { location } };
}

/** Only GitHub Enterprise Server, which this is laid out like, names its version (https://docs.github.com/enterprise-server@latest/rest/meta/meta). */
function meta({ world, matched }: RestCall): Reply {
  matched('/meta');
  const { serverVersion } = world;
  const version = serverVersion === null ? {} : { installed_version: serverVersion };
  return ok({ verifiable_password_authentication: false, ...version });
}

/** An installation is nobody, so it cannot ask who it is. */
function user({ world, credential, matched }: RestCall): Reply {
  matched('/user');
  if (credential.kind === 'none') throw new ApiError(401, 'Requires authentication');
  if (credential.kind === 'installation') throw notAccessible();
  return ok(presentAccount(world, credential.account));
}
