import type { components } from '@octokit/openapi-types';

import type { GitStore } from './git/git-store.ts';
import type { Lock } from './lock.ts';
import type { Permissions, WorkflowRun } from './ports.ts';

export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
}

/** A GitHub App; its bot account acts for its installation tokens. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly bot: Account;
}

/** What a request proved itself with. */
export type Credential =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'user';
      readonly token: string;
      readonly account: Account;
      readonly scopes: readonly string[];
    }
  | {
      readonly kind: 'installation';
      readonly token: string;
      readonly account: Account;
      readonly app: App;
      repository: string;
      readonly permissions: Permissions;
    };

export type Actor = Exclude<Credential, { kind: 'none' }>;

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export type ReactionContent =
  '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes';

export interface Reaction {
  readonly id: number;
  readonly account: Account;
  readonly content: ReactionContent;
  readonly createdAt: string;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly author: Account;
  readonly app: App | null;
  readonly createdAt: string;
  readonly reactions: Reaction[];
  body: string;
  updatedAt: string;
  /** Null until somebody edits the text; a reaction is no edit. */
  lastEdit: { readonly at: string; readonly editor: Account } | null;
}

export type StateReason = 'completed' | 'reopened' | 'not_planned' | 'duplicate';

export interface TimelineEvent {
  readonly id: number;
  readonly event:
    | 'labeled'
    | 'unlabeled'
    | 'closed'
    | 'reopened'
    | 'assigned'
    | 'unassigned'
    | 'merged'
    | 'renamed';
  readonly actor: Account;
  readonly app: App | null;
  readonly createdAt: string;
  readonly label?: Label;
  readonly assignee?: Account;
  readonly stateReason?: StateReason | null;
  readonly commit?: string | null;
  /** Of an issue that a merge closed: the pull request's number. */
  readonly closer?: number;
  readonly rename?: { readonly from: string; readonly to: string };
}

export interface PullRequest {
  readonly id: number;
  readonly headRef: string;
  readonly draft: boolean;
  headSha: string;
  baseRef: string;
  baseSha: string;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommitSha: string | null;
}

/** An issue, or a pull request, which is an issue with `pull` set. */
export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  readonly app: App | null;
  readonly createdAt: string;
  readonly comments: Comment[];
  readonly events: TimelineEvent[];
  readonly pull: PullRequest | null;
  labels: Label[];
  assignees: Account[];
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: StateReason | null;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
}

/** A pull request with its own part known to be there. */
export type PullIssue = Issue & { readonly pull: PullRequest };

export type CheckStatus =
  'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';
export type CheckConclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | 'stale';

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string | null;
  readonly rawDetails: string | null;
}

export interface CheckSuite {
  readonly id: number;
  readonly headSha: string;
  readonly app: App;
  readonly createdAt: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  readonly headSha: string;
  readonly app: App;
  readonly annotations: Annotation[];
  name: string;
  externalId: string | null;
  detailsUrl: string | null;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  startedAt: string;
  completedAt: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
}

export interface Settings {
  /** "Allow GitHub Actions to create and approve pull requests". */
  actionsMayCreatePullRequests: boolean;
  /** What a workflow without `permissions:` gets, as the settings tell it; the runner goes by the restricted one. */
  defaultWorkflowPermissions: 'read' | 'write';
  actionsEnabled: boolean;
  hasIssues: boolean;
  /** Told, and nothing else: there is no parent. */
  isFork: boolean;
  /** Read-only for everybody. */
  archived: boolean;
  /** A private repository answers 404 to whom it does not know; a public one lets everybody read. */
  visibility: 'public' | 'private';
}

/** Told, and not enforced. */
export interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly enforcement: 'active' | 'evaluate' | 'disabled';
  /** `~ALL`, `~DEFAULT_BRANCH`, or a pattern such as `refs/heads/releases/**`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly rules: readonly components['schemas']['repository-rule'][];
  readonly bypassActors: readonly components['schemas']['repository-ruleset-bypass-actor'][];
}

/** A branch protection rule's answer, but for its addresses; told, and not enforced. */
export type BranchProtection = components['schemas']['branch-protection'];

export interface Repository {
  readonly id: number;
  readonly owner: Account;
  name: string;
  fullName: string;
  defaultBranch: string;
  readonly createdAt: string;
  readonly git: GitStore;
  /** Writes to one repository happen one after another. */
  readonly lock: Lock;
  readonly settings: Settings;
  readonly collaborators: Map<string, Role>;
  /** By lower-cased name: label names are case-insensitive. */
  readonly labels: Map<string, Label>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  readonly checkSuites: Map<number, CheckSuite>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly runs: Map<number, WorkflowRun>;
  readonly rulesets: Ruleset[];
  /** By the branch's name. */
  readonly protections: Map<string, BranchProtection>;
  /** Workflows that somebody turned off, by their paths. */
  readonly workflowStates: Map<string, components['schemas']['workflow']['state']>;
  /** Commits GitHub made itself and therefore signed. */
  readonly verifiedCommits: Set<string>;
  readonly variables: Record<string, string>;
  readonly secrets: Record<string, string>;
  pushedAt: string;
}
