import type { GraphQLResolveInfo } from 'graphql';

import { ApiError } from '../errors.ts';
import type { JsonBody } from '../json-body.ts';
import type { Credential, Repository } from '../model.ts';
import { refusal } from '../permissions.ts';
import type { Need, PermissionName } from '../permissions.ts';
import type { World } from '../world.ts';

export interface Caller {
  readonly world: World;
  readonly credential: Credential;
}

export interface Context extends Caller {
  /** Everything in a repository leads back to it; handing it down keeps the modules free of cycles. */
  readonly repositoryNode: (context: Context, repo: Repository) => GraphObject;
}

/** A field that takes arguments or is worth computing only when asked for. */
export type Resolver = (args: JsonBody, info: GraphQLResolveInfo) => unknown;

/** An object of the graph: plain values, and resolvers for the rest. What it lacks is an error. */
export type GraphObject = Readonly<Record<string, unknown>>;

/** Refuses with GraphQL's own errors: FORBIDDEN where the caller may not, NOT_FOUND where it sees nothing. */
function allow({ credential }: Context, repo: Repository, need: Need): void {
  const refused = refusal(repo, credential, need);
  if (refused === null) return;
  if (credential.kind === 'installation' || refused.status !== 403) throw refused;
  const login = credential.kind === 'user' ? credential.account.login : 'anonymous';
  throw new ApiError(403, `${login} does not have the correct permissions to execute this query`);
}

export function allowReading(context: Context, repo: Repository, permission: PermissionName): void {
  allow(context, repo, { permission, access: 'read' });
}
