import type { GateVerdict } from '../domain/gate.ts';
import type { Status } from '../domain/implementation-state.ts';
import type { Role } from '../domain/world.ts';
import type { CommandName } from './commands.ts';

/** What one command of a comment came to. */
export interface Outcome {
  /** The command as it was written. */
  readonly asked: string;
  readonly done: boolean;
  readonly answer: Answer;
}

/** What a trigger is answered with, in facts; the documents put it into words. */
export type Answer = RequestAnswer | SessionAnswer | CommandAnswer | CommandRefusal;

type RequestAnswer =
  | {
      readonly kind: 'waiting';
      readonly module: string;
      readonly unmet: readonly GateVerdict[];
      readonly queue: Queue | null;
      readonly paused: boolean;
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

type SessionAnswer =
  | { readonly kind: 'stays-blocked'; readonly module: string; readonly why: StaysBlocked }
  | {
      readonly kind: 'resumed';
      readonly module: string;
      readonly by: string;
      readonly nextAttempt: number;
      readonly maxAttempts: number;
    }
  | { readonly kind: 'closed-by-hand'; readonly module: string; readonly attempt: number }
  | { readonly kind: 'timed-out'; readonly module: string; readonly attempt: number }
  | { readonly kind: 'blocked-again'; readonly module: string; readonly by: string }
  /** A reopened escalation of a module that is complete, or blocked by another one. */
  | {
      readonly kind: 'not-blocked-again';
      readonly module: string;
      readonly status: Status;
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
      /** The pull request of the module's session as it is now. */
      readonly current: number | null;
    };

/** What a command did. */
type CommandAnswer =
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
  | { readonly kind: 'cancelled'; readonly module: string; readonly attempt: number }
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
  readonly paused: boolean;
  readonly dashboard: number | null;
}

/** Why a command was not obeyed, and what would be. */
type CommandRefusal =
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
      readonly nearest: readonly string[];
      readonly known: readonly string[];
    }
  | { readonly kind: 'too-many-commands'; readonly limit: number };

/** Why a closed escalation does not re-arm its module. */
export type StaysBlocked =
  { readonly kind: 'not-completed' } | { readonly kind: 'not-permitted'; readonly login: string };

export interface Queue {
  /** 1 is next. */
  readonly place: number;
  readonly running: number;
  readonly limit: number;
}
