import type { Scene } from '../events.ts';
import { setIssueState } from './issue-state.ts';

const KEYWORD = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)\b/gi;

/**
 * Closes the issues that a text names with a keyword, be it the body of a pull request merged into the
 * default branch or the message of a commit that reached it.
 * https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
export async function closeNamedIssues(scene: Scene, text: string, closer?: number): Promise<void> {
  for (const match of text.matchAll(KEYWORD)) {
    const issue = scene.repo.issues.get(Number(match[1]));
    if (issue?.pull !== null || issue.state === 'closed') continue;
    await setIssueState(scene, issue, 'closed', 'completed', closer);
  }
}
