import type { ModuleConfig } from '../domain/config.ts';
import { parseClaim } from '../domain/claim.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { failureTable } from '../domain/failure.ts';
import { entryOf } from '../domain/implementation-state.ts';
import { hasRole, type World } from '../domain/world.ts';
import type { Answer } from './answer.ts';
import { blockPatch } from './attempts.ts';
import type { Command } from './commands.ts';
import { addStep, entryTransition, type Situation } from './situation.ts';

/** A coder that claims HALT on its session's head blocks the module. */
export function heedClaims(situation: Situation): Situation {
  return [...situation.world.config.modules.values()].reduce(heedClaim, situation);
}

function heedClaim(situation: Situation, module: ModuleConfig): Situation {
  const entry = entryOf(situation.state, module.id);
  const pull = situation.world.pulls.get(module.id);
  const active = entry.status === 'in-progress' || entry.status === 'review';
  if (!active || pull?.state !== 'open' || pull.claim === null) return situation;
  const claim = parseClaim(pull.claim, module.id);
  if (claim?.kind !== 'halt') return situation;
  return halt(situation, module, {
    failureType: claim.failureType,
    reason: claim.reason,
    by: 'claim',
  });
}

/** `/session halt <type> <reason>` on a session's pull request, by somebody who may. */
export function haltByCommand(situation: Situation, command: HaltCommand): Situation {
  const { world } = situation;
  const { trigger } = world;
  if (trigger.kind !== 'comment') return situation;
  const { number, commentId, sender } = trigger;
  const { failureType, reason } = command;
  const module = moduleOfPull(world, number);
  const before = haltedBefore(world, number, reason);
  if (module === null && before !== null) {
    return answer(situation, number, commentId, { kind: 'halted', module: before, failureType });
  }
  const refusal = refuseHalt(world, module, command, sender.login);
  if (module === null || refusal !== null) {
    return refusal === null ? situation : answer(situation, number, commentId, refusal);
  }
  const halted = halt(situation, module, { failureType, reason, by: { login: sender.login } });
  return answer(halted, number, commentId, { kind: 'halted', module: module.id, failureType });
}

type HaltCommand = Command & { readonly kind: 'halt' };

function refuseHalt(
  world: World,
  module: ModuleConfig | null,
  command: HaltCommand,
  login: string,
): Answer | null {
  const types = failureTable(world.config.failures).map((row) => row.id);
  if (module === null) return { kind: 'halt-refused', why: 'no-session', types };
  if (command.failureType === null || !types.includes(command.failureType)) {
    return { kind: 'halt-refused', why: 'unknown-type', types };
  }
  if (command.reason === '') return { kind: 'halt-refused', why: 'no-reason', types };
  if (hasRole(world, login, 'write')) return null;
  return { kind: 'not-permitted', login, needs: 'write', what: 'halt a session' };
}

/** The module that this very command blocked in a run before, whose event came again or that was cut off. */
function haltedBefore(world: World, pull: number, reason: string): string | null {
  for (const id of world.config.modules.keys()) {
    const { status, blockedReason, session } = entryOf(world.state, id);
    if (status === 'blocked' && session.pullRequest === pull && blockedReason === reason) return id;
  }
  return null;
}

/** The module whose running session has this pull request. */
export function moduleOfPull(world: World, number: number): ModuleConfig | null {
  for (const [id, pull] of world.pulls) {
    if (pull.number !== number) continue;
    const { status } = entryOf(world.state, id);
    const active = status === 'in-progress' || status === 'review';
    return active ? (world.config.modules.get(id) ?? null) : null;
  }
  return null;
}

function halt(situation: Situation, module: ModuleConfig, reason: HaltReason): Situation {
  const { world, state } = situation;
  const entry = entryOf(state, module.id);
  const pull = world.pulls.get(module.id) ?? null;
  const { failureType } = reason;
  const end = { outcome: 'halted', failureType, issue: reason.reason, at: world.now } as const;
  const patch = blockPatch(entry, reason, end);
  const headSha = pull?.headSha ?? entry.session.headSha;
  return addStep(situation, {
    kind: 'block',
    module,
    claim: entryTransition(
      `${module.id}: ${entry.status} → blocked (attempt ${entry.session.attempt})`,
      module.id,
      { ...patch, session: { ...patch.session, headSha } },
    ),
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

function answer(
  situation: Situation,
  conversation: number,
  comment: string,
  told: Answer,
): Situation {
  return addStep(situation, {
    kind: 'answer',
    conversation,
    key: `comment ${comment}`,
    answer: told,
  });
}
