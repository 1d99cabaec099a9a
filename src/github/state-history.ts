import { StateRewrittenError } from '../domain/errors.ts';
import type { OwnText } from '../domain/own-text.ts';
import type { Client, RepositoryName } from './client.ts';
import { isAncestor } from './containment.ts';

interface StateBranch {
  readonly branch: string;
  /** Its tip; null where there is none. */
  readonly tip: string | null;
  /** The tip and the commits below it that were read, newest first. */
  readonly recent: readonly string[];
}

/** Whether the branch holds a commit that it held before: at no cost where it is a recent one, else by one comparison. */
export async function holdsCommit(
  client: Client,
  name: RepositoryName,
  { tip, recent }: Omit<StateBranch, 'branch'>,
  commit: string,
): Promise<boolean> {
  if (tip === null) return false;
  return recent.includes(commit) || isAncestor(client, name, commit, tip);
}

/**
 * Runs only add to the state branch, so it holds what the dashboard was made from
 * @throws StateRewrittenError where it does not: it was pushed with force, or was read before a run added to it.
 */
export async function assertSameHistory(
  client: Client,
  name: RepositoryName,
  state: StateBranch,
  dashboard: OwnText | null,
): Promise<void> {
  if (dashboard?.subject.kind !== 'dashboard' || dashboard.subject.stateCommit === null) return;
  const { stateCommit: commit } = dashboard.subject;
  if (await holdsCommit(client, name, state, commit)) return;
  const { number } = dashboard.conversation;
  throw new StateRewrittenError({ branch: state.branch, commit, dashboard: number });
}
