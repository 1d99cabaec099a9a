import { perform } from './act/perform.ts';
import type { Hub, StateStore } from './act/ports.ts';
import { createStage } from './act/stage.ts';
import { decide, type Decision } from './decide/decide.ts';
import { leavesWorkflowsAlone } from './decide/reruns.ts';
import type { Situation } from './decide/situation.ts';
import type { UserTemplates } from './documents/template.ts';
import {
  AnswerLostError,
  asError,
  RateLimitedError,
  RunNotSeenError,
  SessionwrightError,
  StateMovedError,
  StateRewrittenError,
} from './domain/errors.ts';
import type { ImplementationState } from './domain/implementation-state.ts';
import { tell, toldLine } from './domain/messages/catalogue.ts';
import { manualUrl } from './domain/messages/manual.ts';
import type { Problem } from './domain/problem.ts';
import type { Trigger } from './domain/trigger.ts';
import type { PlannedRun, VerificationResult } from './domain/verification.ts';
import type { World } from './domain/world.ts';
import { isResultOf, judge } from './judge.ts';

/** How often a run reads and decides anew, by what ended the round; then the next run goes on. */
const MAX_AGAIN = {
  /** It lost the race for the state branch. */
  moved: 7,
  /** A write got no answer. */
  lost: 3,
  /** A dashboard names a commit that the state branch does not hold, maybe only not yet wherever it was read. */
  rewritten: 3,
};

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
    /** Pauses while another run may be at work on what it claimed in the state; false once none can be. */
    readonly waitForOthers: (round: number) => Promise<boolean>;
    /** Under the token that may call coders; null where none was given. */
    readonly coderHub: Hub | null;
    /** What the spec pack lacks; the modules concerned wait. */
    readonly problems: readonly Problem[];
    /** The user's own. */
    readonly templates: UserTemplates;
  }>;
  /** Starts a run of this workflow by itself, for commands that this run could not run. */
  dispatch(run: PlannedRun, world: World, hub: Hub): Promise<void>;
  /** Waits a little, differently for each run, before the state is read again. */
  backOff(round: number): Promise<void>;
  /** Waits until every server shows what was written, as lists do what a write without an answer may have made. */
  catchUp(round: number): Promise<void>;
  newSessionId(): string;
  tell(line: string): void;
  /** A session was begun by this very run, and is all there but for the record of it. */
  noteStarted(module: string): void;
  readonly version: string;
  readonly stateBranch: string;
  readonly runUrl: string | null;
}

export interface RunInput {
  readonly trigger: Trigger;
  readonly verification: VerificationResult | null;
  /** What the verify job was to run; it is told before any code of the branch runs. */
  readonly planned: PlannedRun | null;
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

/**
 * Observe, decide, act, report; from the start again where another run moved the state in between, or where a write
 * got no answer: what it did is read back, and never done twice.
 */
export async function orchestrate(outside: Outside, input: RunInput): Promise<RunReport> {
  return againWhereItMoved(outside, () => orchestrateOnce(outside, input));
}

async function againWhereItMoved<T>(outside: Outside, round: () => Promise<T>): Promise<T> {
  const rounds = { moved: 0, lost: 0, rewritten: 0 };
  for (;;) {
    try {
      return await round();
    } catch (error) {
      const end = endOf(error);
      if (end === null || rounds[end] === MAX_AGAIN[end]) throw error;
      rounds[end] += 1;
      outside.tell(`${asError(error).message} It is read again.`);
      await (end === 'moved' ? outside.backOff(rounds.moved) : outside.catchUp(rounds[end]));
    }
  }
}

function endOf(error: unknown): keyof typeof MAX_AGAIN | null {
  if (error instanceof StateMovedError) return 'moved';
  if (error instanceof StateRewrittenError) return 'rewritten';
  return error instanceof AnswerLostError ? 'lost' : null;
}

/** What is to be run before anything can be decided: observe and decide, without a write. */
export async function plan(
  outside: Outside,
  trigger: Trigger,
): Promise<{ readonly world: World; readonly decision: Decision }> {
  return againWhereItMoved(outside, async () => {
    const { world: unjudged } = await outside.observe(trigger, null);
    const { world } = judge(unjudged, null);
    return { world, decision: decideOn(outside, world, 'plan') };
  });
}

async function orchestrateOnce(outside: Outside, input: RunInput): Promise<RunReport> {
  const seen = await outside.observe(input.trigger, input.verification);
  const { world, refused } = judgePlanned(seen.world, input);
  const decision = decideOn(outside, world, 'orchestrate');
  const { problems } = seen;
  if (input.dryRun) {
    return { world, decision, state: world.state, dashboardUrl: null, refused, problems };
  }
  const stage = createStage({ ...outside, ...seen, world });
  const { dashboardUrl, errors } = await perform(stage, decision);
  const undispatched = await dispatchNeeds(outside, {
    world,
    needs: decision.needs,
    hub: seen.hub,
  });
  await throwTogether([...errors, ...undispatched]);
  return { world, decision, state: stage.state(), dashboardUrl, refused, problems };
}

/** Starts what this run could not run; one that cannot be started does not keep the others from it. */
async function dispatchNeeds(
  outside: Outside,
  { world, needs, hub }: { world: World; needs: readonly PlannedRun[]; hub: Hub },
): Promise<readonly Error[]> {
  const failed: Error[] = [];
  for (const need of needs) {
    // A run that was dispatched for the gate commands and has no result would dispatch for ever.
    if (need.kind === 'gates' && world.trigger.kind === 'dispatch') continue;
    if (need.kind === 'verification' && !mayRunOnBranch(world, need.module)) {
      const { module } = need;
      outside.tell(toldLine(tell('branch-changes-workflows', { module })));
      continue;
    }
    await outside.dispatch(need, world, hub).catch((error: unknown) => {
      if (error instanceof RateLimitedError) throw error;
      failed.push(
        error instanceof AnswerLostError ? new RunNotSeenError({ cause: error }) : asError(error),
      );
    });
  }
  return failed;
}

/** One error as it is; several as one that names them all. */
async function throwTogether(errors: readonly Error[]): Promise<void> {
  const [first, ...others] = errors;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  const { explainError } = await import('./github/explain-error.ts');
  const told = errors.map(explainError);
  throw SessionwrightError.of(
    'several-errors',
    {
      errors: told.map(({ message }) => message),
      fixes: told.map((one) => `${one.fix} More: ${manualUrl(one.code)}`),
    },
    { cause: first },
  );
}

function mayRunOnBranch(world: World, module: string): boolean {
  const pull = world.pulls.get(module);
  return pull !== undefined && leavesWorkflowsAlone(pull);
}

/**
 * A result counts only for what the verify job was to run: a session's own code hands it on, and must speak
 * neither for another session nor for the gates.
 */
function judgePlanned(
  unjudged: Omit<World, 'judgement'>,
  { verification, planned }: RunInput,
): ReturnType<typeof judge> {
  if (verification === null) return judge(unjudged, null);
  return planned !== null && isResultOf(verification, planned)
    ? judge(unjudged, verification)
    : { ...judge(unjudged, null), refused: 'It is not of what the verify job was to run.' };
}

function decideOn(outside: Outside, world: World, phase: Situation['phase']): Decision {
  return decide(world, { phase, newSessionId: () => outside.newSessionId() });
}
