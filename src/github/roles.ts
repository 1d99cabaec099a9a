import * as v from 'valibot';
import { ROLES, type Role } from '../domain/world.ts';
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

export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** The HTTP status of a failed request; null for an error that is none. */
export function statusOf(error: unknown): number | null {
  return typeof error === 'object' && error !== null && 'status' in error
    ? typeof error.status === 'number'
      ? error.status
      : null
    : null;
}

/**
 * Whether a 403 is a limit and no refusal: only then does GitHub say how long to wait or that nothing remains
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit).
 */
export function isRateLimited(error: unknown): boolean {
  const answered = v.safeParse(answeredError, error);
  if (!answered.success) return false;
  const { headers } = answered.output.response;
  return headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
}

const answeredError = v.object({
  response: v.object({ headers: v.record(v.string(), v.unknown()) }),
});

function toRole(name: string): Role | null {
  return ROLES.find((role) => role === name) ?? null;
}
