import { ApiError, validationFailed } from '../errors.ts';
import type { FieldError } from '../errors.ts';
import { emitIssue } from '../events.ts';
import type { Scene } from '../events.ts';
import type { Account, Issue, PullRequest, Repository, StateReason } from '../model.ts';
import { atLeast, roleOf } from '../permissions.ts';
import { presentAccount } from '../present/account.ts';
import { issueNodeId } from '../present/issue.ts';
import { isPull } from '../present/pull.ts';
import { setIssueState } from './issue-state.ts';
import { ensureLabels, setLabels, tellLabeled } from './labels.ts';
import { reopenPull } from './pulls.ts';
import { closeWithoutMerge } from './pull-states.ts';
import { lengthOf } from './text-length.ts';
import { appOf, record } from './timeline.ts';

const MAX_TITLE = 256;
/** Issue, pull request and comment bodies; refused with 422 "body is too long". */
const MAX_BODY = 65_536;

export interface IssueDraft {
  readonly title: string;
  readonly body: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

export interface IssuePatch {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: 'open' | 'closed';
  readonly stateReason?: StateReason | null;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
}

export function checkText(resource: string, title: string | null, body: string | null): void {
  if (title !== null && title.trim() === '') {
    throw validationFailed({ resource, code: 'missing_field', field: 'title' });
  }
  if (title !== null && lengthOf(title) > MAX_TITLE) {
    const message = `title is too long (maximum is ${String(MAX_TITLE)} characters)`;
    throw validationFailed({ resource, code: 'custom', field: 'title', message });
  }
  if (body !== null && lengthOf(body) > MAX_BODY) {
    const message = `body is too long (maximum is ${String(MAX_BODY)} characters)`;
    throw validationFailed({ resource, code: 'custom', field: 'body', message });
  }
}

/** Issues switched off answer 410, whatever is asked of them; pull requests stay. */
export function demandIssues(repo: Repository): void {
  if (!repo.settings.hasIssues) throw new ApiError(410, 'Issues are disabled for this repo');
}

/** Takes the next number, which issues and pull requests share. */
export function addIssue(
  scene: Scene,
  draft: Pick<IssueDraft, 'title' | 'body'>,
  pull: PullRequest | null,
): Issue {
  const { world, repo, actor } = scene;
  const now = world.now();
  const issue: Issue = {
    id: world.nextId(),
    number: Math.max(0, ...repo.issues.keys()) + 1,
    author: actor.account,
    app: appOf(actor),
    createdAt: now,
    updatedAt: now,
    ...draft,
    pull,
    comments: [],
    events: [],
    labels: [],
    assignees: [],
    state: 'open',
    stateReason: null,
    closedAt: null,
    closedBy: null,
  };
  repo.issues.set(issue.number, issue);
  world.nodes.set(issueNodeId(issue), { type: 'Issue', repo, issue });
  return issue;
}

/** Labels and assignees of those without triage rights are dropped silently, as documented. */
export async function createIssue(scene: Scene, draft: IssueDraft): Promise<Issue> {
  demandIssues(scene.repo);
  const { title, body } = draft;
  checkText('Issue', title, body);
  const mayTriage = canTriage(scene);
  const assignees = mayTriage ? demandAssignable(scene, draft.assignees) : [];
  const labels = mayTriage ? ensureLabels(scene, draft.labels) : [];
  const issue = addIssue(scene, { title, body }, null);
  issue.labels = [...new Set(labels)];
  await emitIssue(scene, issue, 'opened');
  for (const label of issue.labels) await tellLabeled(scene, issue, label);
  await setAssignees(scene, issue, assignees);
  return issue;
}

function canTriage({ repo, actor }: Scene): boolean {
  return actor.kind === 'installation' || atLeast(roleOf(repo, actor.account.login), 'triage');
}

/** One login that may not be assigned refuses the whole request: https://github.com/upptime/upptime/issues/125. */
function demandAssignable(
  { world, repo }: Scene,
  logins: readonly string[],
  issue?: Issue,
): readonly Account[] {
  const accounts: Account[] = [];
  const refused: FieldError[] = [];
  for (const value of logins) {
    const account = world.account(value);
    if (account !== null && isAssignable(repo, account, issue)) accounts.push(account);
    else refused.push({ value, resource: 'Issue', field: 'assignees', code: 'invalid' });
  }
  if (refused.length > 0) throw validationFailed(...refused);
  return accounts;
}

/** https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/assigning-issues-and-pull-requests-to-other-github-users */
function isAssignable(repo: Repository, { id, login }: Account, issue: Issue | undefined): boolean {
  if (repo.collaborators.has(login.toLowerCase())) return true;
  return issue?.comments.some(({ author }) => author.id === id) ?? false;
}

/** Applies what a PATCH carries; fields that are absent stay. */
export async function updateIssue(scene: Scene, issue: Issue, patch: IssuePatch): Promise<void> {
  if (issue.pull === null) demandIssues(scene.repo);
  checkText('Issue', patch.title ?? null, patch.body ?? null);
  const assignees = patch.assignees && demandAssignable(scene, patch.assignees, issue);
  await editText(scene, issue, patch);
  if (patch.labels) await setLabels(scene, issue, ensureLabels(scene, patch.labels));
  if (assignees) await setAssignees(scene, issue, assignees);
  if (patch.state) await setState(scene, issue, patch.state, patch.stateReason ?? null);
}

export async function editText(
  scene: Scene,
  issue: Issue,
  patch: Pick<IssuePatch, 'title' | 'body'>,
): Promise<void> {
  const { title = issue.title, body = issue.body } = patch;
  const changes = {
    ...(title !== issue.title && { title: { from: issue.title } }),
    ...(body !== issue.body && { body: { from: issue.body ?? '' } }),
  };
  if (Object.keys(changes).length === 0) return;
  if (changes.title) {
    record(scene, issue, { event: 'renamed', rename: { from: issue.title, to: title } });
  }
  issue.title = title;
  issue.body = body;
  issue.updatedAt = scene.world.now();
  await emitIssue(scene, issue, 'edited', { changes });
}

/** Closes or reopens an issue or a pull request. */
export async function setState(
  scene: Scene,
  issue: Issue,
  state: 'open' | 'closed',
  reason: StateReason | null,
): Promise<void> {
  if (!isPull(issue)) return setIssueState(scene, issue, state, reason);
  if (issue.state === state) return;
  if (state === 'closed') return closeWithoutMerge(scene, issue);
  return reopenPull(scene, issue);
}

async function setAssignees(scene: Scene, issue: Issue, wanted: readonly Account[]): Promise<void> {
  const before = issue.assignees;
  issue.assignees = [...wanted];
  for (const assignee of wanted.filter((account) => !before.includes(account))) {
    record(scene, issue, { event: 'assigned', assignee });
    await emitIssue(scene, issue, 'assigned', { assignee: presentAccount(scene.world, assignee) });
  }
  for (const assignee of before.filter((account) => !wanted.includes(account))) {
    record(scene, issue, { event: 'unassigned', assignee });
    await emitIssue(scene, issue, 'unassigned', {
      assignee: presentAccount(scene.world, assignee),
    });
  }
}
