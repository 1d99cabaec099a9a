import { validationFailed } from '../errors.ts';
import { emit, emitPull } from '../events.ts';
import type { Scene } from '../events.ts';
import { isPull } from '../present/pull.ts';
import { changeOf, moveRefs } from './refs.ts';

const RESOURCE = 'Repository';

/** Gives a repository another name and another default branch, as far as they are others. */
export function changeRepository(scene: Scene, name: string, defaultBranch: string): void {
  const { world, repo } = scene;
  const isTaken = name !== repo.name && world.repository(`${repo.owner.login}/${name}`) !== null;
  if (isTaken) throw validationFailed({ resource: RESOURCE, field: 'name', code: 'custom' });
  if (repo.git.branch(defaultBranch) === null) {
    throw validationFailed({ resource: RESOURCE, field: 'default_branch', code: 'invalid' });
  }
  if (name !== repo.name) {
    const from = repo.name;
    world.rename(repo, name);
    emit(scene, 'repository', { action: 'renamed', changes: { repository: { name: { from } } } });
  }
  if (defaultBranch !== repo.defaultBranch) setDefault(scene, defaultBranch);
}

function setDefault(scene: Scene, branch: string): void {
  const from = scene.repo.defaultBranch;
  scene.repo.defaultBranch = branch;
  scene.repo.git.setHead(branch);
  emit(scene, 'repository', { action: 'edited', changes: { default_branch: { from } } });
}

/**
 * Open pull requests into the branch go into it under its new name; those from it are closed.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-branches-in-your-repository/renaming-a-branch
 */
export async function renameBranch(scene: Scene, from: string, to: string): Promise<void> {
  const { repo } = scene;
  const after = repo.git.branch(from);
  await moveRefs(scene, [changeOf(repo, `refs/heads/${to}`, after)]);
  if (repo.defaultBranch === from) setDefault(scene, to);
  for (const issue of [...repo.issues.values()].filter(isPull)) {
    if (issue.state !== 'open' || issue.pull.baseRef !== from) continue;
    issue.pull.baseRef = to;
    await emitPull(scene, issue, 'edited', { changes: { base: { ref: { from } } } });
  }
  await moveRefs(scene, [changeOf(repo, `refs/heads/${from}`, null)]);
}
