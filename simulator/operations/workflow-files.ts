import type { Actor, Repository } from '../model.ts';
import { grants } from '../permissions.ts';

export const WORKFLOWS_DIRECTORY = '.github/workflows';

async function workflowTree(repo: Repository, commit: string): Promise<string | null> {
  const found = await repo.git.objects.find(`${commit}:${WORKFLOWS_DIRECTORY}`);
  return found?.oid ?? null;
}

/** The workflow directories that any branch has now. */
export async function knownWorkflowTrees(repo: Repository): Promise<ReadonlySet<string>> {
  const trees = await Promise.all(repo.git.branches().map(({ oid }) => workflowTree(repo, oid)));
  return new Set(trees.filter((tree) => tree !== null));
}

/** Whether the actor may write workflow files at all: an app by permission, a user by scope. */
export function mayWriteWorkflows(actor: Actor): boolean {
  if (actor.kind === 'installation') return grants(actor, 'workflows', 'write');
  return actor.scopes.includes('workflow');
}

/**
 * Whether a branch may be set to the commit: one whose workflow files differ from every branch's needs
 * the `workflows` permission, which a job's token never has.
 */
export async function mayCarryWorkflows(
  repo: Repository,
  actor: Actor,
  commit: string,
): Promise<boolean> {
  if (mayWriteWorkflows(actor)) return true;
  const tree = await workflowTree(repo, commit);
  return tree === null || (await knownWorkflowTrees(repo)).has(tree);
}
