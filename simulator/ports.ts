/** What the simulated GitHub and the simulated runner know of each other. */

/** Permission levels of a workflow's job token, as in a workflow's `permissions:` block. */
export type Access = 'none' | 'read' | 'write';
export type Permissions = Readonly<Record<string, Access>>;

/** A webhook event as it leaves the repository, with the payload fields GitHub sends. */
export interface RepositoryEvent {
  readonly id: string;
  /** The webhook event's name, such as `issues` or `pull_request`. */
  readonly name: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly actor: string;
  /** What the event was caused with: a workflow's own token starts no workflow, but for dispatches. */
  readonly cause: 'user' | 'app' | 'workflow-token';
}

export type RunStatus = 'queued' | 'waiting' | 'in_progress' | 'completed';
export type RunConclusion = 'success' | 'failure' | 'cancelled' | 'skipped' | 'action_required';

/** One workflow run, as `GET /repos/{owner}/{repo}/actions/runs/{run_id}` tells it. */
export interface WorkflowRun {
  readonly id: number;
  readonly repository: string;
  readonly workflowPath: string;
  readonly name: string;
  readonly displayTitle: string;
  readonly event: string;
  readonly headBranch: string | null;
  readonly headSha: string;
  readonly status: RunStatus;
  readonly conclusion: RunConclusion | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What the runner needs of GitHub. */
export interface RunnerHost {
  readonly urls: { readonly server: string; readonly api: string; readonly graphql: string };
  onEvent(listener: (event: RepositoryEvent) => void): void;
  defaultBranch(repository: string): string;
  /** The database ids of the repository and its owner, which renames do not change. */
  ids(repository: string): { readonly repository: number; readonly owner: number };
  /** The commit a ref or SHA names, or null. */
  resolve(repository: string, ref: string): Promise<string | null>;
  readFile(repository: string, commit: string, path: string): Promise<string | null>;
  listFiles(repository: string, commit: string, directory: string): Promise<readonly string[]>;
  /** Names to values; a test or a demo seeds them. */
  variables(repository: string): Readonly<Record<string, string>>;
  secrets(repository: string): Readonly<Record<string, string>>;
  /** An installation token of the Actions app, restricted to `permissions`; `revoke` ends it. */
  mintJobToken(
    repository: string,
    permissions: Permissions,
  ): { readonly token: string; revoke(): void };
  /** Stores a run, new or changed, so that the REST API can tell it. */
  recordRun(run: WorkflowRun): void;
}
