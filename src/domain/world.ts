import type { Config } from './config.ts';
import type { Claim } from './escalation.ts';
import type { Failure } from './failure.ts';
import type { ImplementationState } from './implementation-state.ts';
import type { ModuleGraph } from './module-graph.ts';
import type { OwnText } from './own-text.ts';
import type { ReportFormat, ReportKind } from './report-format.ts';
import type { SpecFingerprint, SpecPack, SpecTexts } from './spec-pack.ts';
import type { StateEdit } from './state-edit.ts';
import type { Trigger } from './trigger.ts';
import type { VerificationResult } from './verification.ts';

/** A collaborator's role, as GitHub's `role_name` tells it; anything else counts as `none`. */
export const ROLES = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Repository {
  readonly owner: string;
  readonly name: string;
  /** GraphQL node id. */
  readonly id: string;
  readonly url: string;
  readonly defaultBranch: string;
  readonly hasIssues: boolean;
}

/** The tip of the base branch, and which commits are known to be contained in it. */
export interface Base {
  readonly branch: string;
  readonly sha: string;
  readonly contains: ReadonlyMap<string, boolean>;
}

export interface Label {
  readonly id: string;
  readonly name: string;
}

/** As many of a conversation's comments are read, the newest ones. */
export const COMMENTS_READ = 50;

export interface Comment {
  readonly id: string;
  /** Whether it was written under our own identity. */
  readonly ours: boolean;
  readonly author: string;
  readonly body: string;
}

/** The comment that woke us, as it stands now. */
export interface AskingComment {
  /** GraphQL node id. */
  readonly id: string;
  /** Whether it bears a reaction of ours, which is given last: all that it asks was done or refused. */
  readonly answered: boolean;
}

/** A comment that asks and that no run answered: its event was lost, or its run was cut off. */
export interface LostComment {
  /** GraphQL node id. */
  readonly id: string;
  /** As the event names it. */
  readonly commentId: string;
  /** The issue's or pull request's. */
  readonly number: number;
  readonly login: string;
  readonly body: string;
}

/** A label that asks for a module and still stands where somebody put it: its event was lost. */
export interface AskingLabel {
  /** The issue's or pull request's. */
  readonly number: number;
  readonly label: string;
  /** Who put it there, from the issue's events; null where that cannot be told. */
  readonly by: string | null;
}

/** A pull request with the labels that it bears. */
export interface LabelledPull {
  readonly number: number;
  readonly id: string;
  readonly state: PullRequest['state'];
  readonly labels: readonly Label[];
}

/** What a merge queue is about to merge, together. */
export interface MergeGroup {
  readonly headSha: string;
  /** `refs/heads/gh-readonly-queue/<base>/pr-<number>-<sha>`: names the last pull request of the group. */
  readonly headRef: string;
  /** Those between its two ends. */
  readonly commits: readonly { readonly sha: string; readonly message: string }[];
  /** Files that it adds: the first 300 that GitHub compares. */
  readonly added: readonly string[];
  /** All files that it changes, of those. */
  readonly changed: readonly string[];
  /** Our verification check on its head, if there is one. */
  readonly check: OwnCheck | null;
  /** What the verify job handed over of its head, bound to what was to run; null where nothing was. */
  readonly result: VerificationResult | null;
  /** What that came to. */
  readonly failures: readonly Failure[];
}

/** An issue or pull request as a place of conversation. */
export interface Conversation {
  readonly number: number;
  readonly id: string;
  readonly url: string;
  readonly ours: boolean;
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
  readonly closed: {
    readonly by: string | null;
    readonly reason: 'completed' | 'not-planned' | 'duplicate';
    /** Whose merge closed it, where one did. */
    readonly pull?: { readonly number: number; readonly title: string };
  } | null;
  /** Who opened it again, where it is open and was closed before; always null of a pull request. */
  readonly reopened: { readonly by: string | null } | null;
  /** Only of a pull request. */
  readonly headSha?: string;
  readonly labels: readonly Label[];
  /** The last ones, oldest first. */
  readonly comments: readonly Comment[];
}

export interface ChangedFile {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  /** Where a renamed file came from. */
  readonly previousPath?: string | null;
}

/** Our verification check as it stands on a head. */
export interface OwnCheck {
  readonly id: string;
  readonly conclusion: string | null;
  /** How many annotations it holds. */
  readonly annotations: number;
}

/** A pull request, and what of its head matters to us. */
export interface PullRequest extends Omit<Conversation, 'closed' | 'reopened'> {
  readonly state: 'open' | 'closed' | 'merged';
  readonly headBranch: string;
  /** Somebody deleted it: GitHub closes the pull request for that, at once or a little later. */
  readonly headBranchGone: boolean;
  readonly headSha: string;
  readonly sameRepository: boolean;
  readonly baseBranch: string;
  readonly mergeSha: string | null;
  /** By the three-dot diff, so that an updated branch is not blamed for what its base gained. */
  readonly files: readonly ChangedFile[];
  /** Whether `files` are all: GitHub lists no more than 3,000 of a pull request's. */
  readonly filesComplete: boolean;
  /** Our verification check on the head, if there is one. */
  readonly check: OwnCheck | null;
  /** What the coder claims at the head; null where it claims nothing. */
  readonly claim: Claim | null;
  /** What the branch says in a state file of its own; null where it leaves that alone. */
  readonly stateEdit: StateEdit | null;
  /** The implementation report; read only where a result is to be judged. */
  readonly report: string | null;
  readonly escalationReport: string | null;
  /** Which of the deliverables' paths exist at the head. */
  readonly present: ReadonlySet<string>;
}

/** What the verification of one head came to. */
export interface Judgement {
  readonly module: string;
  readonly sha: string;
  readonly result: VerificationResult;
  readonly failures: readonly Failure[];
}

/** Everything a decision rests on, as it is now. */
export interface World {
  readonly now: string;
  readonly repository: Repository;
  readonly base: Base;
  readonly config: Config;
  readonly graph: ModuleGraph;
  readonly specPack: SpecPack;
  /** By module: what its specification hashes to on the base's tip. */
  readonly fingerprints: ReadonlyMap<string, SpecFingerprint>;
  /** The specification's texts now, and those of before that a new attempt is held against. */
  readonly specTexts: SpecTexts;
  /** What the repository wants reported, by kind of report. */
  readonly reportFormats: Readonly<Record<ReportKind, ReportFormat>>;
  readonly state: ImplementationState;
  readonly trigger: Trigger;
  /** The issue or pull request that the trigger points at. */
  readonly source: Conversation | null;
  /** Null where no comment woke us, or where it was deleted since. */
  readonly comment: AskingComment | null;
  /** Only a sweep looks for them; the oldest first. */
  readonly lostComments: readonly LostComment[];
  /** Only a sweep looks for them. */
  readonly askingLabels: readonly AskingLabel[];
  /** Node ids of those of our labels that the repository has, by their names in lower case. */
  readonly labels: ReadonlyMap<string, string>;
  /** Pull requests that say by a label that their session goes on; the state knows whether it does. */
  readonly labelledPulls: readonly LabelledPull[];
  /** Null where no merge queue woke us. */
  readonly mergeGroup: MergeGroup | null;
  /** Modules whose session has no pull request on record, but a branch with more on it than where it was cut from. */
  readonly begun: ReadonlySet<string>;
  /** Sessions' pull requests, by module. */
  readonly pulls: ReadonlyMap<string, PullRequest>;
  /** Modules whose session's pull request GitHub does not know any more. */
  readonly gone: ReadonlySet<string>;
  /** No session's: the pull request that the trigger points at, or in a sweep those that changed last. */
  readonly foreignPulls: readonly PullRequest[];
  /** Issues and pull requests that requests came from and escalations, by number. */
  readonly conversations: ReadonlyMap<number, Conversation>;
  readonly dashboard: Conversation | null;
  /** What is open of ours; only a sweep looks, for duplicates. */
  readonly ownTexts: readonly OwnText[];
  /** By login, for those whose wish counts in this run. */
  readonly roles: ReadonlyMap<string, Role>;
  readonly judgement: Judgement | null;
  /** The gate commands' result that the verify job handed over, bound to the base's tip. */
  readonly gateResult: VerificationResult | null;
}

/** Whether a login's role reaches `least`; one that was not looked up does not. */
export function hasRole(world: World, login: string, least: Role): boolean {
  const role = world.roles.get(login) ?? 'none';
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}
