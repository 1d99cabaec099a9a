import { ApiError, notFound } from '../errors.ts';
import type { Role } from '../model.ts';
import { changeRepository } from '../operations/repository.ts';
import { atLeast, roleOf } from '../permissions.ts';
import { presentAccount } from '../present/account.ts';
import type { Schemas } from '../present/account.ts';
import { presentFullRepository } from '../present/repository.ts';
import { mayRead, ok, param, writing } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

function getRepository(request: RestRequest): Reply<Schemas['full-repository']> {
  mayRead(request, 'metadata');
  return ok(presentFullRepository(request.world, request.repo, request.credential));
}

/** https://docs.github.com/rest/repos/repos#update-a-repository: its name and its default branch. */
function patchRepository(request: RestRequest): Reply<Schemas['full-repository']> {
  const { world, repo, credential, body } = request;
  const scene = writing(request, 'administration', 'admin');
  const name = body.optional('name') ?? repo.name;
  changeRepository(scene, name, body.optional('default_branch') ?? repo.defaultBranch);
  return ok(presentFullRepository(world, repo, credential));
}

/**
 * The legacy field knows four values only; `role_name` tells the truth.
 * https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
function legacyPermission(role: Role | null): string {
  if (role === null) return 'none';
  if (role === 'triage') return 'read';
  return role === 'maintain' ? 'write' : role;
}

/** Bots are no users: asking for one is 404. */
function getPermission(request: RestRequest): Reply<Schemas['repository-collaborator-permission']> {
  const { world, repo, credential } = request;
  mayRead(request, 'metadata');
  if (credential.kind === 'none') throw new ApiError(401, 'Requires authentication');
  if (credential.kind === 'user' && !atLeast(roleOf(repo, credential.account.login), 'write')) {
    throw new ApiError(403, 'Must have push access to view collaborator permission.');
  }
  const account = world.account(param(request, 'username'));
  if (account?.type !== 'User') throw notFound(`${param(request, 'username')} is not a user`);
  const role = roleOf(repo, account.login);
  const permissions = {
    admin: atLeast(role, 'admin'),
    maintain: atLeast(role, 'maintain'),
    push: atLeast(role, 'write'),
    triage: atLeast(role, 'triage'),
    pull: atLeast(role, 'read'),
  };
  const role_name = role ?? 'none';
  const user = { ...presentAccount(world, account), permissions, role_name };
  return ok({ permission: legacyPermission(role), role_name, user });
}

export const repositoryRoutes: readonly Route[] = [
  { method: 'GET', template: '', handle: getRepository },
  { method: 'PATCH', template: '', handle: patchRepository },
  {
    method: 'GET',
    template: '/collaborators/{username}/permission',
    handle: getPermission,
  },
];
