import type { GateRun } from '../domain/gate.ts';
import { commandPassed, type CommandResult, type PlannedRun } from '../domain/verification.ts';
import type { World } from '../domain/world.ts';
import { followPullRequests } from './closures.ts';
import { obeyComment } from './comments.ts';
import { heedEscalations } from './escalations.ts';
import { heedClaims } from './halts.ts';
import { passForeign, verifyHeads } from './heads.ts';
import { serveQueue } from './queue.ts';
import { acceptLabel, acceptNamed, requestByItself } from './requests.ts';
import { updateHeader } from '../domain/state-file.ts';
import type { Rule, Situation, Step, Transition } from './situation.ts';
import { applyVerification } from './verification.ts';

/** In their order: what happened is taken in first, what follows from it comes after. */
const RULES: readonly Rule[] = [
  takeGateResult,
  acceptLabel,
  obeyComment,
  acceptNamed,
  heedClaims,
  applyVerification,
  followPullRequests,
  heedEscalations,
  requestByItself,
  serveQueue,
  verifyHeads,
  passForeign,
];

export interface Decision {
  readonly steps: readonly Step[];
  /** What must be run before more can be decided. */
  readonly needs: readonly PlannedRun[];
}

/** What is to be done about the world as it is; `plan` looks for what to run, `orchestrate` acts on it. */
export function decide(
  world: World,
  options: { readonly phase: Situation['phase']; readonly newSessionId: () => string },
): Decision {
  let situation: Situation = { world, ...options, state: world.state, steps: [], needs: [] };
  for (const rule of RULES) situation = rule(situation);
  return { steps: compact(situation.steps), needs: situation.needs };
}

/** The gate commands' result of this run joins the state, so that they run once per base commit. */
function takeGateResult(situation: Situation): Situation {
  const { gateResult, base } = situation.world;
  if (gateResult === null || gateResult.sha !== base.sha) return situation;
  if (situation.state.gateRun?.sha === base.sha) return situation;
  const gateRun: GateRun = {
    sha: base.sha,
    results: Object.fromEntries(gateResult.commands.map((one) => [one.id, gateVerdict(one)])),
  };
  const at = base.sha.slice(0, 7);
  const transition = {
    message: `gates: ${describeGates(gateRun)} on ${at}`,
    changes: [{ kind: 'gate-run', gateRun }],
  } as const;
  return {
    ...situation,
    state: updateHeader(situation.state, { gateRun }),
    steps: [
      ...situation.steps,
      { kind: 'record', transition },
      { kind: 'publish-gates', gateRun, result: gateResult },
    ],
  };
}

function gateVerdict(result: CommandResult): GateRun['results'][string] {
  if (commandPassed(result)) return 'passed';
  return result.outcome.kind === 'exited' && result.outcome.exitCode < 126
    ? 'failed'
    : 'infrastructure';
}

function describeGates(gateRun: GateRun): string {
  const results = Object.values(gateRun.results);
  const failed = results.filter((result) => result !== 'passed').length;
  return failed === 0 ? `${results.length} passed` : `${failed} of ${results.length} not passed`;
}

/**
 * Joins what one commit can tell: a request that starts in the same run, and the gates' result, go into
 * the claim that they lead to.
 */
function compact(steps: readonly Step[]): readonly Step[] {
  const pending: Transition[] = [];
  const kept: Step[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'record' && leadsToClaim(step.transition, steps.slice(index + 1))) {
      pending.push(step.transition);
    } else if (step.kind === 'start' && step.claim !== null) {
      const joined = pending.splice(0).flatMap((transition) => transition.changes);
      const claim = { ...step.claim, changes: [...joined, ...step.claim.changes] };
      kept.push({ ...step, claim });
    } else {
      kept.push(step);
    }
  }
  return kept;
}

function leadsToClaim(transition: Transition, later: readonly Step[]): boolean {
  const start = later.find((step) => step.kind === 'start');
  if (start?.kind !== 'start' || start.claim === null) return false;
  return transition.changes.every(
    (change) =>
      change.kind === 'gate-run' ||
      (change.kind === 'entry' &&
        change.module === start.module.id &&
        transition.message.endsWith(': requested')),
  );
}
