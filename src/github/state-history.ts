import { StateRewrittenError } from '../domain/errors.ts';
import type { OwnText } from '../domain/own-text.ts';
import type { Conversation } from '../domain/world.ts';
import type { Client, RepositoryName } from './client.ts';
import { isAncestor } from './containment.ts';
import type { Ground } from './ground.ts';
import { dashboardNumber } from './look.ts';
import type { Observer } from './observer.ts';

interface StateBranch {
  /** Its tip; null where there is none. */
  readonly tip: string | null;
  /** The tip and the commits below it that were read, newest first. */
  readonly recent: readonly string[];
}

/** Whether the branch holds a commit that it held before: at no cost where it is a recent one, else by one comparison. */
export async function holdsCommit(
  client: Client,
  name: RepositoryName,
  { tip, recent }: StateBranch,
  commit: string,
): Promise<boolean> {
  if (tip === null) return false;
  return recent.includes(commit) || isAncestor(client, name, commit, tip);
}

/**
 * Runs only add to the state branch, so it holds what the dashboard was made from
 * @throws StateRewrittenError where it does not: it was pushed with force, or was read before a run added to it.
 */
export async function assertHistory(
  { client, name, stateBranch: branch }: Observer,
  { revision: tip, revisions: recent }: Ground,
  dashboard: OwnText | null,
): Promise<void> {
  if (dashboard?.subject.kind !== 'dashboard' || dashboard.subject.stateCommit === null) return;
  const { stateCommit: commit } = dashboard.subject;
  if (await holdsCommit(client, name, { tip, recent }, commit)) return;
  throw new StateRewrittenError({ branch, commit, dashboard: dashboard.conversation.number });
}

/** The dashboard that the state names, or else our first issue; null where that is none that we wrote. */
export function dashboardOf(
  observer: Observer,
  ground: Ground,
  conversations: ReadonlyMap<number, Conversation>,
): OwnText | null {
  const issue = conversations.get(dashboardNumber(ground) ?? 0);
  return issue?.ours === true ? ownText(issue, observer) : null;
}

/** A text that we wrote, with what it is of; null where it bears no marker of ours. */
export function ownText(
  conversation: Conversation,
  { subjectOf }: Pick<Observer, 'subjectOf'>,
): OwnText | null {
  const subject = subjectOf(conversation.body);
  return subject === null ? null : { subject, conversation };
}
