import type { ConfigFacts } from './config-facts.ts';
import type { Told } from './diagnosis.ts';
import type { WorkflowFile } from './workflow-file.ts';

/** A session's, such as any would be called, to see which rules are for it. */
export const SESSION_BRANCH = 'session/module-1';

/** What a repository's settings say; each is known or not by itself, since tokens may read some and not others. */
export interface RepositoryFacts {
  /** Such as `https://github.com/octocat/plex`. */
  readonly url: string;
  readonly configPath: string;
  readonly checkout: CheckoutFacts | null;
  readonly repository: Told<RepositoryTraits>;
  readonly config: Told<ConfigFacts | NoBase>;
  readonly stateHistory: Told<StateFacts>;
  readonly server: Told<ServerFacts>;
  readonly token: Told<TokenFacts>;
  readonly workflows: Told<WorkflowFacts>;
  /** `active`, `disabled_fork`, …, by the workflow's path. */
  readonly workflowStates: Told<ReadonlyMap<string, string>>;
  readonly actionsEnabled: Told<boolean>;
  readonly tokenDefaults: Told<TokenDefaults>;
  readonly base: BranchFacts;
  readonly state: BranchFacts;
  /** Of a session's, whether one is there or not. */
  readonly session: BranchFacts;
  readonly labels: Told<readonly string[]>;
}

/** The branch that the config would be on is not there. */
interface NoBase {
  readonly kind: 'no-base';
}

/** What a folder on one's own machine says. */
export interface CheckoutFacts {
  /** Whether git keeps it. */
  readonly isGit: boolean;
  readonly hasCommit: boolean;
  /** Whether there is a remote `origin`, wherever it leads. */
  readonly hasOrigin: boolean;
  /** `owner/name`; null without a remote `origin`. */
  readonly remote: string | null;
}

export interface RepositoryTraits {
  readonly defaultBranch: string;
  readonly hasIssues: boolean;
  readonly isFork: boolean;
  readonly isArchived: boolean;
}

/** What a run would find of the state, and of the dashboard that tells which commit of it it was made from. */
export type StateFacts =
  | { readonly kind: 'no-dashboard' }
  /** The dashboard names no commit, or one that the state's branch holds. */
  | { readonly kind: 'unnamed' | 'held'; readonly dashboard: number }
  /** What a run would stop with. */
  | { readonly kind: 'broken'; readonly message: string; readonly fix: string };

export interface ServerFacts {
  /** Of GitHub Enterprise Server; null on github.com. */
  readonly version: string | null;
}

/** A classic token tells its scopes; any other has permissions, which GitHub tells only where one lacks. */
export type TokenFacts =
  | { readonly kind: 'classic'; readonly scopes: readonly string[] }
  | { readonly kind: 'fine-grained' };

export interface WorkflowFacts {
  /** Whether they lie in a checkout, and not on the default branch for sure. */
  readonly from: 'default branch' | 'checkout';
  readonly files: readonly WorkflowFile[];
}

export interface TokenDefaults {
  readonly mayCreatePullRequests: boolean;
  /** What a workflow without `permissions:` gets. */
  readonly permissions: 'read' | 'write';
}

export interface BranchFacts {
  readonly name: string;
  readonly exists: Told<boolean>;
  /** Of every active ruleset. */
  readonly rules: Told<readonly BranchRule[]>;
  /** By a branch protection rule; null where there is none. */
  readonly protection: Told<BranchProtection | null>;
}

export interface BranchRule {
  /** As the API names it, such as `pull_request`. */
  readonly type: string;
  /** Only of `required_status_checks`. */
  readonly checks: readonly RequiredCheck[];
  /** Apps that the ruleset lets by; null where that was not told. */
  readonly bypassApps: readonly number[] | null;
}

export interface RequiredCheck {
  readonly context: string;
  /** The App it has to come from; null for any. */
  readonly app: number | null;
}

export interface BranchProtection {
  /** What it asks of a push; null where only that there is one was told. */
  readonly demands: readonly Demand[] | null;
  readonly checks: readonly RequiredCheck[];
}

export interface Demand {
  /** In the settings' words. */
  readonly asks: string;
  /** Apps that it is not asked of. */
  readonly bypassApps: readonly number[];
}
