import { StateMovedError, StateRewrittenError } from '../domain/errors.ts';
import { isAncestor } from './containment.ts';
import { isOurs, type Identity } from './conversations.ts';
import type { Ground } from './ground.ts';
import type { Observer } from './observer.ts';
import type { Scene } from './scene.ts';

/** Dashboards of ours by their issues' numbers, with the commit of the state that each names; null where it names none. */
export type Dashboards = ReadonlyMap<number, string | null>;

interface Seen {
  readonly ground: Ground;
  readonly scene: Pick<Scene, 'conversations' | 'ownIssues'>;
  readonly identity: Identity;
}

/**
 * The one that the state knows, our first issue, since a state that somebody made up may know another or none, and in
 * a sweep all that are open.
 */
export function readDashboards(
  { subjectOf }: Pick<Observer, 'subjectOf'>,
  { ground, scene, identity }: Seen,
): Dashboards {
  const first = ground.firstIssue;
  const isFirstOurs = first !== null && isOurs(first.author, identity);
  const known = scene.conversations.get(ground.state.dashboard ?? 0);
  const issues = [...scene.ownIssues, ...(known?.ours === true ? [known] : [])];
  // What was read beside the state comes last, and counts.
  return new Map(
    [...issues, ...(isFirstOurs ? [first] : [])].flatMap(({ number, body }) => {
      const subject = subjectOf(body);
      return subject?.kind === 'dashboard' ? [[number, subject.stateCommit] as const] : [];
    }),
  );
}

/**
 * Runs only add to the state branch, so it holds the commit that each dashboard was made from.
 * @throws StateMovedError where a run added that commit after the branch was read, StateRewrittenError where the branch
 * does not hold it now either.
 */
export async function assertHistory(
  observer: Observer,
  ground: Ground,
  dashboards: Dashboards,
): Promise<void> {
  // Nothing could be settled where issues were turned off.
  if (!ground.repository.hasIssues) return;
  const { client, name, stateBranch: branch } = observer;
  for (const [dashboard, commit] of dashboards) {
    if (commit === null || (await holdsCommit(observer, ground, commit))) continue;
    if (await isAncestor(client, name, commit, branch)) throw new StateMovedError(branch);
    throw new StateRewrittenError({ branch, commit, dashboard });
  }
}

/** Whether the branch as it was read holds a commit: at no cost where it is a recent one, else by one comparison. */
async function holdsCommit(
  { client, name }: Observer,
  { revision: tip, revisions: recent }: Ground,
  commit: string,
): Promise<boolean> {
  if (tip === null) return false;
  return recent.includes(commit) || isAncestor(client, name, commit, tip);
}
