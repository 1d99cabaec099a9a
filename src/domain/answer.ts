import type { CommandName } from './commands.ts';
import type { GateVerdict } from './gate.ts';
import type { Status } from './implementation-state.ts';
import type { Told } from './messages/catalogue.ts';
import type { SpecChange, SpecChangeRange } from './spec-pack.ts';
import type { Role } from './world.ts';

/** Everything that can be said to somebody, in facts; the documents put it into words. */
export type Answer = RequestAnswer | SessionAnswer | CommandAnswer | CommandRefusal;

/** What one command of a comment came to. */
export interface Outcome {
  /** The command as it was written. */
  readonly asked: string;
  readonly done: boolean;
  readonly answer: Answer;
}

/** What a request is answered with. */
export type RequestAnswer =
  | {
      readonly kind: 'started';
      readonly module: string;
      readonly attempt: number;
      readonly maxAttempts: number;
      readonly pullRequest: number;
    }
  | {
      readonly kind: 'waiting';
      readonly module: string;
      readonly unmet: readonly GateVerdict[];
      readonly queue: Queue | null;
      readonly paused: boolean;
    }
  /** The end of a wait, in place of what it waited for. */
  | { readonly kind: 'waited'; readonly module: string; readonly pullRequest: number }
  /** The same where an escalation was opened again. */
  | { readonly kind: 'waits-no-longer'; readonly module: string; readonly escalation: number }
  | {
      readonly kind: 'start-failed';
      readonly module: string;
      readonly told: Told;
    }
  | {
      readonly kind: 'unknown-module';
      readonly asked: string;
      readonly nearest: readonly string[];
    }
  | { readonly kind: 'nothing-ready'; readonly waiting: readonly string[] }
  | {
      readonly kind: 'not-permitted';
      readonly login: string;
      readonly needs: Role;
      /** A verb phrase, such as `start a session`. */
      readonly what: string;
    }
  | {
      readonly kind: 'already';
      readonly module: string;
      readonly status: Status;
      readonly pullRequest: number | null;
      readonly escalation: number | null;
    }
  | { readonly kind: 'exhausted'; readonly module: string; readonly attempts: number }
  | { readonly kind: 'requested-before'; readonly module: string; readonly by: string };

export interface Queue {
  /** 1 is next. */
  readonly place: number;
  readonly running: number;
  readonly limit: number;
}

/** What is told on a session's pull request or escalation when its course changes. */
export type SessionAnswer =
  | {
      readonly kind: 'closed-by-hand';
      readonly module: string;
      readonly attempt: number;
      /** Whether no attempt is left. */
      readonly isLast: boolean;
    }
  | { readonly kind: 'timed-out'; readonly module: string; readonly attempt: number }
  | {
      readonly kind: 'resumed';
      readonly module: string;
      readonly by: string;
      readonly nextAttempt: number;
      readonly maxAttempts: number;
    }
  | {
      readonly kind: 'stays-blocked';
      readonly module: string;
      readonly why: StaysBlocked;
    }
  | { readonly kind: 'blocked-again'; readonly module: string; readonly by: string }
  | {
      readonly kind: 'not-blocked-again';
      readonly module: string;
      readonly status: Status;
      /** What blocks it instead. */
      readonly escalation: number | null;
    }
  | {
      readonly kind: 'merged-while-blocked';
      readonly module: string;
      readonly pullRequest: number;
      readonly mergeSha: string | null;
    }
  | {
      readonly kind: 'stale-pull-request';
      readonly module: string;
      readonly status: Status;
      /** The pull request of the session that runs now. */
      readonly current: number | null;
    }
  /** What stands here is a second one of the same thing. */
  | { readonly kind: 'duplicate'; readonly original: number }
  /** The specification changed under a session that runs. */
  | {
      readonly kind: 'spec-drift';
      readonly module: string;
      readonly changes: readonly SpecChange[];
      /** Up to the base branch, by its name: what is told stays the same while nothing more changes. */
      readonly range: SpecChangeRange;
    }
  /** The session runs and its coder does not know: what went wrong, in words of our own. */
  | {
      readonly kind: 'not-called';
      readonly module: string;
      /** Whether another way of calling it worked. */
      readonly isPartly: boolean;
      readonly told: Told;
    }
  /** The branch begins at the last attempt's head. */
  | {
      readonly kind: 'continued';
      readonly module: string;
      /** The attempt that it goes on from. */
      readonly attempt: number;
      readonly from: string;
      /** The base branch. */
      readonly base: string;
      /** Whether the base could not be merged into it. */
      readonly conflicts: boolean;
    }
  /** The module of what runs, waits or is blocked here was taken out of the config. */
  | ({ readonly kind: 'orphaned' } & OrphanFacts)
  /** What was told of a changed specification no longer holds. */
  | { readonly kind: 'spec-settled'; readonly module: string };

/** How a module stands that is not in the config any more. */
export interface OrphanFacts {
  readonly module: string;
  readonly status: Status;
  readonly attempt: number;
  readonly pullRequest: number | null;
  readonly escalation: number | null;
}

/** Why a closed escalation does not re-arm its module. */
export type StaysBlocked =
  { readonly kind: 'not-completed' } | { readonly kind: 'not-permitted'; readonly login: string };

/** What a command did. */
export type CommandAnswer =
  | { readonly kind: 'requested'; readonly module: string }
  | { readonly kind: 'withdrawn'; readonly module: string }
  | {
      readonly kind: 'retried';
      readonly module: string;
      /** The attempt that it ended. */
      readonly attempt: number;
      readonly maxAttempts: number;
    }
  | {
      readonly kind: 'rearmed';
      readonly module: string;
      readonly escalation: number;
      readonly nextAttempt: number;
      readonly maxAttempts: number;
    }
  | { readonly kind: 'halted'; readonly module: string; readonly failureType: string | null }
  | {
      readonly kind: 'verifying';
      readonly module: string;
      readonly headSha: string;
      readonly pullRequest: number;
    }
  | StatusAnswer
  | { readonly kind: 'spec-acknowledged'; readonly module: string }
  | {
      readonly kind: 'cancelled';
      readonly module: string;
      readonly attempt: number;
      /** Whether no attempt is left. */
      readonly isLast: boolean;
    }
  /** A module that is not in the config any more is given back. */
  | { readonly kind: 'let-go'; readonly module: string }
  | {
      readonly kind: 'reopened';
      readonly module: string;
      readonly nextAttempt: number;
      readonly maxAttempts: number;
    }
  | { readonly kind: 'adopted'; readonly module: string }
  | { readonly kind: 'help'; readonly known: readonly string[] };

export interface StatusAnswer {
  readonly kind: 'status';
  readonly module: string;
  readonly status: Status;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly headSha: string | null;
  /** Failed verifications of the running session. */
  readonly failed: number;
  readonly selfFixLimit: number;
  readonly pullRequest: number | null;
  readonly escalation: number | null;
  readonly blockedReason: string | null;
  readonly requestedBy: string | null;
  readonly unmet: readonly GateVerdict[];
  /** Its place among those whose gates are met, where there is no room for it. */
  readonly queue: Queue | null;
  readonly paused: boolean;
  readonly dashboard: number | null;
}

/** Why a command did nothing, and what would do something. */
export type CommandRefusal =
  | {
      readonly kind: 'refused';
      readonly command: CommandName;
      readonly module: string;
      readonly status: Status;
      readonly pullRequest: number | null;
      readonly escalation: number | null;
    }
  | {
      readonly kind: 'last-attempt';
      readonly module: string;
      readonly attempt: number;
      /** What the escalation after the last attempt would grant. */
      readonly grants: number;
    }
  | { readonly kind: 'merged-already'; readonly module: string; readonly pullRequest: number }
  | {
      readonly kind: 'old-session';
      readonly module: string;
      readonly current: number;
      readonly form: string;
    }
  | { readonly kind: 'no-module'; readonly form: string }
  /** A dispatch names what is no session's pull request. */
  | { readonly kind: 'no-session-pull-request'; readonly pullRequest: number }
  | { readonly kind: 'no-reason'; readonly form: string }
  | { readonly kind: 'spec-unchanged'; readonly module: string }
  | {
      readonly kind: 'nothing-to-verify';
      readonly module: string;
      readonly why: 'no-pull-request' | 'closed' | 'only-document';
    }
  | {
      readonly kind: 'halt-refused';
      readonly why: 'no-session' | 'unknown-type' | 'no-reason';
      readonly types: readonly string[];
      readonly nearest: readonly string[];
      readonly form: string;
    }
  | {
      readonly kind: 'unknown-command';
      readonly asked: string;
      /** Whole commands as they could be written. */
      readonly nearest: readonly string[];
      readonly known: readonly string[];
    }
  | { readonly kind: 'too-many-commands'; readonly limit: number };
