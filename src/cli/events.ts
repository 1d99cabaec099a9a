import { READY } from '../domain/labels.ts';
import type { Trigger } from '../domain/trigger.ts';
import type { Conversation, World } from '../domain/world.ts';
import { parseTrigger } from '../trigger.ts';
import { UsageError } from './command.ts';
import { moduleOf } from './modules.ts';

/** An event that could happen, by the name it was asked for under. */
export interface Event {
  readonly name: string;
  readonly trigger: Trigger;
}

/** Whoever sits at the terminal. */
const YOU = { login: 'you', bot: false } as const;

const SWEEP: Event = { name: 'schedule', trigger: { kind: 'schedule' } };

export const EVENT_FORMS =
  'schedule, push, request:<module>, label:<module> or label:ready, comment:<text>, or with --payload the name of an event of GitHub’s';

export interface EventOptions {
  /** The issue or pull request of a label or comment. */
  readonly on: number;
  readonly base: string;
}

/** @throws UsageError where the text names no event. */
export function parseEvent(name: string, { on, base }: EventOptions): Event {
  const [, kind = '', rest = ''] = /^([a-z-]+)(?::(.*))?$/su.exec(name) ?? [];
  if (name === 'schedule') return SWEEP;
  if (name === 'push') return pushTo(base);
  if (rest !== '') {
    switch (kind) {
      case 'request':
        return requestOf(rest, base);
      case 'label': {
        const label = `session:${rest}`;
        return { name, trigger: { kind: 'label', label, number: on, sender: YOU } };
      }
      case 'comment':
        return { name, trigger: commentOf(rest, on) };
    }
  }
  throw new UsageError(`There is no event "${name}".`, `Write one of: ${EVENT_FORMS}.`);
}

/** @throws UsageError where an event asks for a module that there is not: somebody mistyped it. */
export function assertModule({ trigger }: Event, world: Pick<World, 'config' | 'graph'>): void {
  if (trigger.kind === 'dispatch' && trigger.module !== null) moduleOf(world, trigger.module);
  if (trigger.kind !== 'label') return;
  const id = trigger.label.replace(/^session:/u, '');
  if (id !== READY) moduleOf(world, id);
}

/** An event of GitHub's own, with its payload as a workflow gets it. */
export function readEvent(name: string, payload: string): Event {
  const trigger = parseTrigger(name, parseJson(payload));
  return { name, trigger };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('The payload is not JSON.', 'Give the file that GITHUB_EVENT_PATH names.');
  }
}

/** What can come without anybody's doing, and a request of each module that could be asked for. */
export function foreseeableEvents(base: string, modules: readonly string[]): readonly Event[] {
  return [SWEEP, pushTo(base), ...modules.map((module) => requestOf(module, base))];
}

function pushTo(branch: string): Event {
  return { name: 'push', trigger: { kind: 'push', branch, requested: [], sender: YOU } };
}

function requestOf(module: string, branch: string): Event {
  return {
    name: `request:${module}`,
    trigger: { kind: 'dispatch', module, pullRequest: null, branch, sender: YOU },
  };
}

function commentOf(body: string, number: number): Trigger {
  return { kind: 'comment', number, commentId: '0', nodeId: '', body, sender: YOU };
}

/** Whether an event stands somewhere, and counts by who made it: of one that did not happen, GitHub knows neither. */
export function isAsked({ kind }: Trigger): boolean {
  return kind === 'label' || kind === 'comment';
}

/**
 * A world, as a sweep saw it, in which an event has happened: a label or a comment has to stand somewhere, so there is
 * an issue that bears it, and whoever put it there may do everything.
 */
export function withEvent(world: World, trigger: Trigger): World {
  const now = { ...world, trigger, askingLabels: [], lostComments: [], ownTexts: [] };
  if (trigger.kind !== 'label' && trigger.kind !== 'comment') return now;
  const { number, sender } = trigger;
  const label = trigger.kind === 'label' ? [{ id: trigger.label, name: trigger.label }] : [];
  const place = placeOf(world, number);
  const source = { ...place, labels: [...place.labels, ...label] };
  return {
    ...now,
    source,
    comment: trigger.kind === 'comment' ? { id: trigger.nodeId, answered: false } : null,
    conversations: new Map([...world.conversations, [number, source]]),
    roles: new Map([...world.roles, [sender.login, 'admin']]),
  };
}

/** The issue or pull request as it was seen, where it is one of those that are looked at; else one like any other. */
function placeOf({ conversations, pulls, repository }: World, number: number): Conversation {
  const known = conversations.get(number);
  if (known !== undefined) return known;
  const pull = [...pulls.values()].find((one) => one.number === number);
  if (pull !== undefined) return { ...pull, closed: null, reopened: null };
  return {
    number,
    id: String(number),
    url: `${repository.url}/issues/${number}`,
    ours: false,
    title: '',
    body: '',
    open: true,
    closed: null,
    reopened: null,
    labels: [],
    comments: [],
  };
}
