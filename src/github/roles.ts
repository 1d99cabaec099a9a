import { ROLES, type Role } from '../domain/world.ts';
import { isNotFound } from './answers.ts';
import type { Client, RepositoryName } from './client.ts';

/**
 * A login's role. `role_name` tells triage from read, which `permission` does not; a custom role falls back to
 * the `permission` it is built on; 404 means no collaborator, as for a bot
 * (https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user).
 */
export async function readRole(
  client: Client,
  name: RepositoryName,
  username: string,
): Promise<Role> {
  try {
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...name, username });
    return toRole(data.role_name) ?? toRole(data.permission) ?? 'none';
  } catch (error) {
    if (isNotFound(error)) return 'none';
    throw error;
  }
}

function toRole(name: string): Role | null {
  return ROLES.find((role) => role === name) ?? null;
}
