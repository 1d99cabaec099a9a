import type { CommandName } from '../domain/commands.ts';
import type { LostComment, Role } from '../domain/world.ts';
import { hasRole } from '../domain/world.ts';
import { entryOf } from '../domain/implementation-state.ts';
import type { Answer, Outcome } from '../domain/answer.ts';
import { placeOf, targetOf, type NamedCommand, type Place } from './command-target.ts';
import { allForms, formOf, nearestForms, parseComment, roleFor, type Command } from './commands.ts';
import { orphanFacts } from './orphans.ts';
import { obeyAckSpec } from './orders/ack-spec.ts';
import { obeyCancel } from './orders/cancel.ts';
import { obeyHalt } from './orders/halt.ts';
import { refused, type Obey, type Obeyed, type Order } from './orders/order.ts';
import { obeyRetry } from './orders/retry.ts';
import { obeyComplete, obeyReopen } from './orders/ruling.ts';
import { obeyStart } from './orders/start.ts';
import { obeyStatus } from './orders/status.ts';
import { obeyVerify } from './orders/verify.ts';
import { addStep, type Situation } from './situation.ts';

/** A comment with more commands is no conversation but a script; what one run may write is bounded. */
export const COMMANDS_PER_COMMENT = 10;

type OrderName = Exclude<CommandName, 'help'>;

const ORDERS: Readonly<Record<OrderName, Obey>> = {
  start: obeyStart,
  retry: obeyRetry,
  halt: obeyHalt,
  verify: obeyVerify,
  status: obeyStatus,
  'ack-spec': obeyAckSpec,
  cancel: obeyCancel,
  reopen: obeyReopen,
  complete: obeyComplete,
};

/** What each is called in a refusal, after "may not". */
const DEEDS: Readonly<Record<OrderName, string>> = {
  start: 'start a session by command',
  retry: 'have a module tried again',
  halt: 'halt a session',
  verify: 'have a head verified',
  status: 'ask for a status',
  'ack-spec': 'acknowledge a changed specification',
  cancel: 'cancel a session',
  reopen: 'reopen a module',
  complete: 'declare a module complete',
};

/** About the session that runs, not about the module: on an older attempt's pull request they mean another. */
const OF_THE_SESSION: readonly CommandName[] = ['retry', 'halt', 'verify', 'ack-spec', 'cancel'];

/** A comment as its commands are obeyed. */
interface Reading {
  readonly commentId: string;
  readonly number: number;
  readonly login: string;
  readonly rest: string;
}

/** The comment that woke us, as it was written and not as it was edited since; and those that no run has answered. */
export function obeyComments(situation: Situation): Situation {
  const { trigger, comment, lostComments } = situation.world;
  const isAsked = trigger.kind === 'comment' && comment !== null && !comment.answered;
  const asked: readonly LostComment[] = isAsked
    ? [{ ...trigger, id: comment.id, login: trigger.sender.login }]
    : lostComments;
  return asked.reduce(obeyComment, situation);
}

/**
 * Obeys a comment's commands in their order and answers all of them at once: one reply and one reaction, which is
 * given last. A comment that bears it was obeyed by an earlier run.
 */
function obeyComment(situation: Situation, asking: LostComment): Situation {
  const { commands, rest } = parseComment(asking.body);
  if (commands.length === 0) return situation;
  const { id: comment, commentId, number, login } = asking;
  const reading = { commentId, number, login, rest };
  let now = situation;
  const outcomes: Outcome[] = [];
  for (const [index, command] of commands.slice(0, COMMANDS_PER_COMMENT).entries()) {
    const { situation: after, done, answer } = obey(now, reading, command, index + 1);
    now = after;
    outcomes.push({ asked: `/session ${command.asked}`.trimEnd(), done, answer });
  }
  if (commands.length > COMMANDS_PER_COMMENT) outcomes.push(tooMany(commands));
  return addStep(now, {
    kind: 'respond',
    conversation: number,
    comment,
    key: `comment ${commentId}`,
    outcomes,
  });
}

function obey(situation: Situation, reading: Reading, command: Command, place: number): Obeyed {
  const { world } = situation;
  const { login, number, rest } = reading;
  const implied = placeOf(situation, number);
  const { name } = command;
  if (name === null) return refused(situation, unknownCommand(command, implied));
  if (name === 'help') {
    const known = allForms(implied?.module.id ?? null);
    return { situation, done: true, answer: { kind: 'help', known } };
  }
  const needs: Role = roleFor(name);
  if (!hasRole(world, login, needs)) {
    return refused(situation, { kind: 'not-permitted', login, needs, what: DEEDS[name] });
  }
  const target = targetOf(situation, { ...command, name } satisfies NamedCommand, implied);
  if (target.kind === 'refused') return refused(situation, target.answer);
  const { module, words } = target;
  if (name !== 'cancel' && !world.config.modules.has(module.id)) {
    const entry = entryOf(situation.state, module.id);
    return refused(situation, { kind: 'orphaned', ...orphanFacts(module.id, entry) });
  }
  const isImplied = implied?.module.id === module.id;
  const older = isImplied && implied.isOld ? refuseOld(situation, implied, name) : null;
  if (older !== null) return older;
  const id = `${reading.commentId}.${place}`;
  const order: Order = { id, name, module, words, login, source: number, isImplied, rest };
  return ORDERS[name](situation, order);
}

function unknownCommand(command: Command, implied: Place | null): Answer {
  const place = implied?.module.id ?? null;
  const { asked } = command;
  const nearest = nearestForms(command, place);
  return { kind: 'unknown-command', asked, nearest, known: allForms(place) };
}

function refuseOld(situation: Situation, { module }: Place, name: CommandName): Obeyed | null {
  const { status, session } = entryOf(situation.state, module.id);
  const current = session.pullRequest;
  const isLive = status !== 'pending' && status !== 'complete';
  if (!OF_THE_SESSION.includes(name) || !isLive || current === null) return null;
  const form = formOf(name, module.id);
  return refused(situation, { kind: 'old-session', module: module.id, current, form });
}

function tooMany(commands: readonly Command[]): Outcome {
  const [first] = commands.slice(COMMANDS_PER_COMMENT);
  return {
    asked: `/session ${first?.asked ?? ''}`.trimEnd(),
    done: false,
    answer: { kind: 'too-many-commands', limit: COMMANDS_PER_COMMENT },
  };
}
