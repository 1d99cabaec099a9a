import { ApiError, unprocessable } from '../errors.ts';
import { emit } from '../events.ts';
import type { Scene } from '../events.ts';
import { RefError } from '../git/git-store.ts';
import type { RefChange } from '../git/git-store.ts';
import type { Repository } from '../model.ts';
import { closeNamedIssues } from './closing-keywords.ts';
import { emitPush } from './push-event.ts';
import { followBranch } from './pull-heads.ts';
import { mayCarryWorkflows } from './workflow-files.ts';

/** Where GitHub keeps pull requests' heads: readable, and nobody's to write. */
const PULL_REFS = 'refs/pull/';

/** Moves refs, all or none, and lets everything that hangs on them follow; `moved` comes in between. */
export async function moveRefs(
  scene: Scene,
  changes: readonly RefChange[],
  moved: () => void = () => undefined,
): Promise<void> {
  for (const change of changes) await checkChange(scene, change);
  try {
    await scene.repo.git.updateRefs(changes);
  } catch (error) {
    if (error instanceof RefError) throw unprocessable('Reference update failed');
    throw error;
  }
  moved();
  await afterRefsMoved(scene, changes);
}

/** What follows from refs that moved: events, pull requests' heads, merges found, orphans closed. */
export async function afterRefsMoved(scene: Scene, changes: readonly RefChange[]): Promise<void> {
  const visible = changes.filter((change) => !change.ref.startsWith(PULL_REFS));
  if (visible.length > 0) scene.repo.pushedAt = scene.world.now();
  for (const change of visible) {
    await announce(scene, change);
    await followBranch(scene, change);
    await closeByMessages(scene, change);
  }
}

async function closeByMessages(scene: Scene, change: RefChange): Promise<void> {
  const { git, defaultBranch } = scene.repo;
  const { ref, before, after } = change;
  if (ref !== `refs/heads/${defaultBranch}` || before === null || after === null) return;
  const commits = await git.history.commits(await git.history.log(after, { exclude: before }));
  for (const commit of commits) await closeNamedIssues(scene, commit.message);
}

async function announce(scene: Scene, change: RefChange): Promise<void> {
  const { repo } = scene;
  const match = /^refs\/(head|tag)s\/(.+)$/.exec(change.ref);
  if (match === null) return;
  const ref_type = match[1] === 'head' ? 'branch' : 'tag';
  const named = { ref: match[2], ref_type, pusher_type: 'user' };
  if (change.before === null) {
    const about = { master_branch: repo.defaultBranch, description: null };
    emit(scene, 'create', { ...named, ...about });
  }
  if (change.after === null) emit(scene, 'delete', named);
  await emitPush(scene, change);
}

async function checkChange({ repo, actor }: Scene, change: RefChange): Promise<void> {
  if (change.ref.startsWith(PULL_REFS)) throw unprocessable('Reference cannot be updated');
  if (change.after === null || !change.ref.startsWith('refs/heads/')) return;
  if (!(await mayCarryWorkflows(repo, actor, change.after))) {
    throw new ApiError(403, 'Resource not accessible by integration');
  }
}

/** Whether git takes it as a ref's full name (git-check-ref-format). */
export function isRefName(ref: string): boolean {
  if (!/^refs\/[^/]+\/./.test(ref)) return false;
  if (/[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|\/$|\.$/u.test(ref)) return false;
  return ref.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}

/** The change that takes `ref` from where it is to `after`. */
export function changeOf(repo: Repository, ref: string, after: string | null): RefChange {
  return { ref, before: repo.git.refs.get(ref) ?? null, after };
}
