import type { ModuleConfig } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import type { GateRun, GateVerdict } from '../domain/gate.ts';
import type { EntryPatch, ImplementationState } from '../domain/implementation-state.ts';
import type { Session } from '../domain/session.ts';
import type { SpecChange } from '../domain/spec-pack.ts';
import type { PlannedRun, VerificationResult } from '../domain/verification.ts';
import type { Conversation, Judgement, MergeGroup, PullRequest, World } from '../domain/world.ts';
import { updateEntry, updateHeader } from '../domain/state-file.ts';
import type { Answer, OrphanFacts, Outcome } from '../domain/answer.ts';
import type { EdgeId } from './transitions.ts';

/** One change of the state file, told in one commit. */
export interface Transition {
  /** The edge of the table that it goes along; absent where no module moves. */
  readonly edge?: EdgeId;
  readonly message: string;
  readonly changes: readonly StateChange[];
}

export type StateChange =
  | { readonly kind: 'entry'; readonly module: string; readonly patch: EntryPatch }
  | { readonly kind: 'gate-run'; readonly gateRun: GateRun }
  | { readonly kind: 'dashboard'; readonly number: number };

/** A change of a module's entry that is no edge: only `move` sets a status. */
export type EntryNote = Omit<EntryPatch, 'status'> & { readonly status?: never };

/** How a verification's outcome is told on the check and the pull request. */
export type VerificationOutcome =
  | { readonly kind: 'green' }
  | { readonly kind: 'red'; readonly used: number; readonly limit: number }
  /** Red, and merged where the config accepts that. */
  | { readonly kind: 'accepted' }
  /** Run again by itself for the `time`th time of `limit`; null where it is not. */
  | {
      readonly kind: 'infrastructure';
      readonly again: { readonly time: number; readonly limit: number } | null;
    }
  | { readonly kind: 'stopped'; readonly reason: HaltReason };

export interface StartStep {
  readonly kind: 'start';
  readonly module: ModuleConfig;
  readonly session: Session;
  /** Null where an earlier run has committed the document, which tells them, and they can be judged no more. */
  readonly verdicts: readonly GateVerdict[] | null;
  readonly specChanges: readonly SpecChange[];
  /** The last attempt's head, where the branch is cut from that and not from the base. */
  readonly continues: string | null;
  /** Null where an earlier run claimed the session, on this base, and stopped before its effects were done. */
  readonly claim: Transition | null;
  /** The last attempt's pull request, where it is still open. */
  readonly supersedes: number | null;
  readonly source: number | null;
}

export interface BlockStep {
  readonly kind: 'block';
  readonly module: ModuleConfig;
  /** Null where an earlier run blocked the module and stopped before the escalation was open. */
  readonly claim: Transition | null;
  readonly reason: HaltReason;
  readonly target: string;
  readonly pull: PullRequest | null;
  readonly judgement: Judgement | null;
}

/** A session whose pull request is in a merge group. */
export interface GroupSession {
  readonly module: string;
  readonly attempt: number;
  /** Null where the state knows of none. */
  readonly pullRequest: number | null;
  readonly verified: boolean;
}

/**
 * What a merge group comes to: `unverified` needs no run, a run that brought nothing back is `not-run`, and one where
 * nothing but infrastructure failed is `infrastructure`.
 */
export type GroupVerdict =
  'no-session' | 'unverified' | 'green' | 'red' | 'infrastructure' | 'not-run';

/** The smallest changes that bring the world to where it should be, in their order. */
export type Step =
  | StartStep
  | BlockStep
  /** A request is recorded and waits. */
  | { readonly kind: 'record'; readonly transition: Transition }
  /** A head's verification is told on its check and pull request, then the state moves. */
  | {
      readonly kind: 'publish';
      readonly module: ModuleConfig;
      readonly pull: PullRequest;
      /** Null where nothing came back from the verify job. */
      readonly judgement: Judgement | null;
      readonly outcome: VerificationOutcome;
      /** The issue that a stopped session's reader is sent to, where it is not the state's. */
      readonly escalation?: number;
      readonly transition: Transition | null;
    }
  /** A reply where the trigger came from: one comment per key, kept up to date. */
  | {
      readonly kind: 'answer';
      readonly conversation: number;
      readonly key: string;
      readonly answer: Answer;
      /**
       * Said before the state moves, since whom to say it to is not on record afterwards. Where the state does not move,
       * the next run says the same again, or takes it back.
       */
      readonly first?: true;
    }
  /** A comment's commands are answered: one reply, given once, and one reaction on it. */
  | {
      readonly kind: 'respond';
      readonly conversation: number;
      /** GraphQL node id. */
      readonly comment: string;
      readonly key: string;
      readonly outcomes: readonly Outcome[];
    }
  /** A session's pull request tells what of its specification changed; where nothing did, a word of that is taken back. */
  | {
      readonly kind: 'tell-drift';
      readonly conversation: number;
      readonly key: string;
      readonly module: string;
      readonly changes: readonly SpecChange[];
      /** Whether there were changes until this very run. */
      readonly isSettled: boolean;
      /** The commit of the specification that the session works from. */
      readonly since: string | null;
    }
  /** A request that no conversation carries is refused: said in the run's log and summary. */
  | { readonly kind: 'refuse'; readonly answer: Answer }
  /** An escalation that a command resolved is closed. */
  | { readonly kind: 'close-issue'; readonly conversation: number }
  /** A second issue or pull request of the same thing is closed with a pointer to the first. */
  | {
      readonly kind: 'close-duplicate';
      readonly duplicate: Conversation;
      readonly original: number;
    }
  /** A session that is over: its pull request is closed with a pointer, or without one where it was just said. */
  | {
      readonly kind: 'close-pull-request';
      readonly conversation: number;
      readonly pointer: { readonly key: string; readonly answer: Answer } | null;
    }
  /** The check of a head that waits for its coder was refused when the session started. */
  | { readonly kind: 'await-coder'; readonly module: ModuleConfig; readonly pull: PullRequest }
  /** Somebody wants a head verified again: its check waits once more. */
  | {
      readonly kind: 'queue-check';
      readonly module: ModuleConfig;
      readonly pull: PullRequest;
      /** Null where its module is in the config again. */
      readonly by: string | null;
    }
  /** The required check on a merge group's head. */
  | {
      readonly kind: 'report-group';
      readonly group: MergeGroup;
      readonly sessions: readonly GroupSession[];
      readonly verdict: GroupVerdict;
    }
  /** A label that asked and was answered is taken off. */
  | { readonly kind: 'remove-label'; readonly conversation: number; readonly label: string }
  /** The gate commands' result is shown on the base commit. */
  | {
      readonly kind: 'publish-gates';
      readonly gateRun: GateRun;
      readonly result: VerificationResult;
    }
  /** A module that is under way and not in the config any more. */
  | {
      readonly kind: 'report-orphan';
      readonly facts: OrphanFacts;
      /** The pull request whose check is to say so; null where it does. */
      readonly held: PullRequest | null;
      /** Where it is told; null where nobody would read it. */
      readonly conversation: number | null;
      readonly key: string;
    }
  /** A pull request that is no session's gets the required check, green. */
  | { readonly kind: 'pass-foreign'; readonly pull: PullRequest };

/** A decision in the making: the world as read, the state as it will be, and the steps towards it. */
export interface Situation {
  readonly world: World;
  /** Whether commands can still be run in this run. */
  readonly phase: 'plan' | 'orchestrate';
  readonly newSessionId: () => string;
  readonly state: ImplementationState;
  readonly steps: readonly Step[];
  readonly needs: readonly PlannedRun[];
}

export type Rule = (situation: Situation) => Situation;

export function addStep(situation: Situation, step: Step): Situation {
  return {
    ...situation,
    state: stepTransitions(step).reduce(applyTransition, situation.state),
    steps: [...situation.steps, step],
  };
}

export function addNeed(situation: Situation, need: PlannedRun): Situation {
  const known = situation.needs.some((run) => run.kind === need.kind && run.sha === need.sha);
  return known ? situation : { ...situation, needs: [...situation.needs, need] };
}

/** The state after a transition. */
export function applyTransition(
  state: ImplementationState,
  transition: Transition,
): ImplementationState {
  return transition.changes.reduce(applyChange, state);
}

/** Records what was done for a module that stays where it is. */
export function entryTransition(message: string, module: string, patch: EntryNote): Transition {
  return { message, changes: [{ kind: 'entry', module, patch }] };
}

function applyChange(state: ImplementationState, change: StateChange): ImplementationState {
  if (change.kind === 'entry') return updateEntry(state, change.module, change.patch);
  if (change.kind === 'gate-run') return updateHeader(state, { gateRun: change.gateRun });
  return updateHeader(state, { dashboard: change.number });
}

function stepTransitions(step: Step): readonly Transition[] {
  if (step.kind === 'start' || step.kind === 'block')
    return step.claim === null ? [] : [step.claim];
  if (step.kind === 'record') return [step.transition];
  if (step.kind === 'publish') return step.transition === null ? [] : [step.transition];
  return [];
}
