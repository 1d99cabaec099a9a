import type { StartStep, Step, Transition } from './situation.ts';

/**
 * Joins what one commit can tell: requests that start in this run, and the gates' result, go into the next
 * claim. They never wait behind a step that may fail, so that a run cut off there has them on record.
 */
export function compact(steps: readonly Step[]): readonly Step[] {
  const kept: Step[] = [];
  let joined: readonly Transition[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'record' && joinsNextClaim(step.transition, steps.slice(index + 1))) {
      joined = [...joined, step.transition];
    } else if (step.kind === 'start') {
      kept.push(withChanges(step, joined));
      joined = [];
    } else {
      kept.push(step);
    }
  }
  return kept;
}

function withChanges(step: StartStep, joined: readonly Transition[]): StartStep {
  if (step.claim === null) return step;
  const before = joined.flatMap((transition) => transition.changes);
  return { ...step, claim: { ...step.claim, changes: [...before, ...step.claim.changes] } };
}

function joinsNextClaim(transition: Transition, later: readonly Step[]): boolean {
  const next = later.find(mayFail);
  if (next?.kind !== 'start' || next.claim === null) return false;
  return transition.changes.every(
    (change) =>
      change.kind === 'gate-run' ||
      (change.kind === 'entry' && isRequest(transition) && isClaimed(change.module, later)),
  );
}

/** Steps that reach beyond the state; the others are kept for later, or are one commit. */
function mayFail(step: Step): boolean {
  return step.kind === 'start' || step.kind === 'block' || step.kind === 'publish';
}

function isRequest(transition: Transition): boolean {
  return transition.edge === 'request';
}

function isClaimed(module: string, later: readonly Step[]): boolean {
  return later.some(
    (step) => step.kind === 'start' && step.module.id === module && step.claim !== null,
  );
}
