import { emitIssue } from '../events.ts';
import type { Scene } from '../events.ts';
import type { Issue, StateReason } from '../model.ts';
import { record } from './timeline.ts';

/** Closes or reopens an issue proper; the reason of a closed one may change without an event of its own. */
export async function setIssueState(
  scene: Scene,
  issue: Issue,
  state: 'open' | 'closed',
  reason: StateReason | null,
  /** The pull request whose merge closes it. */
  closer?: number,
): Promise<void> {
  const changed = issue.state !== state;
  issue.updatedAt = scene.world.now();
  if (state === 'closed') issue.stateReason = reason ?? 'completed';
  if (!changed) return;
  issue.state = state;
  if (state === 'closed') {
    issue.closedAt = issue.updatedAt;
    issue.closedBy = scene.actor.account;
    const by = closer === undefined ? {} : { closer };
    record(scene, issue, { event: 'closed', stateReason: issue.stateReason, ...by });
    await emitIssue(scene, issue, 'closed');
    return;
  }
  issue.stateReason = 'reopened';
  issue.closedAt = null;
  issue.closedBy = null;
  record(scene, issue, { event: 'reopened', stateReason: 'reopened' });
  await emitIssue(scene, issue, 'reopened');
}
