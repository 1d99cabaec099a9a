import { access, opendir } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from '../domain/world.ts';
import { commitOf, createGit, type Git } from './git.ts';

/** A folder on one's own machine, and what git knows of it. */
export interface Checkout {
  readonly root: string;
  readonly git: Git;
  /** Whether git keeps it; never where there is no git on the machine. */
  readonly inGit: boolean;
  /** Null before the first commit, and where there is no git. */
  readonly head: string | null;
  /** Null where HEAD is on none. */
  readonly branch: string | null;
  /** Whether there is a remote `origin`, wherever it leads. */
  readonly hasOrigin: boolean;
  /** `owner/name` of the remote `origin`; null where it has none that GitHub could have. */
  readonly remote: string | null;
  /** As GitHub would tell it, as far as the remote does; without one its owner and address are made up. */
  readonly repository: Repository;
}

/**
 * The checkout that a folder lies in: the nearest one above with the config or a `.git`, else the folder itself.
 * It fails where there is no such folder: a slip of the pen is not to be looked at, nor to be created.
 */
export async function findCheckout(
  folder: string,
  configPath: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Checkout> {
  const from = path.resolve(folder);
  await (await opendir(from)).close();
  const root = await findRoot(from, configPath);
  const git = createGit(root, env);
  const [gitFolder, head, branch, origin, remoteHead] = await Promise.all([
    git.text('rev-parse', '--git-dir'),
    commitOf(git, 'HEAD'),
    git.text('symbolic-ref', '--short', '--quiet', 'HEAD'),
    git.text('remote', 'get-url', 'origin'),
    git.text('symbolic-ref', '--short', '--quiet', 'refs/remotes/origin/HEAD'),
  ]);
  const defaultBranch = remoteHead?.replace(/^origin\//u, '') ?? (await guessDefault(git, branch));
  const remote = parseRemote(origin ?? '');
  return {
    root,
    git,
    inGit: gitFolder !== null,
    head,
    branch,
    hasOrigin: origin !== null,
    remote: remote === null ? null : `${remote.owner}/${remote.name}`,
    repository: { ...repositoryOf(remote, path.basename(root)), defaultBranch },
  };
}

async function findRoot(folder: string, configPath: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((await exists(path.join(at, configPath))) || (await exists(path.join(at, '.git')))) {
      return at;
    }
    if (at === path.dirname(at)) return folder;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Without a remote to ask: the usual names, then the branch that is checked out. */
async function guessDefault(git: Git, current: string | null): Promise<string> {
  for (const name of ['main', 'master']) {
    if ((await commitOf(git, `refs/heads/${name}`)) !== null) return name;
  }
  return current ?? 'main';
}

interface Remote {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

/** `git@github.com:owner/name.git` or an address with a scheme; a user and a password in it are left out. */
export function parseRemote(address: string): Remote | null {
  const form = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([\w.-]+)(?::\d+)?[:/](.+?)(?:\.git)?\/?$/u;
  const [, host = '', place = ''] = form.exec(address) ?? [];
  const [name, owner] = place.split('/').toReversed();
  if (host === '' || name === undefined || owner === undefined || owner === '') return null;
  return { host, owner, name };
}

function repositoryOf(remote: Remote | null, folder: string): Omit<Repository, 'defaultBranch'> {
  const { host, owner, name } = remote ?? { host: 'github.com', owner: 'local', name: folder };
  return { owner, name, id: '', url: `https://${host}/${owner}/${name}`, hasIssues: true };
}

/** The commit the base branch is at: as it was last fetched, else one's own; null where there is neither. */
export async function baseCommit({ git }: Checkout, base: string): Promise<string | null> {
  return (
    (await commitOf(git, `refs/remotes/origin/${base}`)) ?? commitOf(git, `refs/heads/${base}`)
  );
}
