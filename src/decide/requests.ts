import { entryOf, type ImplementationState, type Request } from '../domain/implementation-state.ts';
import { hasRole, type World } from '../domain/world.ts';
import type { Answer } from './answer.ts';
import { addStep, entryTransition, type Situation } from './situation.ts';

/** The label that asks for every ready module; `ready` is therefore no module's id. */
const READY = 'ready';
const LABEL = /^session:(.+)$/u;

/** A label that asks for a module becomes a request, and is answered where it was put on. */
export function acceptLabel(situation: Situation): Situation {
  const { trigger, source } = situation.world;
  if (trigger.kind !== 'label' || source === null) return situation;
  const asked = LABEL.exec(trigger.label)?.[1];
  const label = source.labels.find((one) => one.name === trigger.label);
  // A label that is gone was handled by an earlier run.
  if (asked === undefined || label === undefined) return situation;
  const handled = addStep(situation, {
    kind: 'remove-label',
    conversation: source.number,
    label: label.id,
  });
  const { login } = trigger.sender;
  if (!hasRole(situation.world, login, 'triage')) {
    const what = `ask for a session with \`${label.name}\``;
    return reply(handled, label.name, { kind: 'not-permitted', login, needs: 'triage', what });
  }
  const request = { source: source.number, by: login, at: situation.world.now };
  if (asked === READY) return requestReady(handled, label.name, request);
  const refusal = refuseRequest(situation, asked);
  return refusal === null
    ? requestModule(handled, asked, request)
    : reply(handled, label.name, refusal);
}

/** Modules named by a pushed commit's trailer, or by a dispatch, become requests. */
export function acceptNamed(situation: Situation): Situation {
  const { trigger } = situation.world;
  if (trigger.kind !== 'push' && trigger.kind !== 'dispatch') return situation;
  const named =
    trigger.kind === 'push' ? trigger.requested : trigger.module === null ? [] : [trigger.module];
  const request = { source: null, by: trigger.sender.login, at: situation.world.now };
  return named
    .filter((id) => refuseRequest(situation, id) === null)
    .reduce((now, id) => requestModule(now, id, request), situation);
}

/** With `auto-start`, every module whose dependencies are complete is requested by itself. */
export function requestByItself(situation: Situation): Situation {
  if (!situation.world.config.autoStart) return situation;
  const request = { source: null, by: 'auto-start', at: situation.world.now };
  return readyModules(situation.world, situation.state)
    .filter((id) => entryOf(situation.state, id).session.attempt === 0)
    .reduce((now, id) => requestModule(now, id, request), situation);
}

/** Modules that nobody asked for yet and whose dependencies are complete. */
export function readyModules(world: World, state: ImplementationState): readonly string[] {
  return [...world.config.modules.values()]
    .filter((module) => {
      const entry = entryOf(state, module.id);
      const free = entry.status === 'pending' && entry.session.request === null;
      return free && module.dependsOn.every((id) => entryOf(state, id).status === 'complete');
    })
    .map((module) => module.id);
}

function pendingModules(world: World): readonly string[] {
  return [...world.config.modules.keys()].filter(
    (id) => entryOf(world.state, id).status === 'pending',
  );
}

export function refuseRequest(situation: Situation, id: string): Answer | null {
  const { world, state } = situation;
  if (!world.config.modules.has(id)) {
    return { kind: 'unknown-module', asked: id, nearest: world.graph.nearestIds(id) };
  }
  const { status, session } = entryOf(state, id);
  if (status !== 'pending') {
    const { pullRequest, escalation } = session;
    return { kind: 'already', module: id, status, pullRequest, escalation };
  }
  if (session.request === null) return null;
  return { kind: 'requested-before', module: id, by: session.request.by };
}

export function requestModule(situation: Situation, id: string, request: Request): Situation {
  const transition = entryTransition(`${id}: requested`, id, {
    status: 'pending',
    session: { request },
  });
  return addStep(situation, { kind: 'record', transition });
}

function requestReady(situation: Situation, label: string, request: Request): Situation {
  const ready = readyModules(situation.world, situation.state);
  if (ready.length > 0) return ready.reduce((now, id) => requestModule(now, id, request), situation);
  const waiting = pendingModules(situation.world);
  return reply(situation, label, { kind: 'nothing-ready', waiting });
}

function reply(situation: Situation, label: string, answer: Answer): Situation {
  const { source } = situation.world;
  if (source === null) return situation;
  const key = `label ${label}`;
  return addStep(situation, { kind: 'answer', conversation: source.number, key, answer });
}
