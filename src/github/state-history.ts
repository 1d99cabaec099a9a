import { StateRewrittenError } from '../domain/errors.ts';
import type { OwnText } from '../domain/own-text.ts';
import type { StateHistory } from '../domain/repository-facts.ts';
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
  observer: Observer,
  ground: Ground,
  conversations: ReadonlyMap<number, Conversation>,
): Promise<StateHistory> {
  const issue = conversations.get(dashboardNumber(ground) ?? 0);
  const text = issue?.ours === true ? ownText(issue, observer) : null;
  if (text?.subject.kind !== 'dashboard') return { kind: 'no-dashboard' };
  const { number: dashboard } = text.conversation;
  const { stateCommit: commit } = text.subject;
  if (commit === null) return { kind: 'unnamed', dashboard };
  const { client, name, stateBranch: branch } = observer;
  const state = { tip: ground.revision, recent: ground.revisions };
  if (await holdsCommit(client, name, state, commit)) return { kind: 'held', dashboard };
  throw new StateRewrittenError({ branch, commit, dashboard });
}

/** A text that we wrote, with what it is of; null where it bears no marker of ours. */
export function ownText(
  conversation: Conversation,
  { subjectOf }: Pick<Observer, 'subjectOf'>,
): OwnText | null {
  const subject = subjectOf(conversation.body);
  return subject === null ? null : { subject, conversation };
}
