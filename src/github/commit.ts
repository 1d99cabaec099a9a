import type { Client, RepositoryName } from './client.ts';

export interface CommitOnBranch {
  readonly branch: string;
  /** The commit the branch must be at. */
  readonly parent: string;
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

const COMMIT = `mutation commit($commit: CreateCommitOnBranchInput!) {
  commit: createCommitOnBranch(input: $commit) { commit { oid } }
}`;

const BRANCH_AND_COMMIT = `mutation branchAndCommit($ref: CreateRefInput!, $commit: CreateCommitOnBranchInput!) {
  branch: createRef(input: $ref) { ref { id } }
  commit: createCommitOnBranch(input: $commit) { commit { oid } }
}`;

interface Committed {
  readonly commit: { readonly commit: { readonly oid: string } };
}

/** A commit of whole files onto a branch; returns the new tip. */
export async function commitMutation(
  client: Client,
  name: RepositoryName,
  commit: CommitOnBranch,
): Promise<string> {
  const data = await client.graphql<Committed>(COMMIT, { commit: commitInput(name, commit) });
  return data.commit.commit.oid;
}

/** A new branch and its first commit in one request: mutations of a document run one after the other. */
export async function branchAndCommitMutation(
  client: Client,
  name: RepositoryName,
  repositoryId: string,
  commit: CommitOnBranch,
): Promise<string> {
  const data = await client.graphql<Committed>(BRANCH_AND_COMMIT, {
    ref: { repositoryId, name: `refs/heads/${commit.branch}`, oid: commit.parent },
    commit: commitInput(name, commit),
  });
  return data.commit.commit.oid;
}

function commitInput(name: RepositoryName, commit: CommitOnBranch) {
  return {
    branch: {
      repositoryNameWithOwner: `${name.owner}/${name.repo}`,
      branchName: commit.branch,
    },
    expectedHeadOid: commit.parent,
    message: { headline: commit.message },
    fileChanges: {
      additions: commit.files.map(({ path, text }) => ({
        path,
        contents: Buffer.from(text).toString('base64'),
      })),
    },
  };
}
