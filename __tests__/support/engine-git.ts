import { Octokit } from '@octokit/rest';
import type { Repository } from '../../simulator/model.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { REPO } from './engine-repository.ts';

export const STATE_BRANCH = 'sessionwright-state';

const hush = (): void => undefined;
const SILENT = { debug: hush, info: hush, warn: hush, error: hush };

/** A person's client, in process. */
export function client(sim: Simulator, auth: string): Octokit {
  return new Octokit({ auth, baseUrl: sim.urls.api, log: SILENT, request: { fetch: sim.fetch } });
}

interface NewCommit {
  readonly branch: string;
  readonly files: Readonly<Record<string, string | null>>;
  readonly message?: string;
}

/** One commit onto a branch, which begins at the default branch unless it is there. */
export async function commit(
  octokit: Octokit,
  repo: Repository,
  change: NewCommit,
): Promise<string> {
  const { branch, files, message = 'Change files' } = change;
  const known = repo.git.branch(branch);
  const tip = known ?? repo.git.branch(repo.defaultBranch) ?? '';
  const mode = '100644' as const;
  const { data: tree } = await octokit.rest.git.createTree({
    ...REPO,
    base_tree: tip,
    tree: Object.entries(files).map(([name, content]) =>
      content === null ? { path: name, mode, sha: null } : { path: name, mode, content },
    ),
  });
  const written = { message, tree: tree.sha, parents: [tip] };
  const { data: made } = await octokit.rest.git.createCommit({ ...REPO, ...written });
  if (known === null) {
    await octokit.rest.git.createRef({ ...REPO, ref: `refs/heads/${branch}`, sha: made.sha });
  } else {
    await octokit.rest.git.updateRef({ ...REPO, ref: `heads/${branch}`, sha: made.sha });
  }
  return made.sha;
}

/** The state branch's commit messages, oldest first. */
export async function readLog(repo: Repository): Promise<readonly string[]> {
  const messages: string[] = [];
  let at = repo.git.branch(STATE_BRANCH);
  while (at !== null) {
    const found = await repo.git.objects.commit(at);
    if (found === null) break;
    messages.unshift(found.message.trim());
    at = found.parents[0] ?? null;
  }
  return messages;
}
