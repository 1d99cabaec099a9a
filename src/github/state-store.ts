import { GraphqlResponseError } from '@octokit/graphql';
import { StateMovedError } from '../domain/errors.ts';
import type { Client, RepositoryName } from './client.ts';
import { commitMutation } from './commit.ts';
import { statusOf } from './answers.ts';

export interface StateStoreOptions {
  readonly client: Client;
  readonly name: RepositoryName;
  readonly branch: string;
  readonly file: string;
}

interface Change {
  readonly text: string;
  readonly message: string;
  readonly parent: string | null;
  readonly beside: readonly { readonly path: string; readonly text: string }[];
}

/**
 * Keeps the state on a branch of its own. `createCommitOnBranch` commits only while the branch is at
 * `expectedHeadOid`, so an ancestor of the tip cannot pass as unchanged, and GitHub signs the commit
 * (https://docs.github.com/en/graphql/reference/mutations#createcommitonbranch).
 */
export function createStateStore(options: StateStoreOptions) {
  return {
    commit: (change: Change): Promise<string> =>
      change.parent === null
        ? createBranch(options, change)
        : moveBranch(options, change, change.parent),
  };
}

async function moveBranch(
  { client, name, branch, file }: StateStoreOptions,
  change: Change,
  parent: string,
): Promise<string> {
  try {
    return await commitMutation(client, name, {
      branch,
      parent,
      message: change.message,
      files: [{ path: file, text: change.text }, ...change.beside],
    });
  } catch (error) {
    if (isStale(error)) throw new StateMovedError(branch, { cause: error });
    throw error;
  }
}

/** The first commit has no parent, which only the Git database can make; a branch that exists by now is a lost race. */
async function createBranch(
  { client, name, branch, file }: StateStoreOptions,
  change: Change,
): Promise<string> {
  const { data: tree } = await client.rest.git.createTree({
    ...name,
    tree: [{ path: file, text: change.text }, ...change.beside].map(({ path, text }) => ({
      path,
      mode: '100644' as const,
      type: 'blob' as const,
      content: text,
    })),
  });
  const { data: commit } = await client.rest.git.createCommit({
    ...name,
    message: change.message,
    tree: tree.sha,
    parents: [],
  });
  try {
    await client.rest.git.createRef({ ...name, ref: `refs/heads/${branch}`, sha: commit.sha });
  } catch (error) {
    if (statusOf(error) === 422) throw new StateMovedError(branch, { cause: error });
    throw error;
  }
  return commit.sha;
}

/** GitHub answers a moved branch with the error type STALE_DATA. */
function isStale(error: unknown): boolean {
  return (
    error instanceof GraphqlResponseError &&
    error.errors?.some((one: { readonly type?: string }) => one.type === 'STALE_DATA') === true
  );
}
