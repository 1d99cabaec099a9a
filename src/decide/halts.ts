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
export function haltByCommand(
  situation: Situation,
  command: Command & { readonly kind: 'halt' },
): Situation {
  const { world } = situation;
  const { trigger } = world;
  if (trigger.kind !== 'comment') return situation;
  const module = moduleOfPull(world, trigger.number);
  const types = failureTable(world.config.failures).map((row) => row.id);
  const refused = (why: (Answer & { kind: 'halt-refused' })['why']): Situation =>
    answer(situation, trigger.number, trigger.commentId, { kind: 'halt-refused', why, types });
  if (module === null) return refused('no-session');
  if (command.failureType === null || !types.includes(command.failureType)) {
    return refused('unknown-type');
  }
  if (command.reason === '') return refused('no-reason');
  if (!hasRole(world, trigger.sender.login, 'write')) {
    const what = 'halt a session';
    return answer(situation, trigger.number, trigger.commentId, {
      kind: 'not-permitted',
      login: trigger.sender.login,
      needs: 'write',
      what,
    });
  }
  const halted = halt(situation, module, {
    failureType: command.failureType,
    reason: command.reason,
    by: trigger.sender.login,
  });
  const { failureType } = command;
  return answer(halted, trigger.number, trigger.commentId, {
    kind: 'halted',
    module: module.id,
    failureType,
  });
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

function answer(situation: Situation, conversation: number, comment: string, told: Answer): Situation {
  return addStep(situation, { kind: 'answer', conversation, key: `comment ${comment}`, answer: told });
}
