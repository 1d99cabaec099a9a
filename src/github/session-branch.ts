import { GraphqlResponseError } from '@octokit/graphql';
import { SessionwrightError } from '../domain/errors.ts';
import type { Client, RepositoryName } from './client.ts';
import { branchAndCommitMutation, commitMutation } from './commit.ts';
import { isOurs, type Identity } from './conversations.ts';
import { orNull, statusOf } from './answers.ts';

export interface BranchMaker {
  readonly client: Client;
  readonly name: RepositoryName;
  readonly repositoryId: string;
  /** Only what we wrote is adopted. */
  readonly identity: Identity;
}

export interface NewSessionBranch {
  readonly name: string;
  readonly baseSha: string;
  /** Where the branch begins in place of the base, which is then merged into it. */
  readonly continues: string | null;
  /** A text of null: an earlier run has committed it. */
  readonly file: { readonly path: string; readonly text: string | null };
  readonly message: string;
}

interface Made {
  readonly documentSha: string;
  readonly hasWork: boolean;
  readonly conflicts: boolean;
}

/** New in one request, and one more where it continues another; one that is there is adopted if our document is its first commit. */
export async function ensureSessionBranch(
  maker: BranchMaker,
  branch: NewSessionBranch,
): Promise<Made> {
  const { client, name, repositoryId } = maker;
  const { path, text } = branch.file;
  if (text === null) return adoptKnown(maker, branch);
  const parent = startOf(branch);
  const commit = { branch: branch.name, parent, message: branch.message, files: [{ path, text }] };
  try {
    const documentSha = await branchAndCommitMutation(client, name, repositoryId, commit);
    return await withBase(maker, branch, documentSha);
  } catch (error) {
    if (!(error instanceof GraphqlResponseError)) throw error;
    const head = await readBranchHead(maker, branch.name);
    if (head === null) throw error;
    const adopted = head === parent ? null : await adoptBranch(maker, branch, head);
    if (adopted !== null) return adopted;
    if (head !== parent && !(await isMovedUp(maker, branch.name, parent))) {
      throw foreignBranch(branch.name, error);
    }
    return withBase(maker, branch, await commitMutation(client, name, commit));
  }
}

/** Without force, that moves nothing but a branch that an earlier run cut from an older base and put nothing on. */
async function isMovedUp(
  { client, name }: BranchMaker,
  branch: string,
  sha: string,
): Promise<boolean> {
  try {
    await client.rest.git.updateRef({ ...name, ref: `heads/${branch}`, sha, force: false });
    return true;
  } catch (error) {
    if (statusOf(error) === 422) return false;
    throw error;
  }
}

/** The branch that was seen to hold the document. */
async function adoptKnown(maker: BranchMaker, branch: NewSessionBranch): Promise<Made> {
  const head = await readBranchHead(maker, branch.name);
  const adopted = head === null ? null : await adoptBranch(maker, branch, head);
  if (adopted === null) throw foreignBranch(branch.name, null);
  return adopted;
}

function startOf({ continues, baseSha }: NewSessionBranch): string {
  return continues ?? baseSha;
}

/** A branch that begins at the base has it. */
async function withBase(
  maker: BranchMaker,
  branch: NewSessionBranch,
  documentSha: string,
): Promise<Made> {
  if (branch.continues === null) return { documentSha, hasWork: false, conflicts: false };
  const merged = await mergeBase(maker, branch);
  const tip = merged.kind === 'merged' ? merged.sha : documentSha;
  return { documentSha: tip, hasWork: false, conflicts: merged.kind === 'conflict' };
}

type Merged =
  | { readonly kind: 'merged'; readonly sha: string }
  /** There was nothing to merge: the answer has no content. */
  | { readonly kind: 'contained' }
  | { readonly kind: 'conflict' };

/** https://docs.github.com/en/rest/branches/branches#merge-a-branch */
async function mergeBase({ client, name }: BranchMaker, branch: NewSessionBranch): Promise<Merged> {
  try {
    const answer: { readonly data: { readonly sha: string } | undefined | '' } =
      await client.rest.repos.merge({
        ...name,
        base: branch.name,
        head: branch.baseSha,
        commit_message: `chore: bring ${branch.name} up to date`,
      });
    const { data } = answer;
    return data === undefined || data === ''
      ? { kind: 'contained' }
      : { kind: 'merged', sha: data.sha };
  } catch (error) {
    if (statusOf(error) === 409) return { kind: 'conflict' };
    throw error;
  }
}

async function readBranchHead(
  { client, name }: BranchMaker,
  branch: string,
): Promise<string | null> {
  const found = await orNull(() => client.rest.repos.getBranch({ ...name, branch }));
  return found?.data.commit.sha ?? null;
}

/** Null unless the first commit beyond where the branch begins is our document's. */
async function adoptBranch(
  maker: BranchMaker,
  branch: NewSessionBranch,
  head: string,
): Promise<Made | null> {
  const { client, name, identity } = maker;
  const start = startOf(branch);
  const { data } = await client.rest.repos.compareCommitsWithBasehead({
    ...name,
    basehead: `${start}...${head}`,
  });
  const isOn = (one: (typeof data.commits)[number], sha: string): boolean =>
    isOurs(one.author === null ? null : { login: one.author.login }, identity) &&
    one.parents.some((parent) => parent.sha === sha);
  // With the base merged in, its commits stand among those of the branch.
  const document = data.commits.find(
    (one) => isOn(one, start) && one.commit.message === branch.message,
  );
  if (data.status !== 'ahead' || document === undefined) return null;
  if (document.sha === head) return withBase(maker, branch, head);
  const merge = data.commits.find((one) => one.parents.length === 2 && isOn(one, document.sha));
  if (branch.continues === null || merge === undefined) {
    return { documentSha: document.sha, hasWork: true, conflicts: false };
  }
  return { documentSha: merge.sha, hasWork: merge.sha !== head, conflicts: false };
}

function foreignBranch(branch: string, cause: unknown): SessionwrightError {
  return SessionwrightError.of('foreign-branch', { branch }, { cause });
}
