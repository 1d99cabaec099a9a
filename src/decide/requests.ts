import { entryOf, type ImplementationState, type Request } from '../domain/implementation-state.ts';
import { READY } from '../domain/labels.ts';
import { orphansOf } from '../domain/orphans.ts';
import { hasRole, type Conversation, type World } from '../domain/world.ts';
import type { Answer } from '../domain/answer.ts';
import { move } from './move.ts';
import { orphanFacts } from './orphans.ts';
import { addStep, type Situation } from './situation.ts';

const LABEL = /^session:(.+)$/u;

/** Labels that ask for a module become requests, and are answered where they were put on. */
export function acceptLabels(situation: Situation): Situation {
  return asksOf(situation.world).reduce(acceptLabel, situation);
}

interface Ask {
  readonly label: string;
  readonly login: string;
  readonly source: Conversation | null;
}

/** The label that woke us, or in a sweep those whose events were lost. */
function asksOf({ trigger, source, askingLabels, conversations }: World): readonly Ask[] {
  if (trigger.kind === 'label') {
    return [{ label: trigger.label, login: trigger.sender.login, source }];
  }
  return askingLabels.map(({ number, label, by }) => ({
    label,
    login: by ?? 'ghost',
    source: conversations.get(number) ?? null,
  }));
}

function acceptLabel(situation: Situation, { label: name, login, source }: Ask): Situation {
  const asked = LABEL.exec(name)?.[1];
  const label = source?.labels.find((one) => one.name === name);
  // A label that is gone was handled by an earlier run.
  if (source === null || asked === undefined || label === undefined) return situation;
  const { number } = source;
  const handled = addStep(situation, {
    kind: 'remove-label',
    conversation: number,
    label: label.id,
  });
  if (!hasRole(situation.world, login, 'triage')) {
    const what = `ask for a session with \`${name}\``;
    const answer = { kind: 'not-permitted', login, needs: 'triage', what } as const;
    return reply(handled, number, name, answer);
  }
  const request = { source: number, by: login, at: situation.world.now };
  if (asked === READY) return requestReady(handled, number, name, request);
  if (isTakenIn(situation, asked, request)) return handled;
  const refusal = refuseRequest(situation, asked);
  return refusal === null
    ? requestModule(handled, asked, request)
    : reply(handled, number, name, refusal);
}

/** A label whose request the state holds comes off, also where the run that recorded it stopped before it did. */
export function clearServedLabels(situation: Situation): Situation {
  return [...situation.world.config.modules.keys()].reduce(clearServedLabel, situation);
}

function clearServedLabel(situation: Situation, id: string): Situation {
  const source = requestSource(situation, id);
  const conversation = source === null ? undefined : situation.world.conversations.get(source);
  const names = [`session:${id}`, `session:${READY}`];
  const label = conversation?.labels.find((one) => names.includes(one.name));
  if (conversation === undefined || label === undefined) return situation;
  const { number } = conversation;
  const cleared = situation.steps.some(
    (step) =>
      step.kind === 'remove-label' && step.conversation === number && step.label === label.id,
  );
  return cleared
    ? situation
    : addStep(situation, { kind: 'remove-label', conversation: number, label: label.id });
}

/** Where the request that the state held before this run came from. */
function requestSource({ world }: Situation, id: string): number | null {
  return entryOf(world.state, id).session.request?.source ?? null;
}

/** Modules named by a pushed commit's trailer, or by a dispatch, become requests; a refusal is told by the run itself. */
export function acceptNamed(situation: Situation): Situation {
  const { trigger } = situation.world;
  if (trigger.kind !== 'push' && trigger.kind !== 'dispatch') return situation;
  const request = { source: null, by: trigger.sender.login, at: situation.world.now };
  return [...namedModules(situation.world)].reduce((now, id) => {
    const answer = refuseRequest(now, id);
    return answer === null
      ? requestModule(now, id, request)
      : addStep(now, { kind: 'refuse', answer });
  }, situation);
}

/** Only a push to the base branch asks; a module that several commits name is asked for once. */
function namedModules({ trigger, base }: World): ReadonlySet<string> {
  if (trigger.kind === 'push')
    return new Set(trigger.branch === base.branch ? trigger.requested : []);
  return new Set(trigger.kind === 'dispatch' && trigger.module !== null ? [trigger.module] : []);
}

/**
 * With `auto-start`, every module whose dependencies are complete is requested by itself, once: one that was begun, or
 * whose request somebody withdrew by command, waits to be asked for.
 */
export function requestByItself(situation: Situation): Situation {
  if (!situation.world.config.autoStart) return situation;
  const request = { source: null, by: 'auto-start', at: situation.world.now };
  return readyModules(situation.world, situation.state)
    .filter((id) => {
      const { attempt, commands = [] } = entryOf(situation.state, id).session;
      return attempt === 0 && commands.length === 0;
    })
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
    const isOrphan = orphansOf(world.config, state).some((module) => module.id === id);
    if (isOrphan) return { kind: 'orphaned', ...orphanFacts(id, entryOf(state, id)) };
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

/** Whether a run that was cut off took in this very request: its wait or its start goes on without a word. */
function isTakenIn(situation: Situation, id: string, request: Request): boolean {
  const { status, session } = entryOf(situation.state, id);
  const isOpen = status === 'pending' || (status === 'in-progress' && session.pullRequest === null);
  return (
    isOpen &&
    session.request !== null &&
    session.request.source === request.source &&
    session.request.by === request.by
  );
}

/** `command` is the order that asks, where one does. */
export function requestModule(
  situation: Situation,
  id: string,
  request: Request,
  command?: string,
): Situation {
  const transition = move(situation.state, {
    edge: 'request',
    module: id,
    recorded: { session: { request } },
    tail: '',
    ...(command === undefined ? {} : { command }),
  });
  return addStep(situation, { kind: 'record', transition });
}

function requestReady(
  situation: Situation,
  number: number,
  label: string,
  request: Request,
): Situation {
  const ready = readyModules(situation.world, situation.state);
  if (ready.length > 0)
    return ready.reduce((now, id) => requestModule(now, id, request), situation);
  const waiting = pendingModules(situation.world);
  return reply(situation, number, label, { kind: 'nothing-ready', waiting });
}

function reply(situation: Situation, number: number, label: string, answer: Answer): Situation {
  return addStep(situation, {
    kind: 'answer',
    conversation: number,
    key: `label ${label}`,
    answer,
  });
}
