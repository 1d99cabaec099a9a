import type { ModuleConfig } from '../domain/config.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import { absentModules } from '../domain/orphans.ts';
import { addStep, type Situation } from './situation.ts';

/**
 * A pull request whose session is over and that is open is closed with a pointer: somebody opened it again, or the
 * run that cancelled the session ended before it could.
 */
export function closeStale(situation: Situation): Situation {
  const { config } = situation.world;
  const modules = [...config.modules.values(), ...absentModules(config, situation.state)];
  return modules.reduce(closeOfModule, situation);
}

function closeOfModule(situation: Situation, module: ModuleConfig): Situation {
  const entry = entryOf(situation.state, module.id);
  const past = entry.session.history.map((attempt) => attempt.pullRequest);
  const numbers = new Set([...past, entry.session.pullRequest].filter((one) => one !== null));
  return [...numbers]
    .filter((number) => isOver(entry, number) && isOpen(situation, module, number))
    .filter((number) => !isSuperseded(situation, number))
    .reduce((now, number) => close(now, module, number), situation);
}

/** One that waits to be started again is closed by its next attempt, which can point to itself. */
function isOver({ status, session }: ModuleEntry, number: number): boolean {
  if (number !== session.pullRequest || status === 'complete') return true;
  return status === 'pending' && session.request === null;
}

function isOpen({ world }: Situation, module: ModuleConfig, number: number): boolean {
  const pull = world.pulls.get(module.id);
  if (pull?.number === number) return pull.open;
  return world.conversations.get(number)?.open === true;
}

function isSuperseded({ steps }: Situation, number: number): boolean {
  return steps.some((step) => step.kind === 'start' && step.supersedes === number);
}

function close(situation: Situation, module: ModuleConfig, number: number): Situation {
  const { status, session } = entryOf(situation.state, module.id);
  const isLive = status !== 'pending' && status !== 'complete';
  const current = isLive && session.pullRequest !== number ? session.pullRequest : null;
  const answer = { kind: 'stale-pull-request', module: module.id, status, current } as const;
  // A command that stands right there has its own answer.
  const { trigger } = situation.world;
  const isTold =
    (trigger.kind === 'comment' && trigger.number === number) ||
    situation.steps.some((step) => step.kind === 'respond' && step.conversation === number);
  return addStep(situation, {
    kind: 'close-pull-request',
    conversation: number,
    pointer: isTold ? null : { key: `stale ${status} ${session.attempt}`, answer },
  });
}
