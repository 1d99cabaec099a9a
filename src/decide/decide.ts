import type { GateRun } from '../domain/gate.ts';
import {
  commandPassed,
  type CommandResult,
  type PlannedRun,
  type VerificationResult,
} from '../domain/verification.ts';
import type { World } from '../domain/world.ts';
import { followPullRequests, tellGivenBack } from './closures.ts';
import { obeyComments } from './comments.ts';
import { heedEscalations } from './escalations.ts';
import { heedClaims } from './halts.ts';
import { passForeign, refuseUnverifiable, verifyHeads } from './heads.ts';
import { reportMergeGroup } from './merge-group.ts';
import { reportOrphans, resumeReturned } from './orphans.ts';
import { serveQueue } from './queue.ts';
import { heedReopened } from './reopened.ts';
import { acceptLabels, acceptNamed, clearServedLabels, requestByItself } from './requests.ts';
import { updateHeader } from '../domain/state-file.ts';
import { compact } from './compact.ts';
import { closeDuplicates } from './duplicates.ts';
import { tellDrift } from './drift.ts';
import type { Rule, Situation, Step } from './situation.ts';
import { closeStale } from './stale.ts';
import { endTimedOut } from './time-outs.ts';
import { applyVerification } from './verification.ts';

/** In their order: what happened is taken in first, what follows from it comes after. */
const RULES: readonly Rule[] = [
  takeGateResult,
  acceptLabels,
  obeyComments,
  acceptNamed,
  refuseUnverifiable,
  clearServedLabels,
  heedClaims,
  applyVerification,
  tellGivenBack,
  followPullRequests,
  heedEscalations,
  heedReopened,
  endTimedOut,
  requestByItself,
  // A run verifies the first that is due, and the head or group it was woken for must not wait behind the gates.
  verifyHeads,
  reportMergeGroup,
  serveQueue,
  closeStale,
  closeDuplicates,
  tellDrift,
  resumeReturned,
  reportOrphans,
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

/**
 * The gate commands' result of this run joins the state, so that they run once per base commit; one that
 * could not be run has no verdict yet and is taken from the next run.
 */
function takeGateResult(situation: Situation): Situation {
  const { gateResult, base } = situation.world;
  if (gateResult?.sha !== base.sha) return situation;
  const known = situation.state.gateRun;
  const gateRun = mergeGateRun(known?.sha === base.sha ? known : null, gateResult);
  if (gateRun === null) return situation;
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

/** Null where the result tells nothing new. */
function mergeGateRun(known: GateRun | null, result: VerificationResult): GateRun | null {
  const settled = Object.entries(known?.results ?? {}).filter(
    ([, verdict]) => verdict !== 'infrastructure',
  );
  const results = Object.fromEntries([
    ...result.commands.map((one) => [one.id, gateVerdict(one)] as const),
    ...settled,
  ]);
  const isNew = Object.entries(results).some(([id, verdict]) => known?.results[id] !== verdict);
  return known === null || isNew ? { sha: result.sha, results } : null;
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
