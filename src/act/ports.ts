import type { LabelSpec } from '../domain/labels.ts';
import type { Write } from '../domain/writes.ts';

/** What acting needs of GitHub, in our words; `github/` implements it. */

/** A file beside the state file, on its branch. */
export interface StateFile {
  readonly path: string;
  readonly text: string;
}

/** Commits the state file by compare-and-swap. */
export interface StateStore {
  /**
   * Commits `text`, and what lies beside it, onto `parent` (null: the branch does not exist yet) and returns the new tip.
   * @throws StateMovedError where the branch is no longer at `parent`; nothing is written then.
   */
  commit(change: {
    readonly text: string;
    readonly message: string;
    readonly parent: string | null;
    readonly beside: readonly StateFile[];
  }): Promise<string>;
}

export interface Created {
  readonly number: number;
  /** GraphQL node id. */
  readonly id: string;
  readonly url: string;
}

export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly isIt: (body: string) => boolean;
}

export interface SessionBranch {
  /** Our last commit, which holds the document. */
  readonly documentSha: string;
  /** Whether the branch holds commits of others by now. */
  readonly hasWork: boolean;
  /** Whether a branch that continues another attempt lacks the base, since that conflicts with it. */
  readonly conflicts: boolean;
}

/** Creations are "ensure": what is there and ours is adopted, what is there and not ours is an error. */
export interface Hub {
  /**
   * A branch at `baseSha` plus one commit with one file; or at `continues`, that file, and then `baseSha` merged in.
   * A text of null says that an earlier run has committed it: the branch is adopted, and never made.
   */
  ensureSessionBranch(branch: {
    readonly name: string;
    readonly baseSha: string;
    readonly continues: string | null;
    readonly file: { readonly path: string; readonly text: string | null };
    readonly message: string;
  }): Promise<SessionBranch>;
  ensurePullRequest(pull: {
    readonly branch: string;
    readonly base: string;
    readonly title: string;
    readonly body: string;
  }): Promise<Created>;
  deleteBranch(name: string): Promise<void>;
  /** The open issue of ours that `isIt` knows by its marker; of several the lowest. */
  findIssue(isIt: NewIssue['isIt']): Promise<Created | null>;
  /** The same, or a new one. */
  ensureIssue(issue: NewIssue): Promise<Created>;
  /** The node id of a label; one that the repository lacks is made. */
  ensureLabel(label: LabelSpec): Promise<string>;
  /** The oldest comment of ours there whose text `isIt` knows; null where there is none. */
  findComment(
    subject: string,
    isIt: (body: string) => boolean,
  ): Promise<{ readonly id: string; readonly body: string } | null>;
  /** Several small writes in one request; each is tried, and those that were refused are told. */
  write(batch: readonly Write[]): Promise<readonly string[]>;
  /** Whether a recent run of that workflow carries the text in its name. */
  hasRunNamed(workflow: string, text: string): Promise<boolean>;
  /**
   * Starts the coder's workflow.
   * @throws CoderNotCalledError where GitHub refuses it for good.
   */
  callWorkflow(dispatch: Dispatch): Promise<void>;
  /**
   * Assigns a pull request.
   * @throws CoderNotCalledError where GitHub refuses it for good.
   */
  assign(pullRequest: number, logins: readonly string[]): Promise<void>;
  dispatchWorkflow(dispatch: Dispatch): Promise<void>;
}

interface Dispatch {
  /** Its file's name. */
  readonly workflow: string;
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
}
