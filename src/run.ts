import { perform } from './act/perform.ts';
import type { Hub, StateStore } from './act/ports.ts';
import { createStage } from './act/stage.ts';
import { decide, type Decision } from './decide/decide.ts';
import type { Situation } from './decide/situation.ts';
import { StateMovedError } from './domain/errors.ts';
import type { ImplementationState } from './domain/implementation-state.ts';
import type { Problem } from './domain/problem.ts';
import type { Trigger } from './domain/trigger.ts';
import type { PlannedRun, VerificationResult } from './domain/verification.ts';
import type { World } from './domain/world.ts';
import { isResultOf, judge } from './judge.ts';

/** How often a run decides anew after losing the race for the state branch; then the next run goes on. */
const MAX_ROUNDS = 8;

/** What a run needs of the outside, so that the story below holds on any of them. */
export interface Outside {
  observe(
    trigger: Trigger,
    verification: VerificationResult | null,
  ): Promise<{
    readonly world: Omit<World, 'judgement'>;
    readonly revision: string | null;
    readonly store: StateStore;
    readonly hub: Hub;
    /** What the spec pack lacks; the modules concerned wait. */
    readonly problems: readonly Problem[];
  }>;
  /** Starts a run of this workflow by itself, for commands that this run could not run. */
  dispatch(run: PlannedRun, world: World, hub: Hub): Promise<void>;
  /** Waits a little, differently for each run, before the state is read again. */
  backOff(round: number): Promise<void>;
  newSessionId(): string;
  tell(line: string): void;
  readonly version: string;
  readonly stateBranch: string;
  readonly runUrl: string | null;
}

export interface RunInput {
  readonly trigger: Trigger;
  readonly verification: VerificationResult | null;
  readonly dryRun: boolean;
}

export interface RunReport {
  readonly world: World;
  readonly decision: Decision;
  /** The state after the run. */
  readonly state: ImplementationState;
  readonly dashboardUrl: string | null;
  /** Why a result that was handed over was not used; null where it was, or there was none. */
  readonly refused: string | null;
  readonly problems: readonly Problem[];
}

/** Observe, decide, act, report; from the start again where another run moved the state in between. */
export async function orchestrate(outside: Outside, input: RunInput): Promise<RunReport> {
  for (let round = 1; ; round += 1) {
    try {
      return await orchestrateOnce(outside, input);
    } catch (error) {
      if (!(error instanceof StateMovedError) || round === MAX_ROUNDS) throw error;
      outside.tell(`${error.message} ${error.fix}`);
      await outside.backOff(round);
    }
  }
}

/** What is to be run before anything can be decided: observe and decide, without a write. */
export async function plan(
  outside: Outside,
  trigger: Trigger,
): Promise<{ readonly world: World; readonly decision: Decision }> {
  const { world: unjudged } = await outside.observe(trigger, null);
  const { world } = judge(unjudged, null);
  return { world, decision: decideOn(outside, world, 'plan') };
}

async function orchestrateOnce(outside: Outside, input: RunInput): Promise<RunReport> {
  const seen = await outside.observe(input.trigger, input.verification);
  const { world, refused } = judgeDue(outside, seen.world, input.verification);
  const decision = decideOn(outside, world, 'orchestrate');
  const { problems } = seen;
  if (input.dryRun) {
    return { world, decision, state: world.state, dashboardUrl: null, refused, problems };
  }
  const stage = createStage({ ...outside, ...seen, world });
  const { dashboardUrl } = await perform(stage, decision);
  // A run that was dispatched for its commands and has no result would dispatch for ever.
  const again = input.trigger.kind !== 'dispatch';
  for (const need of again ? decision.needs : []) await outside.dispatch(need, world, seen.hub);
  return { world, decision, state: stage.state(), dashboardUrl, refused, problems };
}

/**
 * A result counts only for what this run was to verify: a session's own code hands it on, and must not speak for
 * another session.
 */
function judgeDue(
  outside: Outside,
  unjudged: Omit<World, 'judgement'>,
  result: VerificationResult | null,
): ReturnType<typeof judge> {
  const blank = judge(unjudged, null);
  if (result === null) return blank;
  const { needs } = decideOn(outside, blank.world, 'plan');
  return needs.some((need) => isResultOf(result, need))
    ? judge(unjudged, result)
    : { ...blank, refused: 'It is of nothing that this run was to verify.' };
}

function decideOn(outside: Outside, world: World, phase: Situation['phase']): Decision {
  return decide(world, { phase, newSessionId: () => outside.newSessionId() });
}
