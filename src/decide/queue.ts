import type { ModuleConfig } from '../domain/config.ts';
import { unmetGates, type GateVerdict } from '../domain/gate.ts';
import { entryOf, type ImplementationState } from '../domain/implementation-state.ts';
import type { World } from '../domain/world.ts';
import type { Answer, Queue } from './answer.ts';
import { attemptsLeft, blockPatch } from './attempts.ts';
import { evaluateGates } from './gates.ts';
import { plannedGates } from './plan.ts';
import { addNeed, addStep, entryTransition, type Situation } from './situation.ts';
import { beginSession, resumeSession } from './start.ts';

/** Serves the requests in their order, as far as gates and capacity allow; those that cannot start wait, visibly. */
export function serveQueue(situation: Situation): Situation {
  let now = resumeUnfinished(situation);
  let starts = 0;
  for (const module of requestedModules(now.world, now.state)) {
    if (attemptsLeft(entryOf(now.state, module.id), now.world.config) <= 0) {
      now = blockExhausted(now, module);
      continue;
    }
    const verdicts = evaluateGates(now.world, now.state, module);
    const unmet = unmetGates(verdicts);
    if (onlyCommandsUnknown(unmet) && !mergeIsOnItsWay(now.world)) {
      now = addNeed(now, plannedGates(now.world));
    }
    if (unmet.length === 0 && hasCapacity(now, starts)) {
      now = beginSession(now, module, verdicts);
      starts += 1;
    } else {
      now = tellWaiting(now, module, unmet);
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

/** Sessions that a coder works on; one in review waits for a person and takes no place. */
export function runningSessions(state: ImplementationState): number {
  return [...state.entries.values()].filter((entry) => entry.status === 'in-progress').length;
}

function resumeUnfinished(situation: Situation): Situation {
  const { world, state } = situation;
  return [...world.config.modules.values()]
    .filter((module) => {
      const { status, session } = entryOf(state, module.id);
      return status === 'in-progress' && session.pullRequest === null;
    })
    .reduce(resumeSession, situation);
}

function hasCapacity(situation: Situation, starts: number): boolean {
  const { config } = situation.world;
  return (
    !config.paused &&
    starts < config.maxStartsPerRun &&
    runningSessions(situation.state) < config.parallelSessions
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
): Situation {
  const { world, state } = situation;
  const source = entryOf(state, module.id).session.request?.source ?? null;
  if (source === null || onlyCommandsUnknown(unmet)) return situation;
  const answer: Answer = {
    kind: 'waiting',
    module: module.id,
    unmet,
    queue: unmet.length === 0 ? queuePlace(world, state, module) : null,
    paused: world.config.paused,
  };
  const key = `request ${module.id}`;
  return addStep(situation, { kind: 'answer', conversation: source, key, answer });
}

function queuePlace(world: World, state: ImplementationState, module: ModuleConfig): Queue {
  const waiting = requestedModules(world, state);
  return {
    place: waiting.findIndex((one) => one.id === module.id) + 1,
    running: runningSessions(state),
    limit: world.config.parallelSessions,
  };
}

function blockExhausted(situation: Situation, module: ModuleConfig): Situation {
  const { world, state } = situation;
  const entry = entryOf(state, module.id);
  const reason = {
    failureType: null,
    reason: `All ${entry.session.attempt} attempts are spent.`,
    by: 'attempts',
  };
  const end = { outcome: 'failed', failureType: null, issue: reason.reason, at: world.now } as const;
  return addStep(situation, {
    kind: 'block',
    module,
    claim: entryTransition(
      `${module.id}: ${entry.status} → blocked (attempt ${entry.session.attempt})`,
      module.id,
      blockPatch(entry, reason, end),
    ),
    reason,
    target: 'planning-agent',
    pull: null,
    judgement: null,
  });
}
