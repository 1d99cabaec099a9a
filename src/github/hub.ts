import { PullRequestsNotAllowedError } from '../domain/errors.ts';
import { OUR_LABEL, type LabelSpec } from '../domain/labels.ts';
import type { Write } from '../domain/writes.ts';
import { createCalls } from './calls.ts';
import type { Client, RepositoryName } from './client.ts';
import { isOurs, type Identity } from './conversations.ts';
import { ensureLabel } from './labels.ts';
import { isLimited, statusOf } from './answers.ts';
import { findComment } from './find-comment.ts';
import { ensureSessionBranch, type NewSessionBranch } from './session-branch.ts';
import { sendWrites } from './writes.ts';

export interface HubOptions {
  readonly client: Client;
  readonly name: RepositoryName;
  readonly repositoryId: string;
  /** Only what we wrote is adopted. */
  readonly identity: Identity;
}

interface Created {
  readonly number: number;
  readonly id: string;
  readonly url: string;
}

/** The writes of a session's life, each of which adopts what an earlier run of ours left behind. */
export function createHub(options: HubOptions) {
  const { client, name } = options;
  return {
    ensureSessionBranch: (branch: NewSessionBranch) => ensureSessionBranch(options, branch),
    ensurePullRequest: (pull: NewPullRequest) => ensurePullRequest(options, pull),
    findIssue: (isIt: NewIssue['isIt']) => findIssue(options, isIt),
    ensureIssue: (issue: NewIssue) => ensureIssue(options, issue),
    ensureLabel: (label: LabelSpec) => ensureLabel(client, name, label),
    deleteBranch: async (branch: string): Promise<void> => {
      await client.rest.git.deleteRef({ ...name, ref: `heads/${branch}` });
    },
    findComment: (subject: string, isIt: (body: string) => boolean) =>
      findComment(options, subject, isIt),
    write: (batch: readonly Write[]): Promise<readonly string[]> =>
      sendWrites(client, options.repositoryId, batch),
    ...createCalls(client, name),
  };
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
    if (statusOf(error) === 403 && !isLimited(error))
      throw new PullRequestsNotAllowedError({ cause: error });
    if (statusOf(error) !== 422) throw error;
    const { data: open } = await client.rest.pulls.list({
      ...name,
      state: 'open',
      head: `${name.owner}:${pull.branch}`,
    });
    const [ours] = open
      .filter((one) => one.base.ref === pull.base && isOurs(one.user, options.identity))
      .sort((a, b) => a.number - b.number);
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

async function findIssue(
  { client, name, identity }: HubOptions,
  isIt: NewIssue['isIt'],
): Promise<Created | null> {
  const open = await client.paginate(client.rest.issues.listForRepo, {
    ...name,
    state: 'open',
    labels: OUR_LABEL,
    per_page: 100,
  });
  const [ours] = open
    .filter((one) => one.pull_request === undefined && isOurs(one.user, identity))
    .filter((one) => isIt(one.body ?? ''))
    .sort((a, b) => a.number - b.number);
  return ours === undefined ? null : { number: ours.number, id: ours.node_id, url: ours.html_url };
}

async function ensureIssue(options: HubOptions, issue: NewIssue): Promise<Created> {
  const { client, name } = options;
  const ours = await findIssue(options, issue.isIt);
  if (ours !== null) return ours;
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
