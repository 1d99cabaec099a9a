import type { GateVerdict } from '../domain/gate.ts';
import type { Status } from '../domain/implementation-state.ts';
import type { Role } from '../domain/world.ts';

/** What a trigger is answered with, in facts; the documents put it into words. */
export type Answer =
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
  | { readonly kind: 'requested-before'; readonly module: string; readonly by: string }
  | { readonly kind: 'halted'; readonly module: string; readonly failureType: string | null }
  | {
      readonly kind: 'halt-refused';
      readonly why: 'no-session' | 'unknown-type' | 'no-reason';
      readonly types: readonly string[];
    }
  | { readonly kind: 'unknown-command'; readonly asked: string; readonly known: readonly string[] }
  | { readonly kind: 'help'; readonly known: readonly string[] }
  | { readonly kind: 'stays-blocked'; readonly module: string; readonly why: StaysBlocked }
  | {
      readonly kind: 'resumed';
      readonly module: string;
      readonly by: string;
      readonly nextAttempt: number;
      readonly maxAttempts: number;
    }
  | { readonly kind: 'closed-by-hand'; readonly module: string; readonly attempt: number };

/** Why a closed escalation does not re-arm its module. */
export type StaysBlocked =
  { readonly kind: 'not-completed' } | { readonly kind: 'not-permitted'; readonly login: string };

export interface Queue {
  /** 1 is next. */
  readonly place: number;
  readonly running: number;
  readonly limit: number;
}
