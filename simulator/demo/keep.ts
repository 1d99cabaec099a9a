import { cloneBare, copyFolders } from './git.ts';
import { keepBaseChecks, keepJobSummaries } from './keep-checks.ts';
import { keepIndex } from './keep-index.ts';
import { keepIssues } from './keep-issues.ts';
import { keepSessions } from './keep-sessions.ts';
import { prepareFolder } from './output-folder.ts';
import { readFile } from './read.ts';
import { createShelf, filesWithTokens } from './shelf.ts';
import type { DemoStage } from './stage.ts';

/**
 * Keeps what the story left behind, as files that a person can open.
 * @throws if the folder is somebody else's, or if a token was about to stay in it.
 */
export async function keepOutput(stage: DemoStage, output: string): Promise<void> {
  await prepareFolder(output);
  const shelf = createShelf(output);
  const sessions = await keepSessions(stage, shelf);
  const requests = await keepIssues(stage, shelf);
  await keepBaseChecks(stage, shelf);
  await keepJobSummaries(stage, shelf);
  const state = await readFile(stage, 'implementation-state.json', 'sessionwright-state').catch(
    () => null,
  );
  if (state !== null) await shelf.put('implementation-state.json', state);
  const repository = await cloneBare(stage.maya, output);
  const heads = sessions.map((session) => `refs/pull/${session.number}/head`);
  await copyFolders(repository, output, { refs: heads, folders: ['orchestration-docs'] });
  await copyFolders(repository, output, { refs: ['refs/heads/main'], folders: ['spec-pack'] });
  await keepIndex(shelf, { sessions, requests });
  const tokens = await filesWithTokens(output);
  if (tokens.length > 0) throw new Error(`A token is left in ${tokens.join(', ')}.`);
}
