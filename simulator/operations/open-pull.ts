import type { Scene } from '../events.ts';
import type { PullIssue } from '../model.ts';
import { isPull } from '../present/pull.ts';
import { addIssue, checkText } from './issues.ts';
import { announcePull, preparePull } from './pulls.ts';
import type { PullDraft } from './pulls.ts';

export async function openPull(scene: Scene, draft: PullDraft): Promise<PullIssue> {
  checkText('PullRequest', draft.title, draft.body);
  const pull = await preparePull(scene, draft);
  const issue = addIssue(scene, { title: draft.title, body: draft.body }, pull);
  if (!isPull(issue)) throw new Error('a pull request lost its pull part');
  await announcePull(scene, issue);
  return issue;
}
