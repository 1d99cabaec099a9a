import type { FileChange } from '../git/history.ts';
import type { Commit, Person } from '../git/objects.ts';
import type { Repository } from '../model.ts';
import { nodeId } from '../world.ts';
import type { World } from '../world.ts';
import { accountOfEmail, presentAccount } from './account.ts';
import type { Schemas } from './account.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';

/** Commits GitHub made itself are signed with its key; the simulator only says so. */
function verificationOf(repo: Repository, oid: string): Schemas['verification'] {
  const verified = repo.verifiedCommits.has(oid);
  return {
    verified,
    reason: verified ? 'valid' : 'unsigned',
    signature: verified ? '-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----' : null,
    payload: null,
    verified_at: null,
  };
}

function userOf(world: World, person: Person) {
  const account = accountOfEmail(world, person.email);
  return account === null ? null : presentAccount(world, account);
}

function parentsOf(
  world: World,
  repo: Repository,
  commit: Commit,
  kind: 'commits' | 'git/commits',
) {
  return commit.parents.map((sha) => ({
    sha,
    url: `${repositoryUrl(world, repo)}/${kind}/${sha}`,
    html_url: `${repositoryPage(world, repo)}/commit/${sha}`,
  }));
}

/** A commit as `GET /repos/{owner}/{repo}/commits/{ref}` tells it, without files and stats. */
export function presentCommit(world: World, repo: Repository, commit: Commit): Schemas['commit'] {
  const url = `${repositoryUrl(world, repo)}/commits/${commit.oid}`;
  const gitUrl = `${repositoryUrl(world, repo)}/git`;
  return {
    sha: commit.oid,
    node_id: nodeId('C', `${String(repo.id)}:${commit.oid}`),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${gitUrl}/trees/${commit.tree}` },
      url: `${gitUrl}/commits/${commit.oid}`,
      comment_count: 0,
      verification: verificationOf(repo, commit.oid),
    },
    url,
    html_url: `${repositoryPage(world, repo)}/commit/${commit.oid}`,
    comments_url: `${url}/comments`,
    author: userOf(world, commit.author),
    committer: userOf(world, commit.committer),
    parents: parentsOf(world, repo, commit, 'commits'),
  };
}

/** A commit as the Git database endpoints tell it. */
export function presentGitCommit(
  world: World,
  repo: Repository,
  commit: Commit,
): Schemas['git-commit'] {
  const gitUrl = `${repositoryUrl(world, repo)}/git`;
  return {
    sha: commit.oid,
    node_id: nodeId('C', `${String(repo.id)}:${commit.oid}`),
    url: `${gitUrl}/commits/${commit.oid}`,
    html_url: `${repositoryPage(world, repo)}/commit/${commit.oid}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${gitUrl}/trees/${commit.tree}` },
    parents: parentsOf(world, repo, commit, 'git/commits'),
    verification: { ...verificationOf(repo, commit.oid) },
  };
}

function presentFile(
  world: World,
  repo: Repository,
  change: FileChange,
  head: string,
  patch: string | null,
): Schemas['diff-entry'] {
  const page = repositoryPage(world, repo);
  const path = change.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: change.oid,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${page}/blob/${head}/${path}`,
    raw_url: `${page}/raw/${head}/${path}`,
    contents_url: `${repositoryUrl(world, repo)}/contents/${path}?ref=${head}`,
    ...(patch !== null && { patch }),
    ...(change.previousPath !== null && { previous_filename: change.previousPath }),
  };
}

/** The files between two commits, with their patches. */
export async function presentFiles(
  world: World,
  repo: Repository,
  from: string,
  to: string,
): Promise<readonly Schemas['diff-entry'][]> {
  const { history } = repo.git;
  const [changes, patches] = await Promise.all([history.diff(from, to), history.patches(from, to)]);
  return changes.map((change, at) => presentFile(world, repo, change, to, patches[at] ?? null));
}
