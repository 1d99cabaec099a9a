import type { Status } from './implementation-state.ts';

/** What a session's document says of itself. */
export interface DocumentRemains {
  readonly sessionId: string;
  readonly startedAt: string;
  readonly maxAttempts: number;
  /** Our commit that holds it. */
  readonly sha: string;
  /** The commit of the base that the session began from; null where that cannot be told any more. */
  readonly baseSha: string | null;
  /** The head of the earlier attempt that this one went on from; null where it began at the base. */
  readonly continues: string | null;
}

export interface PullRequestRemains {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly headSha: string;
  readonly baseBranch: string;
  readonly mergeSha: string | null;
  /** When it was merged or closed; null while it is open. */
  readonly endedAt: string | null;
  /** Whether it was we who closed it, as a command or the next attempt has us do. */
  readonly closedByUs: boolean;
  /** What it adds or changes; empty of a pull request that is not the module's last. */
  readonly files: readonly string[];
}

export interface EscalationRemains {
  readonly number: number;
  readonly createdAt: string;
  readonly sessionId: string | null;
  readonly failureType: string | null;
  /** Null while it is open. */
  readonly closed: {
    readonly by: string | null;
    readonly byUs: boolean;
    readonly completed: boolean;
    /** The last comment of whoever closed it. */
    readonly resolution: string | null;
  } | null;
}

/** A head of a session that bears our own check, settled. */
export interface HeadRemains {
  readonly sha: string;
  readonly verdict: 'green' | 'red' | 'other';
  readonly at: string;
}

/** What GitHub still shows of one attempt; each part may be gone. */
export interface AttemptRemains {
  readonly attempt: number;
  /** The branch's head; null where the branch is gone. */
  readonly branchSha: string | null;
  readonly document: DocumentRemains | null;
  readonly pull: PullRequestRemains | null;
  readonly escalation: EscalationRemains | null;
  /** Oldest first; only of a module's last attempt. */
  readonly heads: readonly HeadRemains[];
}

/** What the dashboard said of a module when it was last written: a hint, since people may edit it. */
export interface ShownModule {
  readonly status: Status;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly requested: boolean;
}

/** All that GitHub shows of what was done here, for a state that is lost. */
export interface Remains {
  /** Our own login. */
  readonly viewer: string;
  readonly baseBranch: string;
  /** The one that the state knows, where that is one of ours; else the lowest that is open, or null. */
  readonly dashboard: number | null;
  readonly shown: ReadonlyMap<string, ShownModule>;
  /** By module, in the order of their attempts. */
  readonly attempts: ReadonlyMap<string, readonly AttemptRemains[]>;
}
