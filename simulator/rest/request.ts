import { notFound } from '../errors.ts';
import type { Scene } from '../events.ts';
import type { JsonBody } from '../json-body.ts';
import type { Credential, Issue, PullIssue, Repository } from '../model.ts';
import { paginate } from '../pagination.ts';
import { actorOf, demand, issuePermission } from '../permissions.ts';
import type { PermissionName } from '../permissions.ts';
import type { Role } from '../model.ts';
import { isPull } from '../present/pull.ts';
import type { World } from '../world.ts';

/** What a handler answers; a body of null is an empty one. */
export interface Reply<Body = unknown> {
  readonly status: number;
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One REST call that found its repository. */
export interface RestRequest {
  readonly world: World;
  readonly repo: Repository;
  readonly credential: Credential;
  readonly params: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: JsonBody;
}

export interface Route {
  readonly method: string;
  /** Below `/repos/{owner}/{repo}`; `{name+}` takes slashes too. */
  readonly template: string;
  handle(request: RestRequest): Reply | Promise<Reply>;
}

export function ok<Body>(body: Body): Reply<Body> {
  return { status: 200, body };
}

export function created<Body>(body: Body): Reply<Body> {
  return { status: 201, body };
}

export const NO_CONTENT: Reply<null> = { status: 204, body: null };

/** Answers one page of a list, presenting only what is on it. */
export async function page<T, Body>(
  request: RestRequest,
  items: readonly T[],
  present: (item: T) => Body | Promise<Body>,
): Promise<Reply<Body[]>> {
  const part = paginate(request.url, items);
  const body = await Promise.all(part.items.map((item) => present(item)));
  return { status: 200, body, headers: part.headers };
}

export function param(request: RestRequest, name: string): string {
  return request.params[name] ?? '';
}

export function mayRead(request: RestRequest, permission: PermissionName): void {
  demand(request.repo, request.credential, { permission, access: 'read' });
}

/** Checks that the caller may write, and as what; everything after happens in that scene. */
export function writing(request: RestRequest, permission: PermissionName, role: Role): Scene {
  const { world, repo, credential } = request;
  demand(repo, credential, { permission, access: 'write', role });
  return { world, repo, actor: actorOf(credential) };
}

/** The issue or pull request of the path; the right to see it is checked first. */
export function issueOf(request: RestRequest): Issue {
  mayRead(request, 'metadata');
  const issue = request.repo.issues.get(Number(param(request, 'number')));
  if (issue === undefined) throw notFound();
  mayRead(request, issuePermission(issue));
  return issue;
}

export function pullOf(request: RestRequest): PullIssue {
  mayRead(request, 'pull-requests');
  const issue = request.repo.issues.get(Number(param(request, 'number')));
  if (issue === undefined || !isPull(issue)) throw notFound();
  return issue;
}
