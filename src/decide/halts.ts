import type { ModuleConfig } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { failureTable } from '../domain/failure.ts';
import { entryOf } from '../domain/implementation-state.ts';
import type { World } from '../domain/world.ts';
import { blockRecord } from './attempts.ts';
import { isUntouched } from './continuation.ts';
import { move } from './move.ts';
import { addStep, type Situation } from './situation.ts';

/** A coder that claims HALT on its session's head blocks the module. */
export function heedClaims(situation: Situation): Situation {
  return [...situation.world.config.modules.values()].reduce(heedClaim, situation);
}

function heedClaim(situation: Situation, module: ModuleConfig): Situation {
  const entry = entryOf(situation.state, module.id);
  const pull = situation.world.pulls.get(module.id);
  const active = entry.status === 'in-progress' || entry.status === 'review';
  if (!active || pull?.state !== 'open' || pull.claim?.kind !== 'halt') return situation;
  if (isUntouched(situation.world, module)) return situation;
  const { claim } = pull;
  return halt(situation, module, {
    failureType: claim.failureType,
    reason: claim.reason,
    by: 'claim',
  });
}

/** Blocks a module whose session has to stop, and escalates it; `command` is the order that says so. */
export function halt(
  situation: Situation,
  module: ModuleConfig,
  reason: HaltReason,
  command?: string,
): Situation {
  const { world, state } = situation;
  const entry = entryOf(state, module.id);
  const pull = world.pulls.get(module.id) ?? null;
  const { failureType } = reason;
  const end = { outcome: 'halted', failureType, issue: reason.reason, at: world.now } as const;
  const headSha = pull?.headSha ?? entry.session.headSha;
  return addStep(situation, {
    kind: 'block',
    module,
    claim: move(state, {
      edge: 'halt',
      module: module.id,
      recorded: blockRecord(entry, { reason, end, headSha }),
      tail: `(attempt ${entry.session.attempt})`,
      ...(command === undefined ? {} : { command }),
    }),
    reason,
    target: haltTarget(world, failureType),
    pull,
    judgement: null,
  });
}

/** Whom a HALT goes to; one that names no known type goes to the planning agent. */
function haltTarget(world: World, failureType: string | null): string {
  const row = failureTable(world.config.failures).find((one) => one.id === failureType);
  return row?.target ?? 'planning-agent';
}
