import { ApiError } from '../errors.ts';
import type { Scene } from '../events.ts';
import type { JsonBody } from '../json-body.ts';
import type { Repository, Role } from '../model.ts';
import { actorOf, refusal } from '../permissions.ts';
import type { PermissionName } from '../permissions.ts';
import type { Context, GraphObject } from './context.ts';

/** A mutation: its input in, its payload out. */
export type Mutation = (context: Context, input: JsonBody) => Promise<GraphObject>;

/** Runs a write with its permission checked, alone in its repository. */
export async function write(
  context: Context,
  repo: Repository,
  permission: PermissionName,
  role: Role,
  work: (scene: Scene) => GraphObject | Promise<GraphObject>,
): Promise<GraphObject> {
  const { world, credential } = context;
  const refused = refusal(repo, credential, { permission, access: 'write', role });
  if (refused !== null && credential.kind !== 'user') throw refused;
  if (refused !== null) {
    const message = `${actorOf(credential).account.login} does not have the correct permissions to execute this mutation`;
    throw new ApiError(403, message);
  }
  return repo.lock.run(() => work({ world, repo, actor: actorOf(credential) }));
}
