import { ApiError } from '../errors.ts';
import type { JsonBody } from '../json-body.ts';
import type { Account, Issue, Label, PullIssue, Repository } from '../model.ts';
import { canSee } from '../permissions.ts';
import { isPull } from '../present/pull.ts';
import type { NodeTarget } from '../world.ts';
import type { Context } from './context.ts';

function unresolved(id: string): ApiError {
  return new ApiError(404, `Could not resolve to a node with the global id of '${id}'`);
}

function targetOf(context: Context, args: JsonBody, key: string): NodeTarget {
  const id = args.string(key);
  const target = context.world.nodes.get(id);
  if (target === undefined) throw unresolved(id);
  if ('repo' in target && !canSee(target.repo, context.credential)) throw unresolved(id);
  return target;
}

/** What the id in `key` names, if it is of that type. */
export function target<T extends NodeTarget['type']>(
  context: Context,
  args: JsonBody,
  key: string,
  type: T,
): Extract<NodeTarget, { type: T }> {
  const found = targetOf(context, args, key);
  if (isOf(found, type)) return found;
  throw unresolved(args.string(key));
}

function isOf<T extends NodeTarget['type']>(
  found: NodeTarget,
  type: T,
): found is Extract<NodeTarget, { type: T }> {
  return found.type === type;
}

export function pullTarget(
  context: Context,
  args: JsonBody,
  key: string,
): { readonly repo: Repository; readonly issue: PullIssue } {
  const { repo, issue } = target(context, args, key, 'Issue');
  if (!isPull(issue)) throw unresolved(args.string(key));
  return { repo, issue };
}

export function issueTarget(
  context: Context,
  args: JsonBody,
  key: string,
): { readonly repo: Repository; readonly issue: Issue } {
  const { repo, issue } = target(context, args, key, 'Issue');
  if (isPull(issue)) throw unresolved(args.string(key));
  return { repo, issue };
}

export function labelTargets(context: Context, ids: readonly string[]): readonly Label[] {
  return ids.map((id) => {
    const found = context.world.nodes.get(id);
    if (found?.type !== 'Label') throw unresolved(id);
    return found.label;
  });
}

export function accountTargets(context: Context, ids: readonly string[]): readonly Account[] {
  return ids.map((id) => {
    const found = context.world.nodes.get(id);
    if (found?.type !== 'Account') throw unresolved(id);
    return found.account;
  });
}

/** The ref an id of GraphQL's stands for: the repository's database id and the full name. */
export function refTarget(
  context: Context,
  args: JsonBody,
  key: string,
): { readonly repo: Repository; readonly ref: string } {
  const id = args.string(key);
  const text = Buffer.from(id.replace(/^REF_/, ''), 'base64url').toString();
  const match = /^(\d+):(.+)$/.exec(text);
  const repos = [...context.world.repositories.values()];
  const repo = repos.find((candidate) => String(candidate.id) === match?.[1]);
  const ref = match?.[2] ?? '';
  if (repo === undefined || !canSee(repo, context.credential)) throw unresolved(id);
  if (!repo.git.refs.has(ref)) throw unresolved(id);
  return { repo, ref };
}
