import { emit } from '../events.ts';
import type { Scene } from '../events.ts';
import { ZERO_OID } from '../git/git-store.ts';
import type { RefChange } from '../git/git-store.ts';
import type { Commit, Person } from '../git/objects.ts';
import { accountOfEmail, commitIdentity } from '../present/account.ts';
import { repositoryPage } from '../present/repository.ts';

/** https://docs.github.com/webhooks/webhook-events-and-payloads#push */
const MAX_PUSH_COMMITS = 2048;

function pushedBy(scene: Scene, person: Person) {
  const account = accountOfEmail(scene.world, person.email);
  const { name, email, date } = person;
  return { name, email, date, ...(account && { username: account.login }) };
}

async function presentPushed(scene: Scene, commit: Commit) {
  const { world, repo } = scene;
  const parent = commit.parents[0];
  const changes = parent === undefined ? [] : await repo.git.history.diff(parent, commit.oid);
  const paths = (...statuses: readonly string[]) =>
    changes.filter((change) => statuses.includes(change.status)).map((change) => change.path);
  const left = changes.filter((change) => change.status === 'renamed').map((c) => c.previousPath);
  return {
    id: commit.oid,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${repositoryPage(world, repo)}/commit/${commit.oid}`,
    author: pushedBy(scene, commit.author),
    committer: pushedBy(scene, commit.committer),
    added: paths('added', 'renamed', 'copied'),
    removed: [...paths('removed'), ...left],
    modified: paths('modified', 'changed'),
  };
}

async function newCommits(scene: Scene, change: RefChange): Promise<readonly string[]> {
  const { git, defaultBranch } = scene.repo;
  if (change.after === null) return [];
  const exclude = change.before ?? git.branch(defaultBranch);
  const oids = await git.history.log(change.after, exclude === change.after ? {} : { exclude });
  return exclude === change.after ? [] : oids.slice(0, MAX_PUSH_COMMITS).reverse();
}

/** Sends the `push` event of one branch or tag that moved. */
export async function emitPush(scene: Scene, change: RefChange): Promise<void> {
  const { world, repo, actor } = scene;
  const { before, after } = change;
  const oids = await newCommits(scene, change);
  const commits = await repo.git.history.commits(oids);
  const pushed = await Promise.all(commits.map((commit) => presentPushed(scene, commit)));
  const head = after === null ? null : await repo.git.objects.commit(after);
  const ends = `${before ?? ZERO_OID}...${after ?? ZERO_OID}`;
  const moved = before !== null && after !== null;
  emit(scene, 'push', {
    ref: change.ref,
    before: before ?? ZERO_OID,
    after: after ?? ZERO_OID,
    base_ref: null,
    created: before === null,
    deleted: after === null,
    forced: moved && !(await repo.git.history.isAncestor(before, after)),
    compare: `${repositoryPage(world, repo)}/compare/${ends}`,
    commits: pushed,
    head_commit: head === null ? null : await presentPushed(scene, head),
    pusher: commitIdentity(actor.account),
  });
}
