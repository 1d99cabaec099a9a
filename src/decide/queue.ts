import type { ModuleConfig } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { unmetGates, type GateVerdict } from '../domain/gate.ts';
import { entryOf, type ImplementationState } from '../domain/implementation-state.ts';
import type { World } from '../domain/world.ts';
import type { Answer, Queue } from '../domain/answer.ts';
import { attemptsLeft, blockRecord } from './attempts.ts';
import { evaluateGates } from './gates.ts';
import { plannedGates } from './plan.ts';
import { move } from './move.ts';
import { tellSource } from './request-source.ts';
import { addNeed, addStep, type BlockStep, type Situation } from './situation.ts';
import { beginSession, resumeSession } from './start.ts';

/** Serves the requests in their order, as far as gates and capacity allow; those that cannot start wait, visibly. */
export function serveQueue(situation: Situation): Situation {
  let now = resumeUnfinished(situation);
  let starts = 0;
  let queued = 0;
  for (const module of requestedModules(now.world, now.state)) {
    if (attemptsLeft(entryOf(now.state, module.id), now.world.config) <= 0) {
      now = blockExhausted(now, module);
      continue;
    }
    const verdicts = evaluateGates(now.world, now.state, module);
    const unmet = unmetGates(verdicts);
    now = askForCommands(now, unmet);
    if (unmet.length === 0 && hasCapacity(now, starts)) {
      now = beginSession(now, module, verdicts);
      starts += 1;
    } else {
      queued += unmet.length === 0 ? 1 : 0;
      now = tellWaiting(now, module, unmet, queued);
    }
  }
  return now;
}

/** Modules with an open request: the longest chain that they unblock first, then the oldest request. */
export function requestedModules(
  world: World,
  state: ImplementationState,
): readonly ModuleConfig[] {
  const at = (module: ModuleConfig): string => entryOf(state, module.id).session.request?.at ?? '';
  return [...world.config.modules.values()]
    .filter((module) => {
      const { status, session } = entryOf(state, module.id);
      return status === 'pending' && session.request !== null;
    })
    .sort(
      (a, b) =>
        world.graph.longestChainFrom(b.id) - world.graph.longestChainFrom(a.id) ||
        at(a).localeCompare(at(b)),
    );
}

/** Where a request stands that nothing but room is lacking for; null of any other. */
export function placeInQueue({ world, state }: Situation, module: ModuleConfig): Queue | null {
  const able = requestedModules(world, state).filter(
    (one) => unmetGates(evaluateGates(world, state, one)).length === 0,
  );
  const queue = queueAt(able.indexOf(module) + 1, world, state);
  const isHeld = world.config.paused || queue.running + queue.place > queue.limit;
  return queue.place > 0 && isHeld ? queue : null;
}

/**
 * Sessions that a coder works on; one in review waits for a person and takes no place, and neither does one whose
 * module is not in the config any more.
 */
function runningSessions({ config }: World, state: ImplementationState): number {
  return [...config.modules.keys()].filter((id) => entryOf(state, id).status === 'in-progress')
    .length;
}

function resumeUnfinished(situation: Situation): Situation {
  const { world, state } = situation;
  return [...world.config.modules.values()]
    .filter((module) => {
      const { status, session } = entryOf(state, module.id);
      return status === 'in-progress' && session.pullRequest === null;
    })
    .reduce(resumeOrWait, situation);
}

/** It keeps its place among those that run. */
function resumeOrWait(situation: Situation, module: ModuleConfig): Situation {
  const verdicts = evaluateGates(situation.world, situation.state, module);
  const resumed = resumeSession(situation, module, verdicts);
  if (resumed !== null) return resumed;
  const unmet = unmetGates(verdicts);
  return tellWaiting(askForCommands(situation, unmet), module, unmet, 0);
}

function askForCommands(situation: Situation, unmet: readonly GateVerdict[]): Situation {
  if (!onlyCommandsUnknown(unmet) || mergeIsOnItsWay(situation.world)) return situation;
  return addNeed(situation, plannedGates(situation.world));
}

function hasCapacity(situation: Situation, starts: number): boolean {
  const { config } = situation.world;
  return (
    !config.paused &&
    starts < config.maxStartsPerRun &&
    runningSessions(situation.world, situation.state) < config.parallelSessions
  );
}

function onlyCommandsUnknown(unmet: readonly GateVerdict[]): boolean {
  return (
    unmet.length > 0 &&
    unmet.every((gate) => gate.verdict === 'unknown' && gate.gate.startsWith('command:'))
  );
}

/** A merge is told twice, as a push and as a closed pull request: the second brings the gate commands' result. */
function mergeIsOnItsWay(world: World): boolean {
  if (world.trigger.kind !== 'push') return false;
  return [...world.pulls.values()].some((pull) => pull.mergeSha === world.base.sha);
}

/** Says why a request waits, on the conversation it came from, once for each reason. */
function tellWaiting(
  situation: Situation,
  module: ModuleConfig,
  unmet: readonly GateVerdict[],
  place: number,
): Situation {
  const { world, state } = situation;
  const source = entryOf(state, module.id).session.request?.source ?? null;
  if (source === null || isAboutToBeKnown(situation, unmet)) return situation;
  const answer: Answer = {
    kind: 'waiting',
    module: module.id,
    unmet,
    queue: unmet.length === 0 ? queueAt(place, world, state) : null,
    paused: world.config.paused,
  };
  const key = `request ${module.id}`;
  return addStep(situation, { kind: 'answer', conversation: source, key, answer });
}

/** The gate commands are on their way; a run that was started for them and brought nothing says so. */
function isAboutToBeKnown({ world, state }: Situation, unmet: readonly GateVerdict[]): boolean {
  const ran = state.gateRun?.sha === world.base.sha;
  return onlyCommandsUnknown(unmet) && !ran && world.trigger.kind !== 'dispatch';
}

/** `place` is among those that could start, were there room. */
function queueAt(place: number, world: World, state: ImplementationState): Queue {
  return { place, running: runningSessions(world, state), limit: world.config.parallelSessions };
}

function blockExhausted(situation: Situation, module: ModuleConfig): Situation {
  const { world, state } = situation;
  const entry = entryOf(state, module.id);
  const reason: HaltReason = {
    failureType: null,
    reason: `All attempts are spent (${entry.session.attempt}).`,
    by: 'attempts',
  };
  const end = {
    outcome: 'failed',
    failureType: null,
    issue: reason.reason,
    at: world.now,
  } as const;
  const block: BlockStep = {
    kind: 'block',
    module,
    claim: move(state, {
      edge: 'exhaust',
      module: module.id,
      recorded: blockRecord(entry, { reason, end, headSha: entry.session.headSha }),
      tail: `(attempt ${entry.session.attempt})`,
    }),
    reason,
    target: 'planning-agent',
    pull: null,
    judgement: null,
  };
  const answer: Answer = {
    kind: 'exhausted',
    module: module.id,
    attempts: entry.session.attempt,
  };
  return addStep(tellSource(situation, module.id, entry, answer), block);
}
