import type { ModuleConfig } from '../../domain/config.ts';
import {
  entryOf,
  type ModuleEntry,
  type ObeyedCommand,
} from '../../domain/implementation-state.ts';
import type { Answer } from '../../domain/answer.ts';
import type { CommandName } from '../../domain/commands.ts';
import { formOf } from '../commands.ts';
import type { Situation } from '../situation.ts';

/** A command that may be given, by somebody who may, about a module that there is. */
export interface Order {
  /** The comment's id and the command's place in it: what it did is remembered by this. */
  readonly id: string;
  readonly name: CommandName;
  readonly module: ModuleConfig;
  /** What follows the module. */
  readonly words: readonly string[];
  readonly login: string;
  /** The conversation that it stands in. */
  readonly source: number;
  /** Whether the conversation is about the module by itself. */
  readonly isImplied: boolean;
  /** What the comment says beside its commands. */
  readonly rest: string;
}

/** What an order came to, and the situation after it. */
export interface Obeyed {
  readonly situation: Situation;
  readonly done: boolean;
  readonly answer: Answer;
}

export type Obey = (situation: Situation, order: Order) => Obeyed;

export function done(situation: Situation, answer: Answer): Obeyed {
  return { situation, done: true, answer };
}

export function refused(situation: Situation, answer: Answer): Obeyed {
  return { situation, done: false, answer };
}

/** What the module's status does not allow; the documents say why, and what would be allowed. */
export function refusedNow(situation: Situation, { name, module }: Order): Obeyed {
  const { status, session } = entryOf(situation.state, module.id);
  const { pullRequest, escalation } = session;
  const answer = { kind: 'refused', command: name, module: module.id, status } as const;
  return refused(situation, { ...answer, pullRequest, escalation });
}

/** What an earlier run did at this very order, whose event came again or whose run was cut off; null where none did. */
export function obeyedBefore({ session }: ModuleEntry, { id }: Order): ObeyedCommand | null {
  return session.commands?.find((command) => command.id === id) ?? null;
}

export function formFor({ name, module, isImplied }: Order): string {
  return formOf(name, isImplied ? module.id : null);
}

/** Whether a session is there to be stopped: one that runs, or is verified and waits for review. */
export function isActive({ status }: ModuleEntry): boolean {
  return status === 'in-progress' || status === 'review';
}

/** A session whose pull request was merged is about to be complete, or blocked: stopping it would hide that. */
export function refuseMerged(situation: Situation, { module }: Order): Obeyed | null {
  const pull = situation.world.pulls.get(module.id);
  const { session } = entryOf(situation.state, module.id);
  if (pull?.state !== 'merged' || pull.number !== session.pullRequest) return null;
  return refused(situation, {
    kind: 'merged-already',
    module: module.id,
    pullRequest: pull.number,
  });
}
