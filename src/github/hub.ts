import { GraphqlResponseError } from '@octokit/graphql';
import { PullRequestsNotAllowedError, SessionwrightError } from '../domain/errors.ts';
import { OUR_LABEL } from '../domain/labels.ts';
import type { Write } from '../domain/writes.ts';
import type { Client, RepositoryName } from './client.ts';
import { branchAndCommitMutation, commitMutation } from './commit.ts';
import { isOurs } from './conversations.ts';
import { isNotFound, isRateLimited, statusOf } from './roles.ts';
import { sendWrites } from './writes.ts';

export interface HubOptions {
  readonly client: Client;
  readonly name: RepositoryName;
  readonly repositoryId: string;
  /** Our own login; only what we wrote is adopted. */
  readonly viewer: string;
}

interface Created {
  readonly number: number;
  readonly id: string;
  readonly url: string;
}

interface SessionBranch {
  readonly name: string;
  readonly baseSha: string;
  readonly file: { readonly path: string; readonly text: string };
  readonly message: string;
}

/** The writes of a session's life, each of which adopts what an earlier run of ours left behind. */
export function createHub(options: HubOptions) {
  const { client, name } = options;
  return {
    ensureSessionBranch: (branch: SessionBranch) => ensureSessionBranch(options, branch),
    ensurePullRequest: (pull: NewPullRequest) => ensurePullRequest(options, pull),
    ensureIssue: (issue: NewIssue) => ensureIssue(options, issue),
    deleteBranch: async (branch: string): Promise<void> => {
      await client.rest.git.deleteRef({ ...name, ref: `heads/${branch}` });
    },
    write: (batch: readonly Write[]): Promise<readonly string[]> =>
      sendWrites(client, options.repositoryId, batch),
    dispatchWorkflow: async (dispatch: {
      readonly workflow: string;
      readonly ref: string;
      readonly inputs: Readonly<Record<string, string>>;
    }): Promise<void> => {
      await client.rest.actions.createWorkflowDispatch({
        ...name,
        workflow_id: dispatch.workflow,
        ref: dispatch.ref,
        inputs: dispatch.inputs,
      });
    },
  };
}

interface Adopted {
  readonly documentSha: string;
  readonly hasWork: boolean;
}

/** New in one request; a branch that is there is adopted if its first commit beyond our base is ours. */
async function ensureSessionBranch(options: HubOptions, branch: SessionBranch): Promise<Adopted> {
  const { client, name, repositoryId } = options;
  const { message, file, baseSha: parent } = branch;
  const commit = { branch: branch.name, parent, message, file };
  try {
    const documentSha = await branchAndCommitMutation(client, name, repositoryId, commit);
    return { documentSha, hasWork: false };
  } catch (error) {
    if (!(error instanceof GraphqlResponseError)) throw error;
    const head = await readBranchHead(options, branch.name);
    if (head === null) throw error;
    if (head === parent) {
      return { documentSha: await commitMutation(client, name, commit), hasWork: false };
    }
    const adopted = await adoptBranch(options, branch, head);
    if (adopted === null) throw foreignBranch(branch.name, error);
    return adopted;
  }
}

async function readBranchHead(
  { client, name }: HubOptions,
  branch: string,
): Promise<string | null> {
  try {
    const { data } = await client.rest.repos.getBranch({ ...name, branch });
    return data.commit.sha;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

async function adoptBranch(
  { client, name, viewer }: HubOptions,
  branch: SessionBranch,
  head: string,
): Promise<Adopted | null> {
  const { data } = await client.rest.repos.compareCommitsWithBasehead({
    ...name,
    basehead: `${branch.baseSha}...${head}`,
  });
  const [first] = data.commits;
  const isFirst = first?.parents.some(({ sha }) => sha === branch.baseSha) === true;
  const isByUs = first?.author?.login === viewer && first.commit.message === branch.message;
  if (data.status !== 'ahead' || first === undefined || !isFirst || !isByUs) return null;
  return { documentSha: first.sha, hasWork: first.sha !== head };
}

interface NewPullRequest {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

async function ensurePullRequest(options: HubOptions, pull: NewPullRequest): Promise<Created> {
  const { client, name } = options;
  try {
    const { data } = await client.rest.pulls.create({
      ...name,
      head: pull.branch,
      base: pull.base,
      title: pull.title,
      body: pull.body,
    });
    return { number: data.number, id: data.node_id, url: data.html_url };
  } catch (error) {
    if (statusOf(error) === 403 && !isRateLimited(error))
      throw new PullRequestsNotAllowedError({ cause: error });
    if (statusOf(error) !== 422) throw error;
    const { data: open } = await client.rest.pulls.list({
      ...name,
      state: 'open',
      head: `${name.owner}:${pull.branch}`,
    });
    const ours = open.find((one) => isOurs(one.user, options.viewer));
    if (ours === undefined) throw error;
    return { number: ours.number, id: ours.node_id, url: ours.html_url };
  }
}

interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly isIt: (body: string) => boolean;
}

async function ensureIssue(options: HubOptions, issue: NewIssue): Promise<Created> {
  const { client, name } = options;
  const open = await client.paginate(client.rest.issues.listForRepo, {
    ...name,
    state: 'open',
    labels: OUR_LABEL,
    per_page: 100,
  });
  const ours = open
    .filter((one) => one.pull_request === undefined && isOurs(one.user, options.viewer))
    .filter((one) => issue.isIt(one.body ?? ''))
    .sort((a, b) => a.number - b.number)[0];
  if (ours !== undefined) return { number: ours.number, id: ours.node_id, url: ours.html_url };
  const { title, body, labels } = issue;
  const create = (assignees: readonly string[]) =>
    client.rest.issues.create({
      ...name,
      title,
      body,
      labels: [...labels],
      assignees: [...assignees],
    });
  const { data } = await create(issue.assignees).catch((error: unknown) => {
    // One assignee who may not be assigned refuses the whole issue; unassigned is better than unsaid.
    if (statusOf(error) !== 422 || issue.assignees.length === 0) throw error;
    return create([]);
  });
  return { number: data.number, id: data.node_id, url: data.html_url };
}

function foreignBranch(branch: string, cause: unknown): SessionwrightError {
  return new SessionwrightError(
    {
      code: 'foreign-branch',
      message: `The branch ${branch} is there already and does not rest on this session's base with its document.`,
      fix: `Rename or delete the branch ${branch}; the next run goes on by itself.`,
    },
    { cause },
  );
}
