import { ApiError } from '../errors.ts';
import type { JsonBody } from '../json-body.ts';
import { canSee } from '../permissions.ts';
import type { World } from '../world.ts';
import { actorNode, labelNode, viewerNode } from './actors.ts';
import { checkMutations } from './check-mutations.ts';
import type { Context, GraphObject, Resolver } from './context.ts';
import { checkRunNode } from './git-nodes.ts';
import { gitMutations } from './git-mutations.ts';
import { commentNode, issueNode } from './issue-nodes.ts';
import { issueMutations } from './issue-mutations.ts';
import type { Mutation } from './mutation.ts';
import { repositoryNode } from './repository-node.ts';

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  ...issueMutations,
  ...gitMutations,
  ...checkMutations,
};

/** The fields of the query and of the mutation, whose names never meet. */
export function rootObject(context: Context): GraphObject {
  return { ...queries(context), ...mutations(context) };
}

function queries(context: Context): GraphObject {
  const { world, credential } = context;
  return {
    viewer: () => {
      if (credential.kind === 'none') throw new ApiError(401, 'Requires authentication');
      return viewerNode(credential.account);
    },
    repository: (args: JsonBody) => {
      const fullName = `${args.string('owner')}/${args.string('name')}`;
      const follows = args.value['followRenames'] !== false;
      const repo = world.repository(fullName) ?? (follows ? world.formerly(fullName) : null);
      if (repo !== null && canSee(repo, credential)) return repositoryNode(context, repo);
      throw new ApiError(404, `Could not resolve to a Repository with the name '${fullName}'.`);
    },
    node: (args: JsonBody) => anyNode(context, args.string('id')),
    nodes: (args: JsonBody) => (args.strings('ids') ?? []).map((id) => anyNode(context, id)),
    user: (args: JsonBody) => {
      const account = world.account(args.string('login'));
      if (account?.type === 'User') return actorNode(context, account);
      const message = `Could not resolve to a User with the login of '${args.string('login')}'.`;
      throw new ApiError(404, message);
    },
    rateLimit: () => rateLimit(world),
  };
}

/** The budget itself is told in headers; here only its shape. */
function rateLimit(world: World): GraphObject {
  return { limit: 5000, cost: 1, remaining: 5000, used: 0, nodeCount: 0, resetAt: world.now() };
}

function anyNode(context: Context, id: string): unknown {
  const found = context.world.nodes.get(id);
  const hidden = found !== undefined && 'repo' in found && !canSee(found.repo, context.credential);
  if (found === undefined || hidden) {
    throw new ApiError(404, `Could not resolve to a node with the global id of '${id}'`);
  }
  if (found.type === 'Repository') return repositoryNode(context, found.repo);
  if (found.type === 'Issue') return issueNode(context, found.repo, found.issue);
  if (found.type === 'Comment') return commentNode(context, found.repo, found.comment);
  if (found.type === 'Label') return labelNode(context, found.repo, found.label);
  if (found.type === 'CheckRun') return checkRunNode(context, found.repo, found.run);
  if (found.type === 'Account') return actorNode(context, found.account);
  throw new ApiError(501, `The simulator has no node for ${id}`, undefined, 'NOT_SIMULATED');
}

function mutations(context: Context): GraphObject {
  const root: Record<string, Resolver> = {};
  for (const [name, mutation] of Object.entries(MUTATIONS)) {
    root[name] = async (args) => {
      const input = args.object('input');
      if (input === undefined) throw new ApiError(422, `${name} needs an input`);
      const payload = await mutation(context, input);
      return { clientMutationId: input.optional('clientMutationId') ?? null, ...payload };
    };
  }
  return root;
}
