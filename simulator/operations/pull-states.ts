import { emitPull } from '../events.ts';
import type { Scene } from '../events.ts';
import type { PullIssue } from '../model.ts';
import { closeNamedIssues } from './closing-keywords.ts';
import { record } from './timeline.ts';

function close({ world, actor }: Scene, issue: PullIssue): void {
  issue.state = 'closed';
  issue.closedAt = world.now();
  issue.updatedAt = issue.closedAt;
  issue.closedBy = actor.account;
}

export async function closeWithoutMerge(scene: Scene, issue: PullIssue): Promise<void> {
  issue.pull.baseSha = scene.repo.git.branch(issue.pull.baseRef) ?? issue.pull.baseSha;
  close(scene, issue);
  record(scene, issue, { event: 'closed' });
  await emitPull(scene, issue, 'closed');
}

/** Makes it merged by `commit` into a base that stood at `base` before; tells nobody yet. */
export function setMerged(scene: Scene, issue: PullIssue, base: string, commit: string): void {
  close(scene, issue);
  issue.pull.baseSha = base;
  issue.pull.mergedAt = issue.closedAt;
  issue.pull.mergedBy = scene.actor.account;
  issue.pull.mergeCommitSha = commit;
  record(scene, issue, { event: 'merged', commit });
  record(scene, issue, { event: 'closed' });
}

/** Tells of a merge, once the base has it. */
export async function announceMerged(scene: Scene, issue: PullIssue): Promise<void> {
  await emitPull(scene, issue, 'closed');
  if (issue.pull.baseRef !== scene.repo.defaultBranch) return;
  await closeNamedIssues(scene, issue.body ?? '', issue.number);
}
