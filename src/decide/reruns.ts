import type { ModuleConfig } from '../domain/config.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import { RERUNS_LIMIT } from '../domain/verification.ts';
import type { Judgement, PullRequest } from '../domain/world.ts';
import { plannedVerification } from './plan.ts';
import { addNeed, addStep, entryTransition, type Situation } from './situation.ts';

interface Unverified {
  readonly module: ModuleConfig;
  readonly pull: PullRequest;
  /** Null where nothing came back from the verify job. */
  readonly judgement: Judgement | null;
}

/**
 * A head that the runner, the network or the set-up kept from being verified. The count is in the state before the
 * run is started, and the check waits meanwhile: where this run dies in between, the sweep starts it.
 */
export function runAgain(situation: Situation, unverified: Unverified): Situation {
  const { module, pull, judgement } = unverified;
  const { world, state } = situation;
  const time = timesRunAgain(entryOf(state, module.id), pull) + 1;
  const common = { kind: 'publish', module, pull, judgement } as const;
  if (time > RERUNS_LIMIT || pull.state !== 'open' || !leavesWorkflowsAlone(pull)) {
    const outcome = { kind: 'infrastructure', again: null } as const;
    return addStep(situation, { ...common, outcome, transition: null });
  }
  const again = { time, limit: RERUNS_LIMIT };
  const told = addStep(situation, {
    ...common,
    outcome: { kind: 'infrastructure', again },
    transition: entryTransition(
      `${module.id}: head ${pull.headSha.slice(0, 7)} is verified again (${time} of ${RERUNS_LIMIT})`,
      module.id,
      { session: { reruns: { sha: pull.headSha, times: time, at: world.now } } },
    ),
  });
  return addNeed(told, plannedVerification(world, module, pull));
}

/** Whether a head was run again as often as it may be, so that nothing more comes of it by itself. */
export function isGivenUpOn(entry: ModuleEntry, pull: PullRequest): boolean {
  return pull.check?.conclusion === 'FAILURE' && timesRunAgain(entry, pull) >= RERUNS_LIMIT;
}

/** A dispatch on a branch runs that branch's own workflow file, so it must be the base's. */
export function leavesWorkflowsAlone(pull: PullRequest): boolean {
  const isWorkflow = (path: string | null | undefined): boolean =>
    path?.startsWith('.github/') === true;
  if (!pull.filesComplete) return false;
  return !pull.files.some(({ path, previousPath }) => isWorkflow(path) || isWorkflow(previousPath));
}

function timesRunAgain({ session }: ModuleEntry, pull: PullRequest): number {
  return session.reruns?.sha === pull.headSha ? session.reruns.times : 0;
}
