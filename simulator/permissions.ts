import { ApiError, notAccessible, notFound } from './errors.ts';
import type { Actor, Credential, Issue, Repository, Role } from './model.ts';

/** The permission names of a workflow's `permissions:` block that the simulator knows. */
export type PermissionName =
  | 'actions'
  | 'administration'
  | 'checks'
  | 'contents'
  | 'issues'
  | 'metadata'
  | 'pull-requests'
  | 'statuses'
  | 'workflows';

/** What a call needs: of an app's token a permission, of a user a role. */
export interface Need {
  readonly permission: PermissionName;
  readonly access: 'read' | 'write';
  /** The least role of a user; anybody who can read unless told. */
  readonly role?: Role;
}

const ROLES: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];

/** Whether `role` holds at least what `least` holds; nobody's role is null. */
export function atLeast(role: Role | null, least: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** A user's role: as collaborator or owner, else `read` where everybody may read. */
export function roleOf(repo: Repository, login: string): Role | null {
  const role = repo.collaborators.get(login.toLowerCase());
  if (role !== undefined) return role;
  return repo.settings.visibility === 'public' ? 'read' : null;
}

/** `pull_requests` in the API's own spelling, `pull-requests` in workflow files. */
export function grants(
  credential: Extract<Credential, { kind: 'installation' }>,
  permission: PermissionName,
  access: 'read' | 'write',
): boolean {
  if (permission === 'metadata' && access === 'read') return true;
  const { permissions } = credential;
  const held = permissions[permission] ?? permissions[permission.replace('-', '_')] ?? 'none';
  return access === 'read' ? held !== 'none' : held === 'write';
}

/** Whether the repository shows itself at all; where it does not, GitHub answers 404 and never 403. */
export function canSee(repo: Repository, credential: Credential): boolean {
  if (repo.settings.visibility === 'public') return true;
  if (credential.kind === 'none') return false;
  if (credential.kind === 'user') return roleOf(repo, credential.account.login) !== null;
  return credential.repository === repo.fullName;
}

/** Why the call may not be made, or null if it may. */
export function refusal(repo: Repository, credential: Credential, need: Need): ApiError | null {
  if (!canSee(repo, credential)) return notFound();
  // https://docs.github.com/repositories/archiving-a-github-repository/archiving-repositories
  if (need.access === 'write' && repo.settings.archived) {
    return new ApiError(403, 'Repository was archived so is read-only.');
  }
  const reading = need.access === 'read' && need.role === undefined;
  if (reading && repo.settings.visibility === 'public') return null;
  if (credential.kind === 'none') return new ApiError(401, 'Requires authentication');
  if (credential.kind === 'installation') {
    const own = credential.repository === repo.fullName;
    return own && grants(credential, need.permission, need.access) ? null : notAccessible(need);
  }
  if (atLeast(roleOf(repo, credential.account.login), need.role ?? 'read')) return null;
  if (need.permission === 'contents') return notFound();
  return new ApiError(403, 'Must have admin rights to Repository.');
}

export function demand(repo: Repository, credential: Credential, need: Need): void {
  const refused = refusal(repo, credential, need);
  if (refused !== null) throw refused;
}

/** The caller of a write, which nobody makes namelessly. */
export function actorOf(credential: Credential): Actor {
  if (credential.kind === 'none') throw new ApiError(401, 'Requires authentication');
  return credential;
}

/** Issue endpoints serve pull requests too, and then go by the permission of what they touch. */
export function issuePermission(issue: Issue): PermissionName {
  return issue.pull === null ? 'issues' : 'pull-requests';
}
