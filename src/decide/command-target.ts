import type { ModuleConfig } from '../domain/config.ts';
import { failureTable } from '../domain/failure.ts';
import { entryOf } from '../domain/implementation-state.ts';
import { absentModules } from '../domain/orphans.ts';
import { nearestNames } from '../domain/nearest.ts';
import type { World } from '../domain/world.ts';
import type { Answer } from '../domain/answer.ts';
import type { CommandName } from '../domain/commands.ts';
import { formOf, type Command } from './commands.ts';
import type { Situation } from './situation.ts';

/** The module that a conversation is about by itself: a session's pull request, or an escalation. */
export interface Place {
  readonly module: ModuleConfig;
  /** The pull request of an attempt that another one has followed. */
  readonly isOld: boolean;
}

/** A command with the module that it is about, or why there is none. */
export type Target =
  | { readonly kind: 'found'; readonly module: ModuleConfig; readonly words: readonly string[] }
  | { readonly kind: 'refused'; readonly answer: Answer };

export type NamedCommand = Command & { readonly name: CommandName };

export function placeOf({ world, state }: Situation, number: number): Place | null {
  const { config } = world;
  for (const module of [...config.modules.values(), ...absentModules(config, state)]) {
    const { session } = entryOf(state, module.id);
    const { history, pullRequest, escalation } = session;
    const isCurrent =
      [pullRequest, escalation, world.pulls.get(module.id)?.number].includes(number) ||
      history.some((past) => past.escalation === number);
    if (isCurrent) return { module, isOld: false };
    if (history.some((past) => past.pullRequest === number)) return { module, isOld: true };
  }
  return null;
}

/**
 * The module goes without saying where the conversation implies one, and is the first word elsewhere. Where the
 * words end in a reason, no other module can be meant: a reason may begin with any word.
 */
export function targetOf(
  { world, state }: Situation,
  command: NamedCommand,
  place: Place | null,
): Target {
  const [first, ...others] = command.words;
  if (place !== null && endsInReason(command.name)) {
    const words = namesPlace(world, command, place.module.id) ? others : command.words;
    return { kind: 'found', module: place.module, words };
  }
  const { config } = world;
  const named =
    config.modules.get(first ?? '') ??
    absentModules(config, state).find((module) => module.id === first);
  if (named !== undefined) return { kind: 'found', module: named, words: others };
  if (first === undefined && place !== null) {
    return { kind: 'found', module: place.module, words: [] };
  }
  return { kind: 'refused', answer: unknownTarget(world, command, place) };
}

function endsInReason(name: CommandName): boolean {
  return name === 'halt' || name === 'reopen' || name === 'complete';
}

/** A module may be called like a failure type: then it is meant only if a type follows. */
function namesPlace(world: World, { name, words }: NamedCommand, id: string): boolean {
  const [first, second] = words;
  if (first !== id) return false;
  return (
    name !== 'halt' || !isType(world, first) || (second !== undefined && isType(world, second))
  );
}

function unknownTarget(world: World, { name, words }: NamedCommand, place: Place | null): Answer {
  const [first] = words;
  const form = formOf(name, null);
  if (first === undefined) return { kind: 'no-module', form };
  if (name === 'halt' && place === null && isType(world, first)) {
    return { kind: 'halt-refused', why: 'no-session', types: typesOf(world), nearest: [], form };
  }
  return { kind: 'unknown-module', asked: first, nearest: world.graph.nearestIds(first) };
}

/** Every failure type's id that the config knows. */
export function typesOf(world: World): readonly string[] {
  return failureTable(world.config.failures).map((row) => row.id);
}

export function nearestTypes(world: World, asked: string): readonly string[] {
  return nearestNames(asked, typesOf(world));
}

function isType(world: World, word: string): boolean {
  return typesOf(world).includes(word);
}
