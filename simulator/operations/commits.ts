import type { Scene } from '../events.ts';
import type { FileWrite } from '../git/object-database.ts';
import type { Person } from '../git/objects.ts';
import { commitIdentity } from '../present/account.ts';

/** GitHub's own identity, under which it commits what the API asks for. */
const WEB_FLOW = { name: 'GitHub', email: 'noreply@github.com' };

export interface CommitDraft {
  readonly message: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author?: Partial<Person>;
  readonly committer?: Partial<Person>;
}

/** Writes a commit; one that names no author and no committer is GitHub's own, and signed. */
export async function writeCommit(scene: Scene, draft: CommitDraft): Promise<string> {
  const { world, repo, actor } = scene;
  const date = world.now();
  const own: Person = { ...commitIdentity(actor.account), date };
  const author = { ...own, ...draft.author };
  const signed = draft.author === undefined && draft.committer === undefined;
  const committer = signed ? { ...WEB_FLOW, date } : { ...author, ...draft.committer };
  const { message, tree, parents } = draft;
  const oid = await repo.git.objects.writeCommit({ message, tree, parents, author, committer });
  if (signed) repo.verifiedCommits.add(oid);
  return oid;
}

/** Writes a commit with these files changed on top of `parent`; moves nothing. */
export async function commitFiles(
  scene: Scene,
  parent: string,
  message: string,
  writes: readonly FileWrite[],
): Promise<string> {
  const base = (await scene.repo.git.objects.commit(parent))?.tree ?? null;
  const tree = await scene.repo.git.objects.changeTree(base, writes);
  return writeCommit(scene, { message, tree, parents: [parent] });
}
